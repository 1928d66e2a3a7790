using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// A token of OCPP 2.1 may have 255 characters (IdTokenType), where 2.0.1 has 36 and 1.6 has 20: whoever has one charges
/// like anybody else, and chargers of other versions are never sent half of it.
/// </summary>
public sealed class LongTokenSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Api => fixture.Node.Api;

    [Fact]
    public async Task Whoever_has_a_long_token_charges_as_anybody_does_where_it_is_spoken()
    {
        var (token, group) = (Long("CHARGES", 'ç'), Long("GROUP", '/'));
        await Defined(token, new { status = "accepted", parent = group, maxConcurrent = 1 });
        await using var charger = await Stepping.BootKnown(fixture.Node, "LONG-21", "ocpp2.1");

        var allowed = await charger.Call("Authorize", new { idToken = new { idToken = token.ToUpperInvariant(), type = "Central" } });
        var info = Charging.Result(allowed)["idTokenInfo"]!;
        Assert.Equal("Accepted", info["status"]!.GetValue<string>());
        Assert.Equal(group, info["groupIdToken"]!["idToken"]!.GetValue<string>());

        charger.Says("ReserveNow", "Accepted");
        var kept = await Asked(charger, "reserve", new { token, evse = 1, expiresAt = DateTimeOffset.UtcNow.AddHours(1) });
        Assert.Equal("accepted", kept["state"]!.GetValue<string>());
        Assert.Equal(token, charger.Asked.Last()[3]!["idToken"]!["idToken"]!.GetValue<string>());
        charger.Says("RequestStartTransaction", "Accepted");
        var command = await Asked(charger, "start-charging", new { token, evse = 1 });
        Assert.Equal(token, charger.Asked.Last()[3]!["idToken"]!["idToken"]!.GetValue<string>());
        var number = charger.Asked.Last()[3]!["remoteStartId"]!.GetValue<int>();

        Assert.Equal("Accepted", await charger.Tell(
            Stepping.Step("t1", "Started", 0, 1_000, token, "RemoteStart", state: "Charging", remoteStart: number)));
        await Seen($"commands/{command["id"]}", seen => seen["state"]!.GetValue<string>() == "effective");
        await Seen("charge-points/LONG-21/reservations", seen => seen["items"]![0]!["status"]!.GetValue<string>() == "used"
            && seen["items"]![0]!["token"]!.GetValue<string>() == token);
        Assert.Equal("ConcurrentTx", await charger.Tell(Elsewhere(Stepping.Step("t2", "Started", 0, 0, token, "Authorized"))));

        Assert.Equal("Accepted", await charger.Tell(Stepping.Step("t1", "Ended", 1, 1_700, token, "StopAuthorized")));
        var ended = await Seen("transactions/LONG-21/t1", seen => seen["state"]!.GetValue<string>() == "ended");
        Assert.Equal((token, 700), (ended["token"]!.GetValue<string>(), ended["deliveredWh"]!.GetValue<int>()));
        var his = await Seen(
            $"transactions?chargePoint=LONG-21&token={Uri.EscapeDataString(token.ToLowerInvariant())}", seen => seen["items"]!.AsArray().Count > 0);
        Assert.Contains(his["items"]!.AsArray(), item => item!["localId"]!.GetValue<string>() == "t1");
    }

    [Theory]
    [InlineData("ocpp1.6", "at most 20 characters")]
    [InlineData("ocpp2.0.1", "at most 36 characters")]
    public async Task Where_it_is_not_spoken_the_command_is_refused_and_the_list_goes_without_it(string version, string reason)
    {
        var token = Long("ELSEWHERE");
        await Defined(token, new { status = "accepted" });
        await Api.Accept($"SHORT-{version}");
        var identity = $"SHORT-{version}";
        await using var charger = await Boot(identity, version);

        foreach (var (verb, body) in new (string, object)[]
        {
            ("start-charging", new { token }), ("reserve", new { token, expiresAt = DateTimeOffset.UtcNow.AddHours(1) }),
        })
        {
            var refused = await Api.Post($"charge-points/{identity}/commands/{verb}", body);
            Assert.True(refused.Status == HttpStatusCode.UnprocessableEntity, $"{refused}");
            Assert.Contains(reason, refused.Text, StringComparison.Ordinal);
        }

        charger.Says("SendLocalList", "Accepted");
        var sent = await Asked(charger, "send-local-list", new { mode = "full", managed = true });
        Assert.Equal("accepted", sent["state"]!.GetValue<string>());
        Assert.DoesNotContain(token, charger.Asked.Last().ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(identity, charger.Asked.Last().ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var list = await Seen($"charge-points/{identity}/local-list", seen => seen["inStep"]!.GetValue<bool>());
        Assert.InRange(list["tooLong"]!.GetValue<int>(), 1, 10); // other tests have theirs
    }

    [Fact]
    public async Task A_list_that_follows_all_tokens_gets_a_long_one_where_it_is_spoken()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "LONG-LIST", "ocpp2.1");
        charger.Says("SendLocalList", "Accepted");
        await Asked(charger, "send-local-list", new { mode = "full", managed = true });

        var token = Long("FOLLOWED");
        await Defined(token, new { status = "accepted" });

        await Seen("charge-points/LONG-LIST/local-list", seen => seen["inStep"]!.GetValue<bool>() && seen["items"]!.AsArray().Any(
            item => string.Equals(item!["token"]!.GetValue<string>(), token, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(charger.Asked, call => call.ToJsonString().Contains(token, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As long as a token may be.</summary>
    private static string Long(string name, char filler = 'x') => $"urn:moovolt:{name}:".PadRight(255, filler);

    private static JsonObject Elsewhere(JsonObject step)
    {
        step["evse"] = new JsonObject { ["id"] = 2, ["connectorId"] = 1 };
        return step;
    }

    private Task<RawCharger> Boot(string identity, string version) => version == "ocpp1.6"
        ? RawCharger.Boot(fixture.Node.Ocpp, identity)
        : Stepping.Boot(fixture.Node.Ocpp, identity, version);

    private async Task Defined(string token, object body)
    {
        var answer = await Api.Put($"tokens/{Uri.EscapeDataString(token)}", body);
        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK, $"{answer}");
    }

    private async Task<Api.Answer> Asked(RawCharger charger, string verb, object body)
    {
        var command = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(command.Status == HttpStatusCode.OK, $"{verb}: {command}");
        return command;
    }

    private async Task<Api.Answer> Seen(string path, Func<Api.Answer, bool> fits)
    {
        var seen = await Eventually.Get(
            () => Api.Get(path), answer => answer.Status == HttpStatusCode.OK && fits(answer), Soon);
        Assert.True(seen.Status == HttpStatusCode.OK && fits(seen), $"{path}: {seen}");
        return seen;
    }
}
