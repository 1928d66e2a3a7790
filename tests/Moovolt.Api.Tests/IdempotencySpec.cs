using Moovolt.ReadModel.Idempotency;
using Moovolt.ReadModel.Storage;
using Microsoft.Extensions.Time.Testing;
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
    public async Task A_refusal_is_not_kept_for_nothing_was_done()
    {
        await _operator.Put("charge-points/ONCE-6", new { });
        Assert.Equal(409, (await Reset("ONCE-6", "key-6")).Status);

        await bridge.Online("ONCE-6", Bridge.Willing);

        Assert.Equal(200, (await Reset("ONCE-6", "key-6")).Status);
    }

    [Fact]
    public async Task A_try_after_a_failure_is_the_same_command()
    {
        await using var stores = new Scratch();
        var (keys, clock) = await stores.Open();
        var first = Assert.IsType<KeyClaim.Yours>(await Claim(keys));
        Assert.IsType<KeyClaim.InFlight>(await Claim(keys));

        await keys.GiveBackAsync(first, CancellationToken.None);
        Assert.Equal(first.Seed, Assert.IsType<KeyClaim.Yours>(await Claim(keys)).Seed);

        clock.Advance(TimeSpan.FromSeconds(91)); // its node died: nobody gave it back
        Assert.Equal(first.Seed, Assert.IsType<KeyClaim.Yours>(await Claim(keys)).Seed);
    }

    [Fact]
    public async Task After_a_day_a_key_is_new_again()
    {
        await using var stores = new Scratch();
        var (keys, clock) = await stores.Open();
        var first = Assert.IsType<KeyClaim.Yours>(await Claim(keys));
        await keys.KeepAsync(first, new KeptAnswer(200, "application/json", null, "{}"), CancellationToken.None);
        clock.Advance(TimeSpan.FromHours(23.9));
        Assert.IsType<KeyClaim.Answered>(await Claim(keys));
        Assert.IsType<KeyClaim.OtherRequest>(await keys.ClaimAsync("ana", "key", "other", CancellationToken.None));

        clock.Advance(TimeSpan.FromHours(0.2));

        Assert.NotEqual(first.Seed, Assert.IsType<KeyClaim.Yours>(await Claim(keys)).Seed);
    }

    private static Task<KeyClaim> Claim(IdempotencyKeys keys) => keys.ClaimAsync("ana", "key", "fingerprint", CancellationToken.None);

    private Task<Said> Reset(string id, string key, params (string, string)[] headers) =>
        _operator.Post($"charge-points/{id}/commands/reset", new { kind = "soft" }, [("Idempotency-Key", key), .. headers]);

    /// <summary>Tables of their own, under a clock that can be turned.</summary>
    private sealed class Scratch : IAsyncDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("moovolt-keys-").FullName;
        private DataDirectory? _data;
        private Stores? _stores;

        public async Task<(IdempotencyKeys, FakeTimeProvider)> Open()
        {
            _data = DataDirectory.Open(_directory);
            _stores = Stores.OnSqlite(_data);
            await new Migrations(_stores, Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrations>.Instance).RunAsync(CancellationToken.None);
            var clock = new FakeTimeProvider(Charging.Noon);
            return (new IdempotencyKeys(_stores.ReadModel, clock), clock);
        }

        public async ValueTask DisposeAsync()
        {
            if (_stores is not null) await _stores.DisposeAsync();
            _data?.Dispose();
            Directory.Delete(_directory, recursive: true);
        }
    }
}
