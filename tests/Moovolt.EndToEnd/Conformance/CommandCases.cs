using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>What an operator asks of a charger in the core profile, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class CommandCases(Bench bench)
{
    private static readonly object OnConnector1 = new { token = Bench.Valid, evse = 1 };

    [SkippableFact, Case("TC_010")]
    public async Task Remote_start_after_the_plug()
    {
        await using var charger = await bench.Booted("TC_010");
        await charger.Status("Preparing");
        var (sent, command) = await bench.Ask(
            charger, "start-charging", OnConnector1, "RemoteStartTransaction", ForeignCharging.Accepted);
        Assert.Equal(1, sent["connectorId"]!.GetValue<int>());
        Assert.Equal(Bench.Valid, sent["idTag"]!.GetValue<string>());

        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await charger.Start(Bench.Valid);
        await charger.Status("Charging");
        await bench.Becomes(command, "effective");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_011_1")]
    public async Task Remote_start_before_the_plug()
    {
        await using var charger = await bench.Booted("TC_011_1");
        var (_, command) = await bench.Ask(
            charger, "start-charging", OnConnector1, "RemoteStartTransaction", ForeignCharging.Accepted);
        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await charger.Status("Preparing");
        await charger.Start(Bench.Valid);
        await charger.Status("Charging");
        await bench.Becomes(command, "effective");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_011_2")]
    public async Task Remote_start_and_nobody_plugs_in()
    {
        await using var charger = await bench.Booted("TC_011_2");
        await bench.Ask(charger, "start-charging", OnConnector1, "RemoteStartTransaction", "Accepted", "accepted");
        await charger.Status("Preparing");
        await charger.Status("Available");
        await bench.Connector(charger, "Available");
        Assert.Empty(await bench.Api.All("transactions?chargePoint=TC_011_2"));
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_012")]
    public async Task Remote_stop()
    {
        var (charger, transaction) = await bench.Charging("TC_012");
        await using var _ = charger;
        var which = new { transaction = $"TC_012/{transaction}" };
        var (sent, command) = await bench.Ask(
            charger, "stop-charging", which, "RemoteStopTransaction", ForeignCharging.Accepted);
        Assert.Equal(transaction, sent["transactionId"]!.GetValue<int>());
        await charger.Stop(transaction, 100, "Remote");
        await charger.Status("Finishing");
        await charger.Status("Available");
        await bench.Becomes(command, "effective");
        await bench.Transaction(charger, transaction, "ended");
        await Bench.Judged(charger);
    }

    [SkippableTheory]
    [InlineData("TC_013", "hard", "Hard")]
    [InlineData("TC_014", "soft", "Soft")]
    [Case("TC_013"), Case("TC_014")]
    public async Task Reset(string identity, string kind, string type)
    {
        await using var charger = await bench.Booted(identity);
        var (sent, command) = await bench.Ask(charger, "reset", new { kind }, "Reset", ForeignCharging.Accepted);
        Assert.Equal(type, sent["type"]!.GetValue<string>());
        await Bench.Judged(charger);

        await using var again = await bench.Booted(identity);
        await bench.Becomes(command, "effective");
        await Bench.Judged(again);
    }

    [SkippableTheory]
    [InlineData("TC_017_1", "Unlocked", "accepted")]
    [InlineData("TC_017_2", "NotSupported", "rejected")]
    [InlineData("TC_030", "UnlockFailed", "rejected")]
    [InlineData("TC_031", "NotSupported", "rejected")]
    [Case("TC_017_1"), Case("TC_017_2"), Case("TC_030"), Case("TC_031")]
    public async Task Unlock(string identity, string status, string state)
    {
        await using var charger = await bench.Booted(identity);
        var connector = identity == "TC_031" ? 9 : 1; // it has no ninth
        var sent = await bench.Ask(charger, "unlock", new { evse = connector }, "UnlockConnector", status, state);
        Assert.Equal(connector, sent["connectorId"]!.GetValue<int>());
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_018_1")]
    public async Task Unlock_during_a_session()
    {
        var (charger, transaction) = await bench.Charging("TC_018_1");
        await using var _ = charger;
        await bench.Ask(charger, "unlock", new { evse = 1 }, "UnlockConnector", "Unlocked", "accepted");
        await charger.Status("Finishing");
        await charger.Stop(transaction, 100, "UnlockCommand");
        await charger.Status("Available");
        await bench.Transaction(charger, transaction, "ended");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_019_1")]
    public async Task All_configuration_keys()
    {
        await using var charger = await bench.Booted("TC_019_1");
        var keys = new[]
        {
            new { key = "SupportedFeatureProfiles", @readonly = true, value = "Core" },
            new { key = "HeartbeatInterval", @readonly = false, value = "300" },
        };
        var (sent, command) = await bench.Ask(
            charger, "get-configuration", new { }, "GetConfiguration", new { configurationKey = keys });
        Assert.Null(sent["key"]);
        Assert.Equal("accepted", command["state"]!.GetValue<string>());
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_019_2")]
    public async Task One_configuration_key()
    {
        await using var charger = await bench.Booted("TC_019_2");
        var keys = new[] { new { key = "SupportedFeatureProfiles", @readonly = true, value = "Core" } };
        var (sent, _) = await bench.Ask(
            charger, "get-configuration", new { keys = new[] { "SupportedFeatureProfiles" } },
            "GetConfiguration", new { configurationKey = keys });
        Assert.Equal("SupportedFeatureProfiles", Assert.Single(sent["key"]!.AsArray())!.GetValue<string>());
        await Bench.Judged(charger);
    }

    [SkippableTheory]
    [InlineData("TC_021", "MeterValueSampleInterval", "60", "Accepted", "accepted")]
    [InlineData("TC_040_1", "NobodyKnowsThis", "60", "NotSupported", "rejected")]
    [InlineData("TC_040_2", "MeterValueSampleInterval", "-1", "Rejected", "rejected")]
    [Case("TC_021"), Case("TC_040_1"), Case("TC_040_2")]
    public async Task Change_configuration(string identity, string key, string value, string status, string state)
    {
        await using var charger = await bench.Booted(identity);
        var sent = await bench.Ask(
            charger, "set-configuration", new { key, value }, "ChangeConfiguration", status, state);
        Assert.Equal(key, sent["key"]!.GetValue<string>());
        Assert.Equal(value, sent["value"]!.GetValue<string>());
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_026")]
    public async Task Remote_start_rejected()
    {
        await using var charger = await bench.Booted("TC_026");
        await bench.Ask(charger, "start-charging", OnConnector1, "RemoteStartTransaction", "Rejected", "rejected");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_028")]
    public async Task Remote_stop_rejected()
    {
        var (charger, transaction) = await bench.Charging("TC_028");
        await using var _ = charger;
        var which = new { transaction = $"TC_028/{transaction}" };
        await bench.Ask(charger, "stop-charging", which, "RemoteStopTransaction", "Rejected", "rejected");
        await bench.Transaction(charger, transaction, "running");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_061")]
    public async Task Clear_the_cache()
    {
        await using var charger = await bench.Booted("TC_061");
        await bench.Ask(charger, "clear-cache", new { }, "ClearCache", "Accepted", "accepted");
        await Bench.Judged(charger);
    }
}
