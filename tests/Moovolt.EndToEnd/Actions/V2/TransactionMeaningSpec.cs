using Moovolt.EndToEnd.Steps;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of transactions, of remote control and of meters are for (OCPP 2.0.1, E, F and J).</summary>
[Collection(Scenarios.Name)]
public sealed class TransactionMeaningSpec(Stage stage)
{
    [Theory, Means("TransactionEvent", Way.FromCharger)]
    public async Task A_transaction_that_ended_came_to_something(string version)
    {
        await using var charger = await stage.Boot(version, "TransactionEvent");
        var token = await stage.Card(version, "CHARGES");
        var id = await charger.Begin(token);
        await charger.Tell(Stepping.Step("t1", "Ended", 1, 1_700, trigger: "EVDeparted"));

        var seen = await stage.Sees($"transactions/{id}", seen => Stage.State(seen) == "ended");
        Assert.Equal((token, 700), (seen["token"]!.GetValue<string>(), seen["deliveredWh"]!.GetValue<int>()));
    }

    [Theory, Means("MeterValues", Way.FromCharger)]
    public async Task What_a_meter_shows_outside_of_steps_is_with_the_transaction_of_its_evse(string version)
    {
        await using var charger = await stage.Boot(version, "MeterValues");
        var id = await charger.Begin(await stage.Card(version, "METERED"));
        await stage.Sees($"transactions/{id}", seen => Stage.State(seen) == "running");
        await stage.Sees(charger, "", seen => seen["openTransactions"]!.AsArray().Count == 1);

        var meterValue = new[] { new { timestamp = Charging.Now, sampledValue = new[] { new { value = 1_500 } } } };
        Charging.Result(await charger.Call("MeterValues", new { evseId = 1, meterValue }));

        await stage.Sees($"transactions/{id}/samples", seen => Stage.Items(seen).Count() == 2);
    }

    [Theory, Means("GetTransactionStatus", Way.ToCharger)]
    public async Task A_transaction_that_its_station_does_not_know_is_over(string version)
    {
        await using var charger = await stage.Boot(version, "GetTransactionStatus");
        var id = await charger.Begin(await stage.Card(version, "LOST-TX"));
        await stage.Sees(charger, "", seen => seen["openTransactions"]!.AsArray().Count == 1);
        charger.Answers["GetTransactionStatus"] = _ => new { messagesInQueue = true, ongoingIndicator = false };
        await stage.Raw(charger, "GetTransactionStatus", new { transactionId = "t1" });
        Assert.Equal("running", Stage.State(await stage.Api.Get($"transactions/{id}")));

        charger.Answers["GetTransactionStatus"] = _ => new { messagesInQueue = false, ongoingIndicator = false };
        await stage.Raw(charger, "GetTransactionStatus", new { transactionId = "t1" });

        var ended = await stage.Sees($"transactions/{id}", seen => Stage.State(seen) == "ended");
        Assert.Contains("the charger says that it is over", ended["annotations"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, Means("RequestStartTransaction", Way.ToCharger)]
    public async Task A_remote_start_is_refused_and_another_begins_a_transaction(string version)
    {
        await using var charger = await stage.Boot(version, "RequestStartTransaction");
        var token = await stage.Card(version, "REMOTE");
        charger.Says("RequestStartTransaction", "Rejected");
        await stage.Ask(charger, "start-charging", new { token, evse = 1 }, "rejected");

        charger.Says("RequestStartTransaction", "Accepted");
        var command = await stage.Ask(charger, "start-charging", new { token, evse = 1 }, "accepted");
        var number = charger.Asked.Last()[3]!["remoteStartId"]!.GetValue<int>();
        await charger.Tell(Stepping.Step("r1", "Started", 0, 0, token, "RemoteStart", remoteStart: number));
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    [Theory, Means("RequestStopTransaction", Way.ToCharger)]
    public async Task A_remote_stop_is_refused_and_another_ends_a_transaction(string version)
    {
        await using var charger = await stage.Boot(version, "RequestStopTransaction");
        var transaction = await charger.Begin(await stage.Card(version, "REMOTE-STOP"));
        charger.Says("RequestStopTransaction", "Rejected");
        await stage.Ask(charger, "stop-charging", new { transaction }, "rejected");

        charger.Says("RequestStopTransaction", "Accepted");
        var command = await stage.Ask(charger, "stop-charging", new { transaction }, "accepted");
        await charger.Tell(Stepping.Step("t1", "Ended", 1, 1_100, trigger: "RemoteStop"));
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    [Theory, Means("UnlockConnector", Way.ToCharger)]
    public async Task A_plug_that_is_stuck_is_told(string version)
    {
        await using var charger = await stage.Boot(version, "UnlockConnector");
        charger.Says("UnlockConnector", "Unlocked");
        await stage.Ask(charger, "unlock", new { evse = 1 }, "accepted");

        charger.Says("UnlockConnector", "OngoingAuthorizedTransaction");
        await stage.Ask(charger, "unlock", new { evse = 1 }, "rejected");
    }

    [Theory, Means("TriggerMessage", Way.ToCharger)]
    public async Task A_message_that_is_not_triggered_is_told_and_a_boot_that_was_is_seen(string version)
    {
        await using var charger = await stage.Boot(version, "TriggerMessage");
        charger.Says("TriggerMessage", "Rejected");
        await stage.Ask(charger, "trigger", new { what = "boot" }, "rejected");

        charger.Says("TriggerMessage", "Accepted");
        var command = await stage.Ask(charger, "trigger", new { what = "boot" }, "accepted");
        await charger.Call("BootNotification", new { reason = "Triggered", chargingStation = new { vendorName = "V", model = "Again" } });
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }
}
