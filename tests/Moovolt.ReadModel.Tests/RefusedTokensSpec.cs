using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.RefusedTokens;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>Who was refused at a charger, as people see it: each token once, counted, and the last hundred.</summary>
[Collection(BackendsCollection.Name)]
public sealed class RefusedTokensSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_token_that_is_refused_again_is_counted_and_told_each_time(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(Refused("card", AuthorizationStatus.Expired, 0));
        await stage.TellAsync(Refused("other", AuthorizationStatus.Invalid, 1));
        await stage.TellAsync(Refused("CARD", AuthorizationStatus.Blocked, 2));

        var table = new RefusedTokenTable(stage.Stores.ReadModel);
        var first = await table.ListAsync(Id, 1, null, default);
        var rows = first.Items.AddRange((await table.ListAsync(Id, 1, first.Next, default)).Items);

        Assert.Equal(
            [
                ("CARD", "blocked", 2L, Stage.Noon, Stage.Noon.AddMinutes(2)),
                ("OTHER", "invalid", 1L, Stage.Noon.AddMinutes(1), Stage.Noon.AddMinutes(1)),
            ],
            rows.Select(row => (row.Token, row.Verdict, row.Count, row.FirstAt, row.LastAt)));
        var told = await stage.Changes.AfterAsync(0, new(Type: "token-refused"), 10, default);
        Assert.Equal(3, told.Count);
        Assert.Contains("\"verdict\":\"blocked\"", told[^1].Body, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task The_last_hundred_tokens_of_a_charger_are_kept_and_a_rebuild_keeps_the_same(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        for (var minute = 0; minute < 150; minute++) stage.Entities.Tell(Refused($"CARD-{minute}", AuthorizationStatus.Invalid, minute));
        stage.Entities.Tell(new NoteTokenRefused(new("CP-2"), "CARD", AuthorizationStatus.Invalid, Stage.Noon.AddDays(-1)));
        await stage.StoreAsync();
        await stage.Projector.CatchUpAsync(default);

        var table = new RefusedTokenTable(stage.Stores.ReadModel);
        var kept = (await table.ListAsync(Id, 200, null, default)).Items;
        Assert.Equal(Enumerable.Range(50, 100).Reverse().Select(n => $"CARD-{n}"), kept.Select(row => row.Token));
        Assert.Single((await table.ListAsync(new("CP-2"), 200, null, default)).Items);

        var before = await stage.DumpAsync();
        await stage.Projector.RebuildAsync(default);
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(before, await stage.DumpAsync());
    }

    private static NoteTokenRefused Refused(string token, AuthorizationStatus status, int minute) =>
        new(Id, token, status, Stage.Noon.AddMinutes(minute));
}
