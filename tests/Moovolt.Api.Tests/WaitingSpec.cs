using System.Diagnostics;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>How long an operator waits for a charger, and what is said meanwhile and afterwards.</summary>
public sealed class WaitingSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task Who_does_not_want_to_wait_is_told_where_to_look()
    {
        await bridge.Online("SLOW-1");

        var said = await Reset("SLOW-1", ("Prefer", "wait=0"));

        Assert.Equal(202, said.Status);
        Assert.Equal("sent", said.Text("state"));
        Assert.Equal($"/api/v1/commands/{said.Text("id")}", said.Response.Headers.Location?.OriginalString);
        Assert.Equal("wait=0", said.Response.Headers.GetValues("Preference-Applied").Single());
        var looked = await _operator.Get(said.Response.Headers.Location!.OriginalString);
        Assert.Equal("sent", looked.Text("state"));
    }

    [Theory]
    [InlineData("wait=1", 0.9, 5)]
    [InlineData("respond-async, wait=1", 0.9, 5)]
    [InlineData("WAIT=\"1\"; x=y", 0.9, 5)]
    public async Task Who_waits_for_a_charger_that_says_nothing_gets_202_at_the_end(string prefer, double atLeast, double atMost)
    {
        await bridge.Online("SLOW-2");
        var clock = Stopwatch.StartNew();

        var said = await Reset("SLOW-2", ("Prefer", prefer));

        Assert.Equal(202, said.Status);
        Assert.InRange(clock.Elapsed.TotalSeconds, atLeast, atMost);
    }

    [Fact]
    public async Task Without_a_preference_it_waits_ten_seconds()
    {
        await bridge.Online("SLOW-3");
        var clock = Stopwatch.StartNew();

        Assert.Equal(202, (await Reset("SLOW-3", ("Prefer", "wait=soon"))).Status); // RFC 7240: what cannot be read is no preference
        Assert.InRange(clock.Elapsed.TotalSeconds, 9.5, 15);
    }

    [Fact]
    public async Task An_answer_that_comes_while_one_waits_is_told_at_once()
    {
        var id = await bridge.Online("SLOW-4");
        var asked = Reset("SLOW-4", ("Prefer", "wait=20"));
        var clock = Stopwatch.StartNew();
        CallStation? call;
        while ((call = bridge.World.Calls.LastOrDefault(each => each.Request is Restart && Of(each, id))) is null) await Task.Delay(20);
        await bridge.Ask(new AnswerRequest(id, call.Epoch, call.RequestId, Bridge.Willing(call), DateTimeOffset.UtcNow));

        Assert.Equal(200, (await asked).Status);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_charger_that_never_answered_is_no_answer_and_a_late_one_moves_it_on()
    {
        var id = await bridge.Online("LATE-1", _ => StationAnswer.Unknown("noAnswer", "Nothing came."));

        var said = await Reset("LATE-1");
        Assert.Equal(202, said.Status);
        Assert.Equal("timedOut", said.Text("state"));
        Assert.Equal("noAnswer", said["error"]!["code"]!.GetValue<string>());

        var call = bridge.World.Calls.Last(each => each.RequestId == said.Text("id"));
        await bridge.Ask(new AnswerRequest(id, call.Epoch, call.RequestId, Bridge.Willing(call), DateTimeOffset.UtcNow));
        var later = await _operator.Get($"commands/{said.Text("id")}");
        Assert.Equal("accepted", later.Text("state"));
        Assert.True(later["late"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_charger_that_is_away_is_409_unless_the_command_may_wait_for_it()
    {
        await _operator.Put("charge-points/AWAY-1", new { });

        var refused = await Reset("AWAY-1");
        Assert.Equal(409, refused.Status);
        Assert.Contains("?queue=", refused.Text("detail"), StringComparison.Ordinal);

        var clock = Stopwatch.StartNew();
        var queued = await Reset("AWAY-1?queue=60");
        Assert.Equal(202, queued.Status);
        Assert.Equal("queued", queued.Text("state"));
        Assert.Null(queued["sentAt"]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5)); // nobody knows when it comes, so nobody waits unasked
    }

    [Fact]
    public async Task A_queued_command_goes_to_the_charger_that_comes_back()
    {
        await _operator.Put("charge-points/BACK-1", new { unknownTokens = "accept" });
        var queued = await Reset("BACK-1?queue=60");

        await bridge.Online("BACK-1", Bridge.Willing);

        var said = await _operator.Get($"commands/{queued.Text("id")}");
        Assert.Equal("accepted", said.Text("state"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("604801")]
    [InlineData("soon")]
    public async Task A_queue_of_no_sensible_length_is_400(string seconds)
    {
        await _operator.Put("charge-points/AWAY-2", new { });

        Assert.Equal(400, (await Reset($"AWAY-2?queue={seconds}")).Status);
    }

    [Fact]
    public async Task A_queued_command_can_be_taken_back_and_a_sent_one_cannot()
    {
        await _operator.Put("charge-points/AWAY-3", new { });
        var queued = await Reset("AWAY-3?queue=60");
        Assert.Equal(204, (await _operator.Delete($"commands/{queued.Text("id")}")).Status);
        Assert.Equal("cancelled", (await _operator.Get($"commands/{queued.Text("id")}")).Text("state"));
        Assert.Equal(204, (await _operator.Delete($"commands/{queued.Text("id")}")).Status);

        await bridge.Online("SENT-1");
        var sent = await Reset("SENT-1", ("Prefer", "wait=0"));
        Assert.Equal(409, (await _operator.Delete($"commands/{sent.Text("id")}")).Status);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0198c0de0000700080000000000000aa-!")]
    [InlineData("0198c0de0000700080000000000000aa-Tk9CT0RZ")]
    public async Task A_command_that_never_was_is_404(string id)
    {
        Assert.Equal(404, (await _operator.Get($"commands/{id}")).Status);
        Assert.Equal(404, (await _operator.Delete($"commands/{id}")).Status);
    }

    [Fact]
    public async Task Commands_are_listed_by_charger_and_state_the_latest_first()
    {
        await bridge.Online("LIST-1", Bridge.Willing);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add((await Reset("LIST-1")).Text("id"));
        await bridge.Shown("charge-point/LIST-1");

        var first = await _operator.Get("commands?chargePoint=LIST-1&state=accepted&limit=3");
        var second = await _operator.Get($"commands?chargePoint=LIST-1&state=accepted&limit=3&cursor={first.Text("next")}");

        ids.Reverse();
        Assert.Equal(ids, first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => item!["id"]!.GetValue<string>()));
        Assert.Null(second["next"]);
        Assert.Empty((await _operator.Get("commands?chargePoint=LIST-1&state=failed"))["items"]!.AsArray());
    }

    private Task<Said> Reset(string id, params (string, string)[] headers)
    {
        var (path, query) = id.Split('?') is [var before, var after] ? (before, $"?{after}") : (id, "");
        return _operator.Post($"charge-points/{path}/commands/reset{query}", new { kind = "soft" }, headers);
    }

    private static bool Of(CallStation call, ChargePointId id) =>
        call.RequestId.EndsWith(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(id.Value)).TrimEnd('='), StringComparison.Ordinal);

    [Fact]
    public async Task A_command_that_no_table_shows_yet_is_not_said_not_to_be_there_while_its_charge_point_cannot_be_asked()
    {
        await bridge.Online("HUSH-1");
        await using (await bridge.Behind())
        {
            var sent = await Reset("HUSH-1", ("Prefer", "wait=0"));
            bridge.World.IsSilent = true;
            var looked = await _operator.Get($"commands/{sent.Text("id")}");
            bridge.World.IsSilent = false;

            Assert.Equal(503, looked.Status);
            Assert.NotNull(looked.Response.Headers.RetryAfter);
            Assert.Equal("sent", (await _operator.Get($"commands/{sent.Text("id")}")).Text("state"));
        }
    }

    [Fact]
    public async Task A_command_that_is_long_over_cannot_be_taken_back_though_its_charge_point_has_forgotten_it()
    {
        await bridge.Online("OLD-1", Bridge.Willing);
        var first = await _operator.Post("charge-points/OLD-1/commands/clear-cache");
        for (var i = 0; i < 33; i++) await _operator.Post("charge-points/OLD-1/commands/clear-cache");
        await bridge.Shown("charge-point/OLD-1");

        Assert.Equal(200, (await _operator.Get($"commands/{first.Text("id")}")).Status);
        Assert.Equal(409, (await _operator.Delete($"commands/{first.Text("id")}")).Status);
    }
}
