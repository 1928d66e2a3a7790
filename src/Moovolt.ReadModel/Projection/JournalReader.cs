using System.Data.Common;
using Moovolt.Journal;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>An event as it was read from the journal.</summary>
/// <param name="Event">The event, or <see cref="UnknownStored"/>.</param>
/// <param name="CreatedAt">When it was written, by the writing node's clock.</param>
internal sealed record StoredEvent(
    ReadOffset Offset, string PersistenceId, long SequenceNumber,
    string Manifest, object Event, DateTimeOffset CreatedAt);

/// <summary>
/// Reads the journal in the order of commits. On PostgreSQL that is (xid, ordering) below the oldest transaction that
/// is still at work: a slow commit is waited for and never skipped, and a rollback leaves no gap to stall on. On
/// SQLite, with its one writer, it is ordering.
/// </summary>
internal sealed class JournalReader(Database journal)
{
    public const int BatchSize = 1000;

    private readonly string select = journal.Choose(
        """
        select xid::text::bigint, ordering, persistence_id, sequence_number, manifest, message, created from journal
        where (xid, ordering) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, ordering limit $3
        """,
        """
        select $1, ordering, persistence_id, sequence_number, manifest, message, created from journal
        where ordering > $2 order by ordering limit $3
        """);

    /// <summary>The next events after the offset, at most <see cref="BatchSize"/>.</summary>
    public async Task<List<StoredEvent>> ReadAsync(ReadOffset after, CancellationToken cancellation) =>
        await journal.QueryAsync(new Statement(select, after.XidText, after.Ordering, BatchSize), Stored, cancellation);

    /// <summary>The journal plugin stores when a row was written as UTC ticks.</summary>
    public static DateTimeOffset CreatedAt(long ticks) => new(ticks, TimeSpan.Zero);

    private StoredEvent Stored(DbDataReader reader)
    {
        var manifest = reader.TextOrNull(4) ?? "";
        return new StoredEvent(
            new ReadOffset(journal.Dialect == SqlDialect.Postgres ? reader.GetInt64(0) : 0, reader.GetInt64(1)),
            reader.GetString(2),
            reader.GetInt64(3),
            manifest,
            JournalFormat.Read(manifest, reader.GetFieldValue<byte[]>(5)),
            CreatedAt(reader.GetInt64(6)));
    }
}
