using Xunit;

namespace Moovolt.Api.Tests;

public sealed class IdempotencySpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task The_same_request_under_its_key_is_done_once()
    {
        await bridge.Online("ONCE-1", Bridge.Willing);

        var first = await Reset("ONCE-1", "key-1");
        var again = await Reset("ONCE-1", "key-1");

        Assert.Equal(200, first.Status);
        Assert.Equal(first.Status, again.Status);
        Assert.Equal(first.Body!.ToJsonString(), again.Body!.ToJsonString());
        Assert.Equal("true", again.Response.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Single(bridge.World.Calls, call => call.RequestId == first.Text("id"));
        Assert.NotEqual(first.Text("id"), (await Reset("ONCE-1", "key-2")).Text("id"));
    }

    [Fact]
    public async Task A_202_is_given_again_with_its_location()
    {
        await bridge.Online("ONCE-2");

        var first = await Reset("ONCE-2", "key-202", ("Prefer", "wait=0"));
        var again = await Reset("ONCE-2", "key-202", ("Prefer", "wait=0"));

        Assert.Equal(202, again.Status);
        Assert.Equal(first.Response.Headers.Location, again.Response.Headers.Location);
    }

    [Fact]
    public async Task Another_request_under_the_key_is_refused()
    {
        await bridge.Online("ONCE-3", Bridge.Willing);
        await Reset("ONCE-3", "key-3");

        Assert.Equal(422, (await _operator.Post("charge-points/ONCE-3/commands/reset", new { kind = "hard" }, ("Idempotency-Key", "key-3"))).Status);
        Assert.Equal(422, (await _operator.Post("charge-points/ONCE-3/commands/clear-cache", null, ("Idempotency-Key", "key-3"))).Status);
    }

    [Fact]
    public async Task A_key_is_the_operators_own()
    {
        await bridge.Online("ONCE-4", Bridge.Willing);
        var ana = await Reset("ONCE-4", "key-4");

        var other = await bridge.Operator("bare-key-of-a-program")
            .Post("charge-points/ONCE-4/commands/reset", new { kind = "soft" }, ("Idempotency-Key", "key-4"));

        Assert.NotEqual(ana.Text("id"), other.Text("id"));
    }

    [Fact]
    public async Task While_it_is_being_done_a_second_one_is_told_so()
    {
        await bridge.Online("ONCE-5");

        var first = Reset("ONCE-5", "key-5", ("Prefer", "wait=3"));
        while (bridge.World.Calls.All(call => !call.RequestId.EndsWith("T05DRS01", StringComparison.Ordinal))) await Task.Delay(20);
        var second = await Reset("ONCE-5", "key-5", ("Prefer", "wait=3"));

        Assert.Equal(409, second.Status);
        Assert.Equal("urn:moovolt:problem:in-flight", second.Text("type"));
        Assert.Equal(202, (await first).Status);
    }

    [Fact]
    public async Task A_try_after_silence_is_the_same_command_and_not_another_one()
    {
        await bridge.Online("ONCE-7", Bridge.Willing);
        bridge.World.IsSilent = true;
        var failed = await Reset("ONCE-7", "key-7");
        bridge.World.IsSilent = false;
        Assert.Equal(503, failed.Status);

        var second = await Reset("ONCE-7", "key-7");

        Assert.Equal(200, second.Status);
        Assert.Single(bridge.World.Calls, call => call.RequestId.EndsWith("T05DRS03", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_is_not_kept_for_nothing_was_done()
    {
        await _operator.Put("charge-points/ONCE-6", new { });
        Assert.Equal(409, (await Reset("ONCE-6", "key-6")).Status);

        await bridge.Online("ONCE-6", Bridge.Willing);

        Assert.Equal(200, (await Reset("ONCE-6", "key-6")).Status);
    }

    private Task<Said> Reset(string id, string key, params (string, string)[] headers) =>
        _operator.Post($"charge-points/{id}/commands/reset", new { kind = "soft" }, [("Idempotency-Key", key), .. headers]);
}
