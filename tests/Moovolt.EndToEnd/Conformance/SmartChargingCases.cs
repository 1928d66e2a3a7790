using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Smart charging, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class SmartChargingCases(Bench bench)
{
    private static string Now => Charging.Now;

    [SkippableFact, Case("TC_056")]
    public async Task A_default_for_all_transactions()
    {
        await using var charger = await bench.Booted("TC_056");
        var sent = await Set(charger, Profile("default", "absolute", validity: true));
        Assert.Equal("TxDefaultProfile", sent["chargingProfilePurpose"]!.GetValue<string>());
        Assert.Equal("Absolute", sent["chargingProfileKind"]!.GetValue<string>());
        Assert.NotNull(sent["validFrom"]);
        Assert.NotNull(sent["validTo"]);
        Assert.NotNull(sent["chargingSchedule"]!["startSchedule"]);
        Assert.Null(sent["transactionId"]);
        Assert.Null(sent["recurrencyKind"]);
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_057")]
    public async Task A_profile_for_a_transaction()
    {
        var (charger, transaction) = await bench.Charging("TC_057");
        await using var _ = charger;
        var sent = await Set(charger, Profile("transaction", "relative", transaction: $"{transaction}"));
        Assert.Equal("TxProfile", sent["chargingProfilePurpose"]!.GetValue<string>());
        Assert.Equal(transaction, sent["transactionId"]!.GetValue<int>());
        Assert.Null(sent["recurrencyKind"]);
        Assert.Null(sent["chargingSchedule"]!["startSchedule"]);
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_059")]
    public async Task A_remote_start_with_a_profile()
    {
        await using var charger = await bench.Booted("TC_059");
        var (sent, command) = await bench.Ask(
            charger, "start-charging", new { token = Bench.Valid, evse = 1, profile = Profile("transaction", "relative") },
            "RemoteStartTransaction", ForeignCharging.Accepted);
        Assert.Equal("TxProfile", sent["chargingProfile"]!["chargingProfilePurpose"]!.GetValue<string>());
        Assert.Null(sent["chargingProfile"]!["transactionId"]);
        Assert.Equal(0, sent["chargingProfile"]!["chargingSchedule"]!["chargingSchedulePeriod"]![0]!["startPeriod"]!.GetValue<int>());

        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await charger.Status("Preparing");
        await charger.Start(Bench.Valid);
        await charger.Status("Charging");
        await bench.Becomes(command, "effective");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_066")]
    public async Task What_the_charger_will_draw()
    {
        await using var charger = await bench.Booted("TC_066");
        var (sent, command) = await bench.Ask(
            charger, "get-composite-schedule", new { durationSeconds = 300, evse = 1, unit = "A" }, "GetCompositeSchedule",
            new
            {
                status = "Accepted",
                connectorId = 1,
                scheduleStart = Now,
                chargingSchedule = new
                {
                    duration = 300, chargingRateUnit = "A", chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 10 } },
                },
            });
        Assert.Equal(1, sent["connectorId"]!.GetValue<int>());
        Assert.Equal(300, sent["duration"]!.GetValue<int>());
        Assert.Equal("A", sent["chargingRateUnit"]!.GetValue<string>());
        await bench.Becomes(command, "accepted");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_067")]
    public async Task Profiles_are_cleared_by_id_by_what_they_are_for_and_all_together()
    {
        var (charger, transaction) = await bench.Charging("TC_067");
        await using var _ = charger;
        var most = await Set(charger, Profile("charge-point-max", "absolute"), evse: null);
        var usual = await Set(charger, Profile("default", "absolute"));
        await Set(charger, Profile("transaction", "absolute", transaction: $"{transaction}"));

        var id = most["chargingProfileId"]!.GetValue<int>();
        Assert.NotEqual(id, usual["chargingProfileId"]!.GetValue<int>());
        Same("""{"id":0}""".Replace("0", $"{id}", StringComparison.Ordinal), await Clear(charger, new { id }));
        Same(
            """{"connectorId":1,"chargingProfilePurpose":"TxDefaultProfile","stackLevel":0}""",
            await Clear(charger, new { evse = 1, purpose = "default", stackLevel = 0 }));
        Same("{}", await Clear(charger, new { }));
        await Bench.Judged(charger);
    }

    private static JsonObject Profile(string purpose, string kind, string? transaction = null, bool validity = false)
    {
        var profile = new JsonObject
        {
            ["purpose"] = purpose,
            ["stackLevel"] = 0,
            ["kind"] = kind,
            ["schedule"] = new JsonObject
            {
                ["unit"] = "A",
                ["durationSeconds"] = 3_600,
                ["periods"] = new JsonArray(new JsonObject { ["startSeconds"] = 0, ["limit"] = 6 }),
            },
        };
        if (kind == "absolute") profile["schedule"]!["startAt"] = Now;
        if (transaction is not null) profile["transaction"] = transaction;
        if (!validity) return profile;
        profile["validFrom"] = Now;
        profile["validTo"] = DateTimeOffset.UtcNow.AddDays(1);
        return profile;
    }

    private async Task<JsonNode> Set(ForeignCharger charger, JsonObject profile, int? evse = 1)
    {
        var body = new JsonObject { ["profile"] = profile };
        if (evse is { } number) body["evse"] = number;
        var sent = await bench.Ask(charger, "set-charging-profile", body, "SetChargingProfile", "Accepted", "accepted");
        Assert.Equal(evse ?? 0, sent["connectorId"]!.GetValue<int>());
        return sent["csChargingProfiles"]!;
    }

    private Task<JsonNode> Clear(ForeignCharger charger, object which) =>
        bench.Ask(charger, "clear-charging-profile", which, "ClearChargingProfile", "Accepted", "accepted");

    private static void Same(string expected, JsonNode sent) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), sent), $"{expected} is not {sent.ToJsonString()}");
}
