using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>What a charger does wrong is seen by its operator, by rule and count; and to the letter it is refused.</summary>
public sealed class ComplianceSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private MoovoltProcess Node => fixture.Node;

    [Fact]
    public async Task A_charger_that_breaks_five_rules_shows_them_with_counts_and_a_compliant_one_shows_none()
    {
        await using var good = await RawCharger.Boot(Node.Ocpp, "COMPLIANT");
        await using var bad = await RawCharger.Boot(Node.Ocpp, "ROUGH-AND-READY");
        await good.Start("CARD", 100);

        for (var n = 0; n < 2; n++)
        {
            await bad.Call("StatusNotification", new { connectorId = 1, errorCode = "Error", status = "Available", extra = n });
            await bad.Call("StatusNotification", new { connectorId = "1", errorCode = "NoError", status = "Available" });
        }

        var start = await bad.Call("StartTransaction", new { connectorId = 1, idTag = "CARD", meterStart = 1, timestamp = "2026-01-01T12:00:00" });
        Assert.True(Charging.Result(start)["transactionId"]!.GetValue<int>() > 0);
        Charging.Result(await bad.Call("StopTransaction", new { transactionId = -1, meterStop = 2, timestamp = Charging.Now }));

        var report = await Report("ROUGH-AND-READY", seen => seen["deviations"]!.AsArray().Count >= 5);
        Assert.Equal(
            [
                ("number-as-text", 2L), ("time-without-offset", 1L), ("transaction-id-not-ours", 1L), ("unknown-member", 2L),
                ("unknown-word", 2L),
            ],
            report["deviations"]!.AsArray().Select(line => (line!["rule"]!.GetValue<string>(), line["count"]!.GetValue<long>())).Order());
        Assert.False(report["compliant"]!.GetValue<bool>());
        Assert.Equal(
            ["local-time", "loose-schema"],
            report["suggested"]!.AsArray().Select(one => one!["tolerance"]!.GetValue<string>()).Order());

        Assert.True((await Report("COMPLIANT", _ => true))["compliant"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_suggested_profile_once_chosen_is_heard_from_the_next_frame_on()
    {
        await using var charger = await RawCharger.Boot(Node.Ocpp, "LOOSE");
        var loose = new { connectorId = "1", errorCode = "NoError", status = "Charging" };
        Assert.Equal("TypeConstraintViolation", Charging.ErrorCode(await charger.Call("StatusNotification", loose)));

        await Node.Api.Put("charge-points/LOOSE", new { quirkProfile = "tolerant" });

        await Eventually.Get(
            () => charger.Call("StatusNotification", loose), answer => answer[0]!.GetValue<int>() == 3, Soon);
        Assert.Equal("tolerant", (await Report("LOOSE", _ => true))["quirkProfile"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_strict_charger_gets_an_error_for_a_bad_start_and_its_number_for_a_good_one()
    {
        await using var charger = await RawCharger.Boot(Node.Ocpp, "TO-THE-LETTER");
        await Node.Api.Put("charge-points/TO-THE-LETTER", new { strict = true, unknownTokens = "accept" });

        await Eventually.Get(
            () => charger.Call("StartTransaction", new { connectorId = 1, idTag = "CARD" }),
            answer => answer[0]!.GetValue<int>() == 4 && answer[2]!.GetValue<string>() == "OccurenceConstraintViolation",
            Soon);
        Assert.True(await charger.Start("CARD", 100) > 0);
        Assert.True((await Report("TO-THE-LETTER", _ => true))["strict"]!.GetValue<bool>());
    }

    private async Task<JsonNode> Report(string id, Func<JsonNode, bool> fits) => (await Eventually.Get(
        () => Node.Api.Get($"charge-points/{id}/compliance"), answer => answer.Body is { } body && fits(body), Soon)).Body!;
}
