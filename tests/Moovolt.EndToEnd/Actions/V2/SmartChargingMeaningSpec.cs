using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of smart charging are for (OCPP 2.0.1, K; 2.1, K and Q).</summary>
[Collection(Scenarios.Name)]
public sealed class SmartChargingMeaningSpec(Stage stage)
{
    [Theory, Means("SetChargingProfile", Way.ToCharger)]
    public async Task A_profile_is_held_until_its_transaction_ends_and_one_that_is_not_taken_is_told(string version)
    {
        await using var charger = await stage.Boot(version, "SetChargingProfile");
        await charger.Begin(await stage.Card(version, "LIMITED"));
        await stage.Sees(charger, "", seen => seen["openTransactions"]!.AsArray().Count == 1);
        charger.Says("SetChargingProfile", "Rejected");
        await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = Profile("default", 16) }, "rejected");

        charger.Says("SetChargingProfile", "Accepted");
        await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = Profile("default", 16) }, "accepted");
        var own = Profile("transaction", 10.5);
        own["transaction"] = "t1";
        await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = own }, "accepted");
        Assert.Equal(["default", "transaction"], await Purposes(charger, 2));

        await charger.Tell(Stepping.Step("t1", "Ended", 1, 1_100, trigger: "EVDeparted"));
        Assert.Equal(["default"], await Purposes(charger, 1));
    }

    [Theory, Means("ClearChargingProfile", Way.ToCharger)]
    public async Task What_was_cleared_is_held_no_more_and_what_is_unknown_is_told(string version)
    {
        await using var charger = await stage.Boot(version, "ClearChargingProfile");
        charger.Says("SetChargingProfile", "Accepted");
        charger.Says("ClearChargingProfile", "Accepted");
        await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = Profile("default", 16) }, "accepted");
        await stage.Ask(charger, "set-charging-profile", new { profile = Profile("charge-point-max", 32) }, "accepted");
        await Purposes(charger, 2);

        await stage.Ask(charger, "clear-charging-profile", new { purpose = "default" }, "accepted");

        Assert.Equal(["charge-point-max"], await Purposes(charger, 1));
        charger.Says("ClearChargingProfile", "Unknown");
        await stage.Ask(charger, "clear-charging-profile", new { id = 4_711 }, "rejected");
    }

    [Theory, Means("GetCompositeSchedule", Way.ToCharger)]
    public async Task What_the_station_will_draw_is_read(string version)
    {
        await using var charger = await stage.Boot(version, "GetCompositeSchedule");
        charger.Answers["GetCompositeSchedule"] = asked => new
        {
            status = "Accepted",
            schedule = new
            {
                evseId = 1,
                duration = asked["duration"]!.GetValue<int>(),
                scheduleStart = "2026-01-01T12:00:00Z",
                chargingRateUnit = "A",
                chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 13.5 } },
            },
        };
        await stage.Ask(charger, "get-composite-schedule", new { evse = 1, durationSeconds = 600 }, "accepted");

        var read = Assert.Single(Stage.Items(await stage.Sees(charger, "/composite-schedules", seen => Stage.Items(seen).Any())));
        Assert.Equal("2026-01-01T12:00:00Z", read["startsAt"]!.GetValue<string>());
        Assert.Equal(13.5, read["schedule"]!["periods"]![0]!["limit"]!.GetValue<double>());
    }

    [Theory, Means("GetChargingProfiles", Way.ToCharger)]
    public Task That_a_station_has_no_such_profiles_is_told(string version) => stage.IsToldNo(
        version,
        "GetChargingProfiles",
        new { requestId = 3, evseId = 1, chargingProfile = new { chargingProfilePurpose = "TxProfile" } },
        "NoProfiles");

    [Theory, Means("ReportChargingProfiles", Way.FromCharger)]
    public Task The_profiles_that_a_station_reports_are_kept(string version) => stage.IsKept(
        version, "ReportChargingProfiles", """
            {"requestId":3,"chargingLimitSource":"CSO","evseId":1,"chargingProfile":[{"id":7,"stackLevel":0,
            "chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative","chargingSchedule":[{"id":1,
            "chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16}]}]}]}
            """);

    [Theory, Means("NotifyChargingLimit", Way.FromCharger)]
    public Task A_limit_from_outside_is_kept(string version) => stage.IsListed(
        version, "NotifyChargingLimit", """{"evseId":1,"chargingLimit":{"chargingLimitSource":"SO","isGridCritical":true}}""", "charging-limits", "SO");

    [Theory, Means("ClearedChargingLimit", Way.FromCharger)]
    public async Task A_limit_from_outside_that_is_over_is_shown_no_more(string version)
    {
        await using var charger = await stage.Boot(version, "ClearedChargingLimit");
        Charging.Result(await charger.Call(
            "NotifyChargingLimit", new { evseId = 1, chargingLimit = new { chargingLimitSource = "SO", isGridCritical = true } }));
        await stage.Sees(charger, "/charging-limits", seen => Stage.Items(seen).Any());
        Charging.Result(await charger.Call("ClearedChargingLimit", new { evseId = 1, chargingLimitSource = "SO" }));
        await stage.Sees(charger, "/charging-limits", seen => !Stage.Items(seen).Any());
    }

    [Theory, Means("NotifyEVChargingNeeds", Way.FromCharger)]
    public Task What_a_car_needs_is_kept(string version) => stage.IsShownWithItsTransaction(
        version, "NotifyEVChargingNeeds", """
            {"evseId":1,"chargingNeeds":{"requestedEnergyTransfer":"AC_three_phase","departureTime":"2026-01-01T18:00:00Z",
            "acChargingParameters":{"energyAmount":20000,"evMinCurrent":6,"evMaxCurrent":16,"evMaxVoltage":400}}}
            """, "chargingNeeds");

    [Theory, Means("NotifyEVChargingSchedule", Way.FromCharger)]
    public Task What_a_car_means_to_draw_is_kept(string version) => stage.IsShownWithItsTransaction(
        version, "NotifyEVChargingSchedule", """
            {"evseId":1,"timeBase":"2026-01-01T12:00:00Z","chargingSchedule":{"id":1,"chargingRateUnit":"A",
            "chargingSchedulePeriod":[{"startPeriod":0,"limit":16}]}}
            """, "evSchedule");

    [Theory, Means("UpdateDynamicSchedule", Way.ToCharger)]
    public Task A_schedule_that_is_not_updated_is_told(string version) => stage.IsToldNo(
        version, "UpdateDynamicSchedule", new { chargingProfileId = 7, scheduleUpdate = new { limit = 16 } }, "Rejected");

    [Theory, Means("PullDynamicScheduleUpdate", Way.FromCharger)]
    public async Task A_schedule_that_is_pulled_is_that_of_the_profile_that_was_sent(string version)
    {
        await using var charger = await stage.Boot(version, "PullDynamicScheduleUpdate");
        charger.Says("SetChargingProfile", "Accepted");
        var schedule = new { id = 1, chargingRateUnit = "W", chargingSchedulePeriod = new[] { new { startPeriod = 0, setpoint = -5_000 } } };
        await stage.Raw(charger, "SetChargingProfile", new
        {
            evseId = 1,
            chargingProfile = new
            {
                id = 4, stackLevel = 0, chargingProfilePurpose = "TxDefaultProfile", chargingProfileKind = "Dynamic",
                chargingSchedule = new[] { schedule },
            },
        });

        var pulled = Charging.Result(await charger.Call("PullDynamicScheduleUpdate", new { chargingProfileId = 4 }));
        Assert.Equal("""{"setpoint":-5000}""", pulled["scheduleUpdate"]?.ToJsonString());
    }

    [Theory, Means("UsePriorityCharging", Way.ToCharger)]
    public Task That_a_transaction_cannot_go_first_is_told(string version) => stage.IsToldNo(
        version, "UsePriorityCharging", new { transactionId = "t1", activate = true }, "NoProfile");

    [Theory, Means("NotifyPriorityCharging", Way.FromCharger)]
    public Task That_a_transaction_goes_first_is_kept(string version) => stage.IsShownWithItsTransaction(
        version, "NotifyPriorityCharging", """{"transactionId":"t1","activated":true}""", "priorityCharging");

    [Theory, Means("AFRRSignal", Way.ToCharger)]
    public Task A_signal_of_the_grid_that_is_not_followed_is_told(string version) => stage.IsToldNo(
        version, "AFRRSignal", new { timestamp = "2026-01-01T12:00:00Z", signal = 3 }, "Rejected");

    [Theory, Means("NotifyAllowedEnergyTransfer", Way.ToCharger)]
    public Task A_way_of_charging_that_is_not_taken_is_told(string version) => stage.IsToldNo(
        version, "NotifyAllowedEnergyTransfer", new { transactionId = "t1", allowedEnergyTransfer = new[] { "AC_BPT" } }, "Rejected");

    private static JsonObject Profile(string purpose, double limit) => new()
    {
        ["purpose"] = purpose,
        ["stackLevel"] = 0,
        ["kind"] = "relative",
        ["schedule"] = new JsonObject
        {
            ["unit"] = "A",
            ["periods"] = new JsonArray(new JsonObject { ["startSeconds"] = 0, ["limit"] = limit }),
        },
    };

    private async Task<IEnumerable<string>> Purposes(RawCharger charger, int count) => Stage.Items(
        await stage.Sees(charger, "/charging-profiles", seen => Stage.Items(seen).Count() == count))
        .Select(item => item["profile"]!["purpose"]!.GetValue<string>());
}
