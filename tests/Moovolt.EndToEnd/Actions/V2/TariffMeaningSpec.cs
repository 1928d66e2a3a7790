using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of tariffs and payments are for (OCPP 2.1, I and C18 to C25).</summary>
[Collection(Scenarios.Name)]
public sealed class TariffMeaningSpec(Stage stage)
{
    private static readonly object Tariff = new { tariffId = "T1", currency = "BRL" };

    [Theory, Means("SetDefaultTariff", Way.ToCharger)]
    public Task A_tariff_that_is_not_taken_is_told(string version) => stage.IsToldNo(
        version, "SetDefaultTariff", new { evseId = 0, tariff = Tariff }, "TooManyElements");

    [Theory, Means("GetTariffs", Way.ToCharger)]
    public Task Tariffs_that_are_not_told_are_told_to_be_so(string version) => stage.IsToldNo(
        version, "GetTariffs", new { evseId = 0 }, "Rejected");

    [Theory, Means("CostUpdated", Way.ToCharger)]
    public async Task The_cost_that_a_driver_was_shown_is_known(string version)
    {
        await using var charger = await stage.Boot(version, "CostUpdated");
        var transaction = await charger.Begin(await stage.Card(version, "COST"));
        charger.Answers["CostUpdated"] = _ => new { };
        await stage.Ask(charger, "show-cost", new { transaction, total = 12.5 }, "accepted");
        await stage.SeesCharging(transaction, "cost");
    }

    [Theory, Means("ClearTariffs", Way.ToCharger)]
    public Task A_tariff_that_is_not_cleared_is_told(string version)
    {
        return stage.IsToldNo(
            version, "ClearTariffs", new { tariffIds = new[] { "T1" } }, Result("Accepted"), Result("NoTariff"), "NoTariff");

        static object Result(string status) => new { clearTariffsResult = new[] { new { tariffId = "T1", status } } };
    }

    [Theory, Means("ChangeTransactionTariff", Way.ToCharger)]
    public Task Another_tariff_that_a_transaction_does_not_get_is_told(string version) => stage.IsToldNo(
        version, "ChangeTransactionTariff", new { tariff = Tariff, transactionId = "t1" }, "TxNotFound");

    [Theory, Means("NotifySettlement", Way.FromCharger)]
    public Task That_a_payment_was_settled_is_kept(string version) => stage.IsKept(
        version, "NotifySettlement", """
            {"pspRef":"P-1","status":"Settled","settlementAmount":12.5,"settlementTime":"2026-01-01T12:00:00Z","transactionId":"t1"}
            """);

    [Theory, Means("NotifyWebPaymentStarted", Way.FromCharger)]
    public Task That_somebody_pays_at_a_page_is_kept(string version) => stage.IsKept(
        version, "NotifyWebPaymentStarted", """{"evseId":1,"timeout":60}""");
}
