using System.Globalization;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Booting, charging and authorizing, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class SessionCases(Bench bench)
{
    private static string Past(int minutes) =>
        DateTimeOffset.UtcNow.AddMinutes(-minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [SkippableFact, Case("TC_001")]
    public async Task Cold_boot()
    {
        await using var charger = await ForeignCharger.Connect(bench.Node.Ocpp, "TC_001");
        var boot = await charger.Boot();
        Assert.Equal("Accepted", boot["status"]!.GetValue<string>());
        Assert.True(boot["interval"]!.GetValue<int>() > 0);
        await charger.Status("Available", connector: 0);
        await charger.Status("Available");
        Assert.NotNull((await charger.Call("Heartbeat"))["currentTime"]);
        await bench.Connector(charger, "Available");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_003")]
    public async Task Charging_session_plug_first()
    {
        await using var charger = await bench.Booted("TC_003");
        await charger.Status("Preparing");
        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await Charges(charger);
    }

    [SkippableFact, Case("TC_004_1")]
    public async Task Charging_session_identification_first()
    {
        await using var charger = await bench.Booted("TC_004_1");
        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await charger.Status("Preparing");
        await Charges(charger);
    }

    [SkippableFact, Case("TC_004_2")]
    public async Task Identification_first_and_nobody_plugs_in()
    {
        await using var charger = await bench.Booted("TC_004_2");
        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await charger.Status("Preparing");
        await charger.Status("Available");
        await bench.Connector(charger, "Available");
        Assert.Empty(await bench.Api.All("transactions?chargePoint=TC_004_2"));
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_005_1")]
    public async Task The_plug_is_pulled_at_the_car()
    {
        var (charger, transaction) = await bench.Charging("TC_005_1");
        await using var _ = charger;
        await charger.Status("SuspendedEV");
        await charger.Stop(transaction, 100, "EVDisconnected");
        await charger.Status("Finishing");
        await charger.Status("Available");
        var ended = await bench.Transaction(charger, transaction, "ended");
        Assert.Equal("EVDisconnected", ended["stopReason"]!.GetValue<string>());
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_007")]
    public async Task Charging_session_without_an_authorize_before()
    {
        await using var charger = await bench.Booted("TC_007");
        await charger.Status("Preparing");
        await Charges(charger);
    }

    [SkippableTheory]
    [InlineData("TC_023_1", Bench.Unknown, "Invalid")]
    [InlineData("TC_023_2", Bench.Expired, "Expired")]
    [InlineData("TC_023_3", Bench.Blocked, "Blocked")]
    [Case("TC_023_1"), Case("TC_023_2"), Case("TC_023_3")]
    public async Task A_token_that_may_not_charge_is_told_why(string identity, string token, string status)
    {
        await using var charger = await bench.Booted(identity);
        Assert.Equal(status, await charger.Authorize(token));
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_024")]
    public async Task The_lock_fails_at_the_start()
    {
        await using var charger = await bench.Booted("TC_024");
        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await charger.Status("Preparing");
        await charger.Status("Faulted", errorCode: "ConnectorLockFailure");
        await bench.Connector(charger, "Faulted");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_032_1")]
    public async Task After_a_power_failure_the_transaction_is_stopped()
    {
        var (before, transaction) = await bench.Charging("TC_032_1");
        await before.DisposeAsync(); // the power is gone

        await using var charger = await ForeignCharger.Connect(bench.Node.Ocpp, "TC_032_1");
        await Bench.Boots(charger, connector1: "Finishing");
        var stop = await charger.Stop(transaction, 100, "PowerLoss", idTag: Bench.Valid);
        Assert.Equal("Accepted", ForeignCharging.Status(stop));
        await charger.Status("Available");
        var ended = await bench.Transaction(charger, transaction, "ended");
        Assert.Equal("PowerLoss", ended["stopReason"]!.GetValue<string>());
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_037_1")]
    public async Task A_start_from_offline_with_a_valid_token()
    {
        await using var charger = await bench.Booted("TC_037_1");
        var transaction = await charger.Start(Bench.Valid, at: Past(10));
        await charger.Status("Charging");
        await bench.Transaction(charger, transaction, "running");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_037_3")]
    public async Task A_start_from_offline_with_an_invalid_token_is_recorded_and_stopped()
    {
        await using var charger = await bench.Booted("TC_037_3");
        var start = await charger.Begin(Bench.Unknown, at: Past(10));
        Assert.Equal("Invalid", ForeignCharging.Status(start));
        await charger.Status("Charging");
        var transaction = start["transactionId"]!.GetValue<int>();
        await charger.Stop(transaction, 10, "DeAuthorized");
        await charger.Status("Finishing");
        await bench.Transaction(charger, transaction, "ended");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_039")]
    public async Task A_whole_transaction_from_offline()
    {
        await using var charger = await bench.Booted("TC_039");
        var transaction = await charger.Start(Bench.Valid, meterStart: 100, at: Past(30));
        var stop = await charger.Stop(transaction, 900, at: Past(10), idTag: Bench.Valid);
        Assert.Equal("Accepted", ForeignCharging.Status(stop));
        var ended = await bench.Transaction(charger, transaction, "ended");
        Assert.Equal(800, ended["deliveredWh"]!.GetValue<long>());
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_064")]
    public async Task A_message_of_a_vendor_that_nobody_knows()
    {
        await using var charger = await bench.Booted("TC_064");
        var answer = await charger.Call(
            "DataTransfer", new { vendorId = "org.example.nobody", messageId = "hello", data = "{}" });
        Assert.Equal("UnknownVendorId", answer["status"]!.GetValue<string>());
        await Bench.Judged(charger);
    }

    private async Task Charges(ForeignCharger charger)
    {
        var transaction = await charger.Start(Bench.Valid);
        await charger.Status("Charging");
        var running = await bench.Transaction(charger, transaction, "running");
        Assert.Equal(Bench.Valid, running["token"]!.GetValue<string>());
        await bench.Connector(charger, "Charging");
        await Bench.Judged(charger);
    }
}
