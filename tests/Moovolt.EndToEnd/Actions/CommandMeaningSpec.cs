using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// What the actions of the core profile are for (OCPP 1.6, 3.3), as far as we call: a no is told, a yes is seen.
/// </summary>
[Collection(Scenarios.Name)]
public sealed class CommandMeaningSpec(Stage stage)
{
    [Fact, Meaning("RemoteStartTransaction", Way.ToCharger)]
    public async Task A_remote_start_is_refused_and_another_begins_a_transaction()
    {
        await using var charger = await stage.Boot("RemoteStartTransaction");
        var token = await stage.Token("REMOTE");
        charger.Says("RemoteStartTransaction", "Rejected");
        await stage.Ask(charger, "start-charging", new { token, evse = 1 }, "rejected");

        charger.Says("RemoteStartTransaction", "Accepted");
        var command = await stage.Ask(charger, "start-charging", new { token, evse = 1 }, "accepted");
        await charger.Start(token, 0);
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    [Fact, Meaning("RemoteStopTransaction", Way.ToCharger)]
    public async Task A_remote_stop_is_refused_and_another_ends_a_transaction()
    {
        await using var charger = await stage.Boot("RemoteStopTransaction");
        var number = await charger.Start(await stage.Token("REMOTE-STOP"), 0);
        var transaction = $"{charger.Identity}/{number}";
        charger.Says("RemoteStopTransaction", "Rejected");
        await stage.Ask(charger, "stop-charging", new { transaction }, "rejected");

        charger.Says("RemoteStopTransaction", "Accepted");
        var command = await stage.Ask(charger, "stop-charging", new { transaction }, "accepted");
        await charger.Call("StopTransaction", Charging.StopTransaction(number, 100));
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    [Fact, Meaning("Reset", Way.ToCharger)]
    public async Task A_reset_is_refused_and_another_is_seen_by_the_boot()
    {
        await using var charger = await stage.Boot("Reset");
        charger.Says("Reset", "Rejected");
        await stage.Ask(charger, "reset", new { kind = "soft" }, "rejected");

        charger.Says("Reset", "Accepted");
        var command = await stage.Ask(charger, "reset", new { kind = "hard" }, "accepted");
        charger.Vanish();
        await using var again = await stage.Boot("Reset");
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    [Fact, Meaning("UnlockConnector", Way.ToCharger)]
    public async Task A_plug_that_is_stuck_is_told()
    {
        await using var charger = await stage.Boot("UnlockConnector");
        charger.Says("UnlockConnector", "Unlocked");
        await stage.Ask(charger, "unlock", new { evse = 1 }, "accepted");

        charger.Says("UnlockConnector", "UnlockFailed");
        await stage.Ask(charger, "unlock", new { evse = 1 }, "rejected");
    }

    [Fact, Meaning("ClearCache", Way.ToCharger)]
    public async Task A_cache_that_was_not_cleared_is_told()
    {
        await using var charger = await stage.Boot("ClearCache");
        charger.Says("ClearCache", "Accepted");
        await stage.Ask(charger, "clear-cache", new { }, "accepted");

        charger.Says("ClearCache", "Rejected");
        await stage.Ask(charger, "clear-cache", new { }, "rejected");
    }

    [Fact, Meaning("DataTransfer", Way.ToCharger)]
    public async Task What_a_vendor_does_not_know_is_told()
    {
        await using var charger = await stage.Boot("DataTransfer");
        charger.Says("DataTransfer", "UnknownMessageId");
        await stage.Ask(charger, "data-transfer", new { vendorId = "org.example", messageId = "hello" }, "rejected");
    }
}
