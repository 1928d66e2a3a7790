using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of authorization and of local lists are for (OCPP 2.0.1, C and D).</summary>
[Collection(Scenarios.Name)]
public sealed class AuthorizationMeaningSpec(Stage stage)
{
    [Theory, Means("Authorize", Way.FromCharger)]
    public async Task A_blocked_token_is_told_so(string version)
    {
        await using var charger = await stage.Boot(version, "Authorize");
        var token = await stage.Card(version, "BLOCKED", new { status = "blocked" });

        var answer = Charging.Result(await charger.Call("Authorize", new { idToken = new { idToken = token, type = "ISO14443" } }));

        Assert.Equal("Blocked", answer["idTokenInfo"]!["status"]!.GetValue<string>());
        var seen = Assert.Single(Stage.Items(await stage.Sees(charger, "/refused-tokens", seen => Stage.Items(seen).Any())));
        Assert.Equal(token, seen["token"]!.GetValue<string>());
        Assert.Equal("blocked", seen["verdict"]!.GetValue<string>());
    }

    [Theory, Means("ClearCache", Way.ToCharger)]
    public async Task A_cache_that_was_not_cleared_is_told(string version)
    {
        await using var charger = await stage.Boot(version, "ClearCache");
        charger.Says("ClearCache", "Accepted");
        await stage.Ask(charger, "clear-cache", new { }, "accepted");

        charger.Says("ClearCache", "Rejected");
        await stage.Ask(charger, "clear-cache", new { }, "rejected");
    }

    [Theory, Means("SendLocalList", Way.ToCharger)]
    public async Task A_list_that_the_station_does_not_follow_is_sent_anew_and_then_in_step(string version)
    {
        await using var charger = await stage.Boot(version, "SendLocalList");
        var (one, two) = (await stage.Card(version, "LIST-1"), await stage.Card(version, "LIST-2"));

        // It holds version 41 of somebody else's, and takes what follows it.
        var held = 41;
        charger.Answers["GetLocalListVersion"] = _ => new { versionNumber = held };
        charger.Answers["SendLocalList"] = call =>
        {
            var given = call["versionNumber"]!.GetValue<int>();
            if (given <= held) return new { status = "VersionMismatch" };
            held = given;
            return new { status = "Accepted" };
        };

        await stage.Ask(charger, "send-local-list", new { mode = "full", tokens = new[] { one, two } }, "rejected");

        var list = await stage.Sees(charger, "/local-list", seen => seen["inStep"]!.GetValue<bool>());
        Assert.Equal(42, list["version"]!.GetValue<int>());
        Assert.Equal([one, two], Stage.Items(list).Select(item => item["token"]!.GetValue<string>()));
    }

    [Theory, Means("GetLocalListVersion", Way.ToCharger)]
    public async Task A_station_that_has_lost_its_list_is_not_in_step_and_has_none(string version)
    {
        await using var charger = await stage.Boot(version, "GetLocalListVersion");
        charger.Says("SendLocalList", "Accepted");
        var tokens = new[] { await stage.Card(version, "LOST") };
        await stage.Ask(charger, "send-local-list", new { mode = "full", tokens }, "accepted");
        await stage.Sees(charger, "/local-list", seen => seen["inStep"]!.GetValue<bool>() && Stage.Items(seen).Any());

        charger.Answers["GetLocalListVersion"] = _ => new { versionNumber = 0 };
        await stage.Ask(charger, "get-local-list-version", new { }, "accepted");

        await stage.Sees(charger, "/local-list", seen =>
            seen["version"]!.GetValue<int>() == 0 && !seen["inStep"]!.GetValue<bool>() && !Stage.Items(seen).Any());
    }
}
