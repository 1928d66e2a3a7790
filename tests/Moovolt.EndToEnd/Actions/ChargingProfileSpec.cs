using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>What the smart charging messages are for (OCPP 1.6, 3.13): operators read what limits a charger holds to.</summary>
[Collection(Scenarios.Name)]
public sealed class ChargingProfileSpec(Stage stage)
{
    [Fact, Meaning("SetChargingProfile", Way.ToCharger)]
    public async Task A_profile_is_held_until_its_transaction_ends_and_one_that_is_not_taken_is_told()
    {
        await using var charger = await stage.Boot("SetChargingProfile");
        var number = await charger.Start(await stage.Token("LIMITED"), 0);
        charger.Says("SetChargingProfile", "NotSupported");
        var refused = await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = Profile("default", 16) });
        Assert.Equal("rejected", Stage.State(refused));
        Assert.Contains("no smart charging", refused["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);

        charger.Says("SetChargingProfile", "Accepted");
        await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = Profile("default", 16) }, "accepted");
        var own = Profile("transaction", 10.5);
        own["transaction"] = $"{number}";
        await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = own }, "accepted");

        var sent = charger.Asked.Last()[3]!;
        Assert.Equal((1, number), (sent["connectorId"]!.GetValue<int>(), sent["csChargingProfiles"]!["transactionId"]!.GetValue<int>()));
        Assert.Equal(["default", "transaction"], Purposes(await Held(charger, 2)));
        await charger.Call("StopTransaction", Charging.StopTransaction(number, 100));
        Assert.Equal(["default"], Purposes(await Held(charger, 1)));
    }

    [Fact, Meaning("ClearChargingProfile", Way.ToCharger)]
    public async Task What_was_cleared_is_held_no_more_and_what_is_unknown_is_told()
    {
        await using var charger = await stage.Boot("ClearChargingProfile");
        charger.Says("SetChargingProfile", "Accepted");
        charger.Says("ClearChargingProfile", "Accepted");
        await stage.Ask(charger, "set-charging-profile", new { evse = 1, profile = Profile("default", 16) }, "accepted");
        await stage.Ask(charger, "set-charging-profile", new { profile = Profile("charge-point-max", 32) }, "accepted");
        await Held(charger, 2);

        await stage.Ask(charger, "clear-charging-profile", new { purpose = "default" }, "accepted");

        Assert.Equal(["charge-point-max"], Purposes(await Held(charger, 1)));
        charger.Says("ClearChargingProfile", "Unknown");
        await stage.Ask(charger, "clear-charging-profile", new { id = 4_711 }, "rejected");
    }

    [Fact, Meaning("GetCompositeSchedule", Way.ToCharger)]
    public async Task What_the_charger_will_draw_is_read()
    {
        await using var charger = await stage.Boot("GetCompositeSchedule");
        charger.Answers["GetCompositeSchedule"] = asked => new
        {
            status = "Accepted",
            connectorId = 1,
            scheduleStart = "2026-01-01T12:00:00Z",
            chargingSchedule = new
            {
                duration = asked["duration"]!.GetValue<int>(),
                chargingRateUnit = "A",
                chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 13.5 } },
            },
        };

        await stage.Ask(charger, "get-composite-schedule", new { evse = 1, durationSeconds = 600 }, "accepted");

        var read = Stage.Items(await stage.Sees(charger, "/composite-schedules", seen => Stage.Items(seen).Any())).Single();
        Assert.Equal(1, read["evse"]!.GetValue<int>());
        Assert.Equal("2026-01-01T12:00:00Z", read["startsAt"]!.GetValue<string>());
        Assert.Equal(600, read["schedule"]!["durationSeconds"]!.GetValue<int>());
        Assert.Equal(13.5, read["schedule"]!["periods"]![0]!["limit"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_profile_goes_with_a_remote_start_and_is_for_the_transaction_that_begins()
    {
        await using var charger = await stage.Boot("RemoteStartWithProfile");
        var token = await stage.Token("WITH-PROFILE");
        charger.Says("RemoteStartTransaction", "Accepted");
        var command = await stage.Ask(
            charger, "start-charging", new { token, evse = 1, profile = Profile("transaction", 6) }, "accepted");
        Assert.Equal("TxProfile", charger.Asked.Last()[3]!["chargingProfile"]!["chargingProfilePurpose"]!.GetValue<string>());
        Assert.Equal(token, Stage.Items(await Held(charger, 1)).Single()["awaitedToken"]!.GetValue<string>());

        var number = await charger.Start(token, 0);

        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
        await stage.Sees(charger, "/charging-profiles", seen =>
            Stage.Items(seen).Single()["profile"]!["transaction"]?.GetValue<string>() == $"{number}");
        await charger.Call("StopTransaction", Charging.StopTransaction(number, 100));
        await Held(charger, 0);
    }

    [Fact]
    public async Task A_raw_call_comes_to_the_same_and_a_broken_rule_never_leaves()
    {
        await using var charger = await stage.Boot("RawProfile");
        charger.Says("SetChargingProfile", "Accepted");
        var raw = await stage.Api.Post($"charge-points/{charger.Identity}/calls/SetChargingProfile", new
        {
            connectorId = 0,
            csChargingProfiles = new
            {
                chargingProfileId = 99,
                stackLevel = 1,
                chargingProfilePurpose = "TxDefaultProfile",
                chargingProfileKind = "Relative",
                chargingSchedule = new { chargingRateUnit = "W", chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 3700 } } },
            },
        });
        Assert.Equal("accepted", Stage.State(raw));
        Assert.Equal(99, Stage.Items(await Held(charger, 1)).Single()["profile"]!["id"]!.GetValue<int>());

        var asked = charger.Asked.Count;
        var wrong = await stage.Api.Post(
            $"charge-points/{charger.Identity}/commands/set-charging-profile", new { evse = 1, profile = Profile("charge-point-max", 16) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(asked, charger.Asked.Count);
    }

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

    private Task<Rig.Api.Answer> Held(RawCharger charger, int count) =>
        stage.Sees(charger, "/charging-profiles", seen => Stage.Items(seen).Count() == count);

    private static IEnumerable<string> Purposes(Rig.Api.Answer held) =>
        Stage.Items(held).Select(item => item["profile"]!["purpose"]!.GetValue<string>());
}
