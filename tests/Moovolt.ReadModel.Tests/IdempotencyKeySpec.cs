using Moovolt.ReadModel.Idempotency;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What operators' programs send under a key is done once.</summary>
[Collection(BackendsCollection.Name)]
public sealed class IdempotencyKeySpec(Backends backends)
{
    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Of_two_that_come_at_once_one_has_it_and_the_other_hears_so(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var keys = new IdempotencyKeys(stage.Stores.ReadModel, stage.Clock);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Claim(keys))));

        Assert.Single(claims.OfType<KeyClaim.Yours>());
        Assert.Equal(7, claims.OfType<KeyClaim.InFlight>().Count());
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_try_after_a_failure_has_the_same_seed(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var keys = new IdempotencyKeys(stage.Stores.ReadModel, stage.Clock);
        var first = Assert.IsType<KeyClaim.Yours>(await Claim(keys));

        await keys.GiveBackAsync(first, default);
        Assert.Equal(first.Seed, Assert.IsType<KeyClaim.Yours>(await Claim(keys)).Seed);

        Assert.IsType<KeyClaim.InFlight>(await Claim(keys));
        stage.Clock.Advance(TimeSpan.FromSeconds(91)); // its node died: nobody gave it back
        Assert.Equal(first.Seed, Assert.IsType<KeyClaim.Yours>(await Claim(keys)).Seed);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task An_answer_is_kept_for_a_day_and_for_its_own_request_only(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var keys = new IdempotencyKeys(stage.Stores.ReadModel, stage.Clock);
        var first = Assert.IsType<KeyClaim.Yours>(await Claim(keys));
        var answer = new KeptAnswer(202, "application/json", "/api/v1/commands/x", """{"state":"sent"}""");
        await keys.KeepAsync(first, answer, default);

        stage.Clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal(answer, Assert.IsType<KeyClaim.Answered>(await Claim(keys)).Answer);
        Assert.IsType<KeyClaim.OtherRequest>(await keys.ClaimAsync("ana", "key", "another", default));
        Assert.IsType<KeyClaim.Yours>(await keys.ClaimAsync("bia", "key", "another", default));

        stage.Clock.Advance(TimeSpan.FromHours(0.2));
        Assert.NotEqual(first.Seed, Assert.IsType<KeyClaim.Yours>(await Claim(keys)).Seed);
    }

    private static Task<KeyClaim> Claim(IdempotencyKeys keys) => keys.ClaimAsync("ana", "key", "fingerprint", default);
}
