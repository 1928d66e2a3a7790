using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>A journal that was tampered with, or half restored, is found out, and the place is named.</summary>
[Collection(BackendsCollection.Name)]
public sealed class JournalVerificationSpec(Backends backends)
{
    private static readonly byte[] Damaged = [0xff, 0xff, 0xff];

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_sound_journal_has_no_flaw(Backend backend)
    {
        await using var stage = await StoredAsync(backend);
        var (flaws, verification) = await VerifyAsync(stage);
        Assert.Empty(flaws);
        Assert.Equal(2, verification.Entities);
        Assert.Equal(stage.Entities.Journal.Count, verification.Events);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Missing_events_are_named(Backend backend)
    {
        await using var stage = await StoredAsync(backend);
        await RunAsync(stage, "delete from journal where persistence_id = 'token/A' and sequence_number = 2");
        await RunAsync(stage, "delete from journal where persistence_id = 'token/B' and sequence_number in (1, 2)");

        var (flaws, _) = await VerifyAsync(stage);
        Assert.Equal(
            [new("token/A", 3, "Event 2 is missing."), new("token/B", 3, "Events 1 to 2 are missing.")], flaws);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Unknown_names_and_damaged_bytes_are_named(Backend backend)
    {
        await using var stage = await StoredAsync(backend);
        await RunAsync(
            stage, "update journal set manifest = 'of-2040' where persistence_id = 'token/A' and sequence_number = 1");
        await RunAsync(
            stage, "update journal set message = $1 where persistence_id = 'token/B' and sequence_number = 3", Damaged);

        var (flaws, _) = await VerifyAsync(stage);
        Assert.Equal([("token/A", 1L), ("token/B", 3L)], flaws.Select(flaw => (flaw.PersistenceId, flaw.SequenceNumber)));
        Assert.StartsWith("of-2040 cannot be read.", flaws[0].What, StringComparison.Ordinal);
        Assert.Contains("damaged", flaws[1].What, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_case_of_a_newer_program_is_named_and_stops_nobody(Backend backend)
    {
        // A request of the number 999 (tag BA 3E) without a member, as field 3 of what was asked of CP-1.
        byte[] newer = [0x0A, 0x06, 0x0A, 0x04, .. "CP-1"u8, 0x1A, 0x03, 0xBA, 0x3E, 0x00];
        await using var stage = await StoredAsync(backend);
        await RunAsync(
            stage,
            "update journal set manifest = 'cp-requested', message = $1 where persistence_id = 'token/B' and sequence_number = 3",
            newer);

        var (flaws, _) = await VerifyAsync(stage);
        Assert.Equal("token/B", Assert.Single(flaws).PersistenceId);
        await stage.Projector.CatchUpAsync(default); // and the rest is shown
        Assert.Equal(1, stage.Projector.Unknown);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_row_that_was_stored_out_of_turn_is_named(Backend backend)
    {
        await using var stage = await StoredAsync(backend);
        await RunAsync(
            stage, "update journal set ordering = 1000 where persistence_id = 'token/A' and sequence_number = 1");

        var (flaws, _) = await VerifyAsync(stage);
        var flaw = Assert.Single(flaws);
        Assert.Equal(("token/A", 2L), (flaw.PersistenceId, flaw.SequenceNumber));
        Assert.Contains("before its predecessor, row 1000", flaw.What, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_snapshot_of_what_is_not_there_is_named(Backend backend)
    {
        await using var stage = await StoredAsync(backend);
        await RunAsync(
            stage,
            """
            insert into snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id)
            values ('token/A', 7, 0, $1, 'nobody-knows', 7001)
            """,
            Damaged);

        var (flaws, verification) = await VerifyAsync(stage);
        Assert.Equal(1, verification.Snapshots);
        Assert.Equal(2, flaws.Count);
        Assert.Contains("the last event is 3", flaws[0].What, StringComparison.Ordinal);
        Assert.Contains("the events are replayed", flaws[1].What, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_reads_on_over_the_end_of_a_page()
    {
        await using var stage = await Stage.OnSqliteAsync();
        for (var i = 0; i < 2500; i++) stage.Entities.Tell(Define("LONG", i));
        await stage.StoreAsync();
        await RunAsync(stage, "delete from journal where sequence_number = 2001");

        var (flaws, verification) = await VerifyAsync(stage);
        Assert.Equal(2499, verification.Events);
        Assert.Equal([new("token/LONG", 2002, "Event 2001 is missing.")], flaws);
    }

    private async Task<Stage> StoredAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        foreach (var token in new[] { "A", "B" })
        {
            for (var i = 0; i < 3; i++) stage.Entities.Tell(Define(token, i));
        }

        await stage.StoreAsync();
        return stage;
    }

    private static DefineToken Define(string token, int driver) =>
        new(new TokenId(token), false, null, null, $"driver {driver}", null, "ana", Stage.Noon);

    private static async Task<(List<JournalFlaw>, JournalVerification)> VerifyAsync(Stage stage)
    {
        var verification = new JournalVerification(stage.Stores.Journal);
        var flaws = new List<JournalFlaw>();
        await foreach (var flaw in verification.FlawsAsync(default)) flaws.Add(flaw);
        return (flaws, verification);
    }

    private static Task RunAsync(Stage stage, string sql, params object?[] values) =>
        stage.Stores.Journal.RunAsync([new Statement(sql, values)], default);
}
