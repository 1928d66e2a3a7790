using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>Which tokens a charger is sent, and what is shown of its list.</summary>
public sealed class LocalListSpec(Bridge bridge) : IClassFixture<Bridge>, IAsyncLifetime
{
    private const string Longest = "LL-LONGER-THAN-THE-THIRTY-SIX-CHARACTERS-OF-2.0.1";

    private readonly HttpClient _operator = bridge.Operator();

    public async Task InitializeAsync()
    {
        await Define("LL-1");
        await Define("LL-2", expiresAt: new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), parent: "FLEET");
        await Define("LL-BLOCKED", blocked: true);
        await Define("LL-EXPIRED", expiresAt: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await Define("LL-LONGER-THAN-TWENTY-CHARACTERS", parent: "A-GROUP-LONGER-THAN-TWENTY-CHARACTERS");
        await Define(Longest);
        await Define(Longest + "-BLOCKED", blocked: true);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task All_that_may_charge_and_fit_are_sent_and_shown_when_the_charger_took_them()
    {
        await bridge.Online("LL-A", Takes);
        var said = await _operator.Post("charge-points/LL-A/commands/send-local-list");

        Assert.Equal(200, said.Status);
        Assert.Equal("""{"mode":"full","version":1,"tokens":["LL-1","LL-2"]}""", said["request"]!.ToJsonString());
        await bridge.Shown("charge-point/LL-A");
        var list = await _operator.Get("charge-points/LL-A/local-list");
        Assert.Equal((1, true), (list["version"]!.GetValue<int>(), list["inStep"]!.GetValue<bool>()));
        Assert.Equal(
            """[{"token":"LL-1","status":"accepted","expiresAt":null,"parent":null},{"token":"LL-2","status":"accepted","expiresAt":"2099-01-01T00:00:00Z","parent":"FLEET"}]""",
            list["items"]!.ToJsonString());

        var again = await _operator.Post("charge-points/LL-A/commands/send-local-list", new { mode = "auto" });
        Assert.Equal(422, again.Status);
        Assert.Contains("already", again.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ocpp1.6", "LL-1 LL-2", 2)]
    [InlineData("ocpp2.0.1", "LL-1 LL-2 LL-LONGER-THAN-TWENTY-CHARACTERS", 1)]
    [InlineData("ocpp2.1", $"LL-1 LL-2 {Longest} LL-LONGER-THAN-TWENTY-CHARACTERS", 0)]
    public async Task What_fits_is_the_chargers_versions_to_say_and_how_many_do_not_is_said(string protocol, string sent, int tooLong)
    {
        var id = $"LL-{protocol}";
        await bridge.Online(id, Takes, protocol);
        var said = await _operator.Post($"charge-points/{id}/commands/send-local-list");

        Assert.Equal(200, said.Status);
        Assert.Equal(
            sent.Split(' ').Order(StringComparer.Ordinal),
            said["request"]!["tokens"]!.AsArray().Select(token => token!.GetValue<string>()).Order(StringComparer.Ordinal));
        await bridge.Shown($"charge-point/{id}");
        var list = await _operator.Get($"charge-points/{id}/local-list");
        Assert.Equal(tooLong, list["tooLong"]!.GetValue<int>());
        var longer = list["items"]!.AsArray().SingleOrDefault(item => item!["token"]!.GetValue<string>() == "LL-LONGER-THAN-TWENTY-CHARACTERS");
        Assert.Equal(
            protocol == "ocpp2.1" ? "A-GROUP-LONGER-THAN-TWENTY-CHARACTERS" : null, longer?["parent"]?.GetValue<string>());

        var named = await _operator.Post(
            $"charge-points/{id}/commands/send-local-list", new { mode = "full", tokens = new[] { Longest } });
        Assert.Equal(protocol == "ocpp2.1" ? 200 : 422, named.Status);
    }

    [Fact]
    public async Task Those_that_are_named_are_sent_as_they_are_and_a_stranger_is_taken_off()
    {
        await bridge.Online("LL-B", Takes);
        await _operator.Post("charge-points/LL-B/commands/send-local-list", new { mode = "full", tokens = new[] { "ll-1", "LL-BLOCKED" } });
        var said = await _operator.Post(
            "charge-points/LL-B/commands/send-local-list", new { mode = "differential", tokens = new[] { "LL-2", "LL-1", "STRANGER" } });

        Assert.Equal("differential", said["request"]!["mode"]!.GetValue<string>());
        var wish = Assert.IsType<SendLocalList>(bridge.World.Calls.Last(call => call.Request is SendLocalList).Request);
        Assert.Null(wish.Entries.Single(entry => entry.Token == "STRANGER").Status);
        await bridge.Shown("charge-point/LL-B");
        var items = (await _operator.Get("charge-points/LL-B/local-list"))["items"]!.AsArray();
        Assert.Equal(
            ["LL-1 accepted", "LL-2 accepted", "LL-BLOCKED blocked"],
            items.Select(item => $"{item!["token"]} {item["status"]}"));
    }

    [Theory]
    [InlineData("""{"managed":true}""", "all")]
    [InlineData("""{"managed":true,"mode":"full","tokens":["LL-1"]}""", "named")]
    [InlineData("""{"mode":"full"}""", "nothing")]
    public async Task A_list_is_managed_when_that_is_asked_for(string body, string follows)
    {
        await bridge.Online($"LL-{follows}", Takes);
        await _operator.Post($"charge-points/LL-{follows}/commands/send-local-list", body);

        await bridge.Shown($"charge-point/LL-{follows}");
        var list = await _operator.Get($"charge-points/LL-{follows}/local-list");
        Assert.Equal(
            (follows, follows != "nothing"), (list.Text("follows"), list["managed"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("""{"mode":"full","tokens":["STRANGER"]}""", 422)]
    [InlineData("""{"mode":"differential","tokens":[]}""", 422)]
    [InlineData("""{"mode":"full","tokens":["LL-LONGER-THAN-TWENTY-CHARACTERS"]}""", 422)]
    [InlineData("""{"mode":"full","tokens":[""]}""", 422)]
    [InlineData("""{"mode":"sideways"}""", 400)]
    public async Task What_cannot_be_sent_is_refused_before_the_charger_hears_of_it(string body, int status)
    {
        await bridge.Online("LL-C", Takes);

        Assert.Equal(status, (await _operator.Post("charge-points/LL-C/commands/send-local-list", body)).Status);
        Assert.DoesNotContain(bridge.World.Calls, call => call.RequestId.EndsWith("TEwtQw", StringComparison.Ordinal)); // LL-C
    }

    [Fact]
    public async Task Nobodys_list_is_404_and_one_that_nobody_sent_has_no_version()
    {
        await bridge.Online("LL-D", Bridge.Willing);

        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/local-list")).Status);
        Assert.Equal(
            """{"version":null,"inStep":false,"sentAt":null,"managed":false,"follows":"nothing","tooLong":2,"items":[]}""",
            (await _operator.Get("charge-points/LL-D/local-list")).Body!.ToJsonString());
    }

    private static StationAnswer Takes(CallStation call) => call.Request is SendLocalList wish
        ? new StationAnswer(
            RequestState.Accepted, """{"status":"Accepted"}""",
            Outcome: new LocalListAccepted(wish.Version, wish.Update == ListUpdate.Full, wish.Entries))
        : new StationAnswer(RequestState.Accepted, "{}");

    private async Task Define(string token, bool blocked = false, DateTimeOffset? expiresAt = null, string? parent = null)
    {
        var id = new TokenId(token);
        await bridge.Ask(new DefineToken(id, blocked, expiresAt, parent, null, null, "test", DateTimeOffset.UtcNow));
        await bridge.Shown($"token/{id}");
    }
}
