using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>Cars that say what they want, and what is known of how a transaction charges.</summary>
public sealed class CarNeedsSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Api => fixture.Node.Api;

    public static TheoryData<string> Versions => ["ocpp2.0.1", "ocpp2.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_car_gets_a_profile_for_its_transaction_within_the_operators_default_and_its_own_bound(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"CAR-{version}", version);
        await Api.Accept("CAFE");
        charger.Says("SetChargingProfile", "Accepted");
        var schedule = new { unit = "A", periods = new[] { new { startSeconds = 0, limit = 20 }, new { startSeconds = 60, limit = 10 } } };
        var profile = new { purpose = "default", stackLevel = 0, kind = "relative", schedule };
        var set = await Api.Post($"charge-points/{charger.Identity}/commands/set-charging-profile", new { profile, evse = 1 });
        Assert.Equal(HttpStatusCode.OK, set.Status);

        Assert.Equal("Processing", await Wants(charger, 16)); // before its transaction is known
        await charger.Tell(Stepping.Step("n1", "Started", 0, 100, "CAFE", "Authorized"));
        var sent = await Profiles(charger, 2);
        Assert.Equal(("TxProfile", "n1"), (sent["chargingProfilePurpose"]!.GetValue<string>(), sent["transactionId"]!.GetValue<string>()));
        Assert.Equal([16m, 10m], Limits(sent));

        Assert.Equal("Accepted", await Wants(charger, 13));
        Assert.Equal([13m, 10m], Limits(await Profiles(charger, 3)));

        Charging.Result(await charger.Call("NotifyEVChargingSchedule", new
        {
            timeBase = Charging.Now, evseId = 1,
            chargingSchedule = new
            {
                id = 1, chargingRateUnit = "A", chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 9 } },
            },
        }));
        if (version == "ocpp2.1")
        {
            charger.Says("UsePriorityCharging", "Accepted");
            charger.Says("NotifyAllowedEnergyTransfer", "Accepted");
            Charging.Result(await charger.Call("NotifyPriorityCharging", new { transactionId = "n1", activated = true }));
            await Asks(charger, "use-priority-charging", new { transaction = "n1", activate = false });
            await Asks(charger, "allow-energy-transfer", new { transaction = $"{charger.Identity}/n1", ways = new[] { "DC" } });
        }

        charger.Answers["CostUpdated"] = _ => new { };
        await Asks(charger, "show-cost", new { transaction = "n1", total = 12.5 });
        string[] kinds = version == "ocpp2.1"
            ? ["chargingNeeds", "evSchedule", "priorityCharging", "energyTransfer", "cost"]
            : ["chargingNeeds", "evSchedule", "cost"];
        var known = await Eventually.Get(
            () => Api.All($"transactions/{charger.Identity}/n1/charging"), all => all.Count == kinds.Length, Soon);
        Assert.Equal(kinds, known.Select(row => row["kind"]!.GetValue<string>()));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_limit_from_outside_is_shown_while_it_holds(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"OUTSIDE-{version}", version);
        Charging.Result(await charger.Call("NotifyChargingLimit", new
        {
            evseId = 1, chargingLimit = new { chargingLimitSource = "EMS", isGridCritical = true },
        }));
        var limit = Assert.Single(await Limited(charger, 1));
        Assert.Equal(("EMS", 1, true), (limit["id"]!.GetValue<string>(), limit["evse"]!.GetValue<int>(), limit["details"]!["isGridCritical"]!.GetValue<bool>()));
        Charging.Result(await charger.Call("ClearedChargingLimit", new { evseId = 1, chargingLimitSource = "EMS" }));
        await Limited(charger, 0);
    }

    private Task<IReadOnlyList<JsonNode>> Limited(RawCharger charger, int count) => Eventually.Get(
        () => Api.All($"charge-points/{charger.Identity}/charging-limits"), all => all.Count == count, Soon);

    private async Task Asks(RawCharger charger, string verb, object body)
    {
        var answer = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(answer["state"]?.GetValue<string>() == "accepted", $"{verb}: {answer}");
    }

    private static async Task<string> Wants(RawCharger charger, int amperes) =>
        Charging.Result(await charger.Call("NotifyEVChargingNeeds", new
        {
            evseId = 1,
            chargingNeeds = new
            {
                requestedEnergyTransfer = "AC_three_phase",
                acChargingParameters = new { energyAmount = 10_000, evMinCurrent = 6, evMaxCurrent = amperes, evMaxVoltage = 230 },
            },
        }))["status"]!.GetValue<string>();

    private static async Task<JsonNode> Profiles(RawCharger charger, int count)
    {
        var asked = await Eventually.Get(
            () => Task.FromResult(charger.Asked.Where(frame => frame[2]!.GetValue<string>() == "SetChargingProfile").ToList()),
            all => all.Count == count,
            Soon);
        return asked[^1][3]!["chargingProfile"]!;
    }

    private static IEnumerable<decimal> Limits(JsonNode profile) =>
        profile["chargingSchedule"]![0]!["chargingSchedulePeriod"]!.AsArray().Select(period => period!["limit"]!.GetValue<decimal>());
}
