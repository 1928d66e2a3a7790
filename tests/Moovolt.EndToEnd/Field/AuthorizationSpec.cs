using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;
using static Moovolt.EndToEnd.Field.FieldNode;

namespace Moovolt.EndToEnd.Field;

/// <summary>The field list, one test a pain: who may charge, and what a charger does about a start that it was asked for.</summary>
public sealed class AuthorizationSpec(FieldNode field) : IClassFixture<FieldNode>
{
    [Theory]
    [InlineData("Finishing", "pulled")]
    [InlineData("Faulted", "Faulted")]
    [InlineData("Unavailable", "change-availability")]
    [InlineData("Available", "cable")]
    public async Task Item_33_A_remote_start_that_has_no_effect_says_why_and_leaves_nothing_open(string status, string hint)
    {
        var identity = $"F33-{status}";
        await using var charger = await RawCharger.Boot(field.Ocpp, identity);
        charger.Answers["RemoteStartTransaction"] = _ => new { status = "Accepted" };
        await charger.Says(status);

        var command = await Begin(identity, new { token = "F33-TAG", evse = 1, withinSeconds = 5 });

        var seen = await Settled(command, "noEffect");
        Assert.Contains(hint, seen["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await field.ChargePoint(identity))["openTransactions"]!.AsArray());
    }

    [Fact]
    public async Task Item_33_A_remote_start_whose_card_is_refused_or_whose_charger_goes_away_says_so()
    {
        await field.Api.Put("tokens/F33-BLOCKED", new { status = "blocked" });
        await using var charger = await RawCharger.Boot(field.Ocpp, "F33-ASKS");
        charger.Answers["RemoteStartTransaction"] = _ => new { status = "Accepted" };
        var refused = await Begin("F33-ASKS", new { token = "F33-BLOCKED", evse = 1, withinSeconds = 5 });
        Assert.Equal("Blocked", Charging.Result(await charger.Call("Authorize", new { idTag = "F33-BLOCKED" }))["idTagInfo"]!["status"]!.GetValue<string>());
        var why = (await Settled(refused, "noEffect"))["error"]!["description"]!.GetValue<string>();
        Assert.Contains("Blocked", why, StringComparison.Ordinal);

        var lost = await Begin("F33-ASKS", new { token = "F33-TAG", evse = 1, withinSeconds = 5 });
        await Settled(lost, "accepted");
        charger.Vanish();
        Assert.Contains("offline", (await Settled(lost, "noEffect"))["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Item_34_A_start_that_comes_before_the_answer_and_one_that_is_another_are_told_apart()
    {
        await field.Api.Accept("F34-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F34"); // answers by hand
        var first = await Begin("F34", new { token = "F34-TAG", evse = 1 });
        var second = await Begin("F34", new { token = "F34-TAG", evse = 2 });
        var call = await charger.IsAsked("RemoteStartTransaction");

        // A session of yesterday that is told just now is no effect of it; nor is another connector's.
        await charger.StartsAt("F34-TAG", 100, At(-24 * 60));
        await charger.StartsAt("F34-TAG", 5_000, connector: 3);
        await charger.Answers(call, new { status = "Accepted" });
        await Settled(first, "accepted");

        // The next call's start comes before its answer.
        JsonArray? next = null;
        Assert.True(await Eventually.Is(() => (next = charger.Asked.ElementAtOrDefault(1)) is not null, field.Soon));
        await charger.StartsAt("F34-TAG", 7_000, connector: 2);
        await charger.Answers(next!, new { status = "Accepted" }); // it was asked
        await Settled(second, "effective");
        Assert.Equal("accepted", Word((await field.Api.Get($"commands/{first}")).Body!, "state"));

        await charger.StartsAt("F34-TAG", 6_000);
        await Settled(first, "effective");
    }

    [Theory]
    [InlineData("Blocked")]
    [InlineData("Expired")]
    [InlineData("Invalid")]
    public async Task Item_35_A_start_with_a_card_that_may_not_is_recorded_and_numbered_and_energy_is_flagged(string status)
    {
        var (identity, token) = ($"F35-{status}", $"F35-{status}-TAG");
        if (status == "Blocked") await field.Api.Put($"tokens/{token}", new { status = "blocked" });
        if (status == "Expired") await field.Api.Put($"tokens/{token}", new { status = "accepted", expiresAt = At(-60) });
        await field.Api.Put($"charge-points/{identity}", new { securityProfile = 0, unknownTokens = "refuse" });
        await using var charger = await RawCharger.Boot(field.Ocpp, identity);

        var start = await charger.Starts(token, 1_000, At(-3));
        Assert.Equal(status, start["idTagInfo"]!["status"]!.GetValue<string>());
        var number = start["transactionId"]!.GetValue<int>();
        Assert.True(number > 0);
        await charger.Samples(number, "1000", At(-2));
        Assert.DoesNotContain("energy-without-authorization", Codes(await field.Annotated(identity, number, "token-not-accepted")));

        await charger.Samples(number, "1400", At(-1));
        Assert.True(Is(await field.Annotated(identity, number, "energy-without-authorization"), "suspect"));
        await charger.Stops(number, 1_450);
        Assert.Equal(450, Number(await field.Ended(identity, number), "deliveredWh"));

        // One that stops at once leaves nothing open, and nothing to flag.
        var brief = await charger.StartsAt(token, 2_000, At(-0.5));
        Assert.NotEqual(number, brief);
        await charger.Stops(brief, 2_000);
        var over = await field.Ended(identity, brief);
        Assert.False(Is(over, "suspect"));
        Assert.Empty((await field.ChargePoint(identity, known => known["openTransactions"]!.AsArray().Count == 0))["openTransactions"]!.AsArray());
    }

    [Fact]
    public async Task Item_36_Whoever_stops_it_it_is_over_and_another_card_of_the_group_may()
    {
        await field.Api.Put("tokens/F36-A", new { status = "accepted", parent = "F36-FAMILY" });
        await field.Api.Put("tokens/F36-B", new { status = "accepted", parent = "f36-family" });
        await field.Api.Put("tokens/F36-X", new { status = "blocked" });
        await using var charger = await RawCharger.Boot(field.Ocpp, "F36");

        var start = await charger.Starts("F36-A", 1_000);
        Assert.Equal("F36-FAMILY", start["idTagInfo"]!["parentIdTag"]!.GetValue<string>());
        var family = start["transactionId"]!.GetValue<int>();
        var answer = await charger.Stops(family, 2_000, null, "F36-B");
        Assert.Equal("Accepted", answer["idTagInfo"]!["status"]!.GetValue<string>());
        var seen = await field.Ended("F36", family);
        Assert.Equal((1_000L, "F36-B"), (Number(seen, "deliveredWh"), Word(seen, "stoppedBy")));
        Assert.Empty(Codes(seen));

        var other = await charger.StartsAt("F36-A", 3_000);
        var stranger = await charger.Stops(other, 4_000, null, "F36-X");
        Assert.Equal("Blocked", stranger["idTagInfo"]!["status"]!.GetValue<string>()); // and it is over all the same
        Assert.Equal(1_000, Number(await field.Annotated("F36", other, "stopped-by-stranger"), "deliveredWh"));

        // A card that expires meanwhile may stop what it began.
        await field.Api.Put("tokens/F36-C", new { status = "accepted", expiresAt = At(60) });
        var mine = await charger.StartsAt("F36-C", 5_000);
        await field.Api.Put("tokens/F36-C", new { status = "accepted", expiresAt = At(-1) });
        var expired = await charger.Stops(mine, 6_000, null, "F36-C");
        Assert.Equal("Expired", expired["idTagInfo"]!["status"]!.GetValue<string>());
        Assert.Empty(Codes(await field.Ended("F36", mine)));
    }

    private async Task<string> Begin(string identity, object wish)
    {
        var asked = await field.Api.Post($"charge-points/{identity}/commands/start-charging", wish, wait: 0);
        return Word(asked.Body!, "id") ?? throw new InvalidOperationException($"{asked}");
    }

    private async Task<JsonNode> Settled(string command, string state) => (await Eventually.Get(
        () => field.Api.Get($"commands/{command}"), seen => seen.Body is { } body && Word(body, "state") == state, field.Soon)).Body!; // fits says so
}
