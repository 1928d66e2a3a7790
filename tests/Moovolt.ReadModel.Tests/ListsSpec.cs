using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Transactions;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>A list that is read page by page shows every row once, whatever is written meanwhile.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ListsSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_comes_while_one_reads_neither_repeats_nor_hides_a_row(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        // Several begin at the same moment: the order must not rest on the time alone.
        for (var n = 10; n < 30; n++) await BeginAsync(stage, $"{n}", Stage.Noon.AddMinutes(n / 4));

        var seen = new List<string>();
        string? cursor = null;
        var newcomer = 100;
        do
        {
            var page = await stage.Transactions.ListAsync(new TransactionFilter(), 3, cursor, default);
            seen.AddRange(page.Items.Select(row => row.LocalId));
            cursor = page.Next;
            await BeginAsync(stage, $"{newcomer++}", Stage.Noon.AddHours(1)); // before what is read
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(10, 20).Reverse().Select(n => $"{n}"), seen);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Every_list_is_read_to_its_end_in_pages_of_one(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var noon = Stage.Noon;
        foreach (var n in new[] { "B", "a", "A", "É", "_" })
        {
            await stage.TellAsync(new DefineToken(new($"T{n}"), false, null, null, null, null, "ana", noon));
            if (!ChargePointId.TryParse(n, out var id)) continue;
            await stage.TellAsync(new RegisterChargePoint(id, null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", noon));
            await stage.TellAsync(new RequestStation(id, $"r{n}", new ClearCache(), "ana", 30, noon.AddHours(1), noon));
        }

        Assert.Equal(["A", "B", "_", "a"], await AllAsync((limit, cursor) => stage.ChargePoints.ListAsync(new(), limit, cursor, default), row => row.Id));
        Assert.Equal(["TA", "TB", "T_", "TÉ"], await AllAsync((limit, cursor) => stage.Tokens.ListAsync(new(), limit, cursor, default), row => row.Id));
        Assert.Equal(["ra", "r_", "rB", "rA"], await AllAsync((limit, cursor) => stage.Commands.ListAsync(new(), limit, cursor, default), row => row.Id));

        var transaction = await BeginAsync(stage, "1", noon);
        await stage.TellAsync(new RecordSamples(transaction, ConnectorId.Of16(1),
            [At(3), At(1), At(2), At(1, "other")], noon, [], true, "{}"));
        await stage.TellAsync(new PlaceStop(Id, "nobody", null, "Local", noon, noon, [], [], "{}"));
        Assert.Equal(["1", "other", "2", "3"], await AllAsync(
            (limit, cursor) => stage.Transactions.SamplesAsync(transaction, limit, cursor, default), row => row.Readings[0].Value));
        Assert.Equal(["unplaced-stop", "samples"], await AllAsync(
            (limit, cursor) => stage.Transactions.EvidenceAsync(Id, null, limit, cursor, default), row => row.What));

        Sample At(int minute, string? value = null) => new(noon.AddMinutes(minute), [new Reading(value ?? $"{minute}")]);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Transactions_are_found_by_charger_token_state_and_time(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await BeginAsync(stage, "1", Stage.Noon, token: "Card");
        var ended = await BeginAsync(stage, "2", Stage.Noon.AddHours(1), connector: 2);
        await stage.TellAsync(new EndTransaction(ended, null, null, "Local", Stage.Noon.AddHours(2), Stage.Noon.AddHours(2), [], []));

        Assert.Equal(["2", "1"], await FoundAsync(new(Id)));
        Assert.Equal([], await FoundAsync(new(new ChargePointId("CP-9"))));
        Assert.Equal(["1"], await FoundAsync(new(Token: "cARD")));
        Assert.Equal(["1"], await FoundAsync(new(State: "running")));
        Assert.Equal(["2"], await FoundAsync(new(From: Stage.Noon.AddHours(1))));
        Assert.Equal(["1"], await FoundAsync(new(To: Stage.Noon.AddHours(1))));
        var shown = await stage.Transactions.FindAsync(ended, default);
        Assert.Equal("meter-missing", Assert.Single(shown!.Annotations).Code);

        async Task<IEnumerable<string>> FoundAsync(TransactionFilter filter) =>
            (await stage.Transactions.ListAsync(filter, 10, null, default)).Items.Select(row => row.LocalId);
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_of_nobody_is_refused()
    {
        await using var stage = await Stage.OnSqliteAsync();
        for (var n = 0; n < 2; n++)
            await stage.TellAsync(new DefineToken(new($"T{n}"), false, null, null, null, null, "ana", Stage.Noon));
        var cursor = (await stage.Tokens.ListAsync(new(), 1, null, default)).Next;
        Assert.NotNull(cursor);
        foreach (var wrong in new[] { cursor, "", "x", "W10", "%%%", "bnVsbA" })
        {
            await Assert.ThrowsAsync<UnknownCursorException>(() => stage.ChargePoints.ListAsync(new(), 1, wrong, default));
            await Assert.ThrowsAsync<UnknownCursorException>(() => stage.Transactions.ListAsync(new(), 1, wrong, default));
        }
    }

    private static async Task<TransactionId> BeginAsync(
        Stage stage, string localId, DateTimeOffset at, string token = "T", int connector = 1)
    {
        var id = new TransactionId(Id, localId);
        await stage.TellAsync(new BeginTransaction(
            id, ConnectorId.Of16(connector), token, Verdict.Accepted, null, at, at, false, []));
        return id;
    }

    private static async Task<List<string>> AllAsync<T>(Func<int, string?, Task<Page<T>>> list, Func<T, string> key)
    {
        var all = new List<string>();
        string? cursor = null;
        do
        {
            var page = await list(1, cursor);
            all.AddRange(page.Items.Select(key));
            cursor = page.Next;
        }
        while (cursor is not null);

        return all;
    }
}
