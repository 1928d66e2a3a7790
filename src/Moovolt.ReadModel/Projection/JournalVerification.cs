using System.Runtime.CompilerServices;
using Moovolt.Journal;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>Something in the journal that is not as it was written, or that this program cannot read.</summary>
/// <param name="PersistenceId">Whose history it is in.</param>
/// <param name="SequenceNumber">The event, or the event that a snapshot was taken at.</param>
/// <param name="What">In plain words.</param>
public sealed record JournalFlaw(string PersistenceId, long SequenceNumber, string What);

/// <summary>
/// Reads the whole journal and every snapshot, a page at a time, beside nodes that run: is each entity's history
/// 1, 2, 3 … without a gap, was each event stored after the one before, and can this program read all of it? Run before
/// an upgrade, and after a restore.
/// </summary>
public sealed class JournalVerification(Database journal)
{
    /// <summary>Rows in memory at once.</summary>
    private const int PageSize = 2000;

    /// <summary>How many entities have a history. Whole when <see cref="FlawsAsync"/> has ended.</summary>
    public long Entities { get; private set; }

    /// <summary>How many events were read.</summary>
    public long Events { get; private set; }

    /// <summary>How many snapshots were read.</summary>
    public long Snapshots { get; private set; }

    /// <summary>Each flaw as it is found, by entity and then by sequence number; those of snapshots at the end.</summary>
    public async IAsyncEnumerable<JournalFlaw> FlawsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = new Row("", 0, 0, "", []);
        await foreach (var row in EventsAsync(cancellation))
        {
            Events++;
            if (row.PersistenceId != last.PersistenceId)
            {
                Entities++;
                last = new Row(row.PersistenceId, 0, 0, "", []);
            }

            foreach (var flaw in Compare(last, row)) yield return flaw;
            last = row;
        }

        await foreach (var (row, highest) in SnapshotsAsync(cancellation))
        {
            Snapshots++;
            if (row.SequenceNumber > highest)
                yield return row.Flaw($"A snapshot of event {row.SequenceNumber}, but the last event is {highest}.");
            if (row.Unreadable is { } why) yield return row.Flaw($"The snapshot {row.Manifest} cannot be read; the events are replayed. {why}");
        }
    }

    private static IEnumerable<JournalFlaw> Compare(Row last, Row row)
    {
        var missing = row.SequenceNumber - last.SequenceNumber - 1;
        if (missing == 1) yield return row.Flaw($"Event {row.SequenceNumber - 1} is missing.");
        if (missing > 1) yield return row.Flaw($"Events {last.SequenceNumber + 1} to {row.SequenceNumber - 1} are missing.");
        if (row.Ordering <= last.Ordering)
            yield return row.Flaw($"Stored as row {row.Ordering}, before its predecessor, row {last.Ordering}.");
        if (row.Unreadable is { } why) yield return row.Flaw($"{row.Manifest} cannot be read. {why}");
    }

    private async IAsyncEnumerable<Row> EventsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = new List<Row> { new("", 0, 0, "", []) }; page.Count > 0;)
        {
            var from = page[^1];
            page = await journal.QueryAsync(
                new Statement(
                    """
                    select persistence_id, sequence_number, ordering, manifest, message from journal
                    where (persistence_id, sequence_number) > ($1, $2)
                    order by persistence_id, sequence_number limit $3
                    """,
                    from.PersistenceId, from.SequenceNumber, PageSize),
                reader => new Row(
                    reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.TextOrNull(3) ?? "",
                    reader.GetFieldValue<byte[]>(4)),
                cancellation);
            foreach (var row in page) yield return row;
        }
    }

    private async IAsyncEnumerable<(Row Row, long Highest)> SnapshotsAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = new List<(Row Row, long)> { (new("", 0, 0, "", []), 0) }; page.Count > 0;)
        {
            var from = page[^1].Row;
            page = await journal.QueryAsync(
                new Statement(
                    """
                    select persistence_id, sequence_number, manifest, snapshot,
                      (select coalesce(max(e.sequence_number), 0) from journal e
                       where e.persistence_id = s.persistence_id)
                    from snapshot s where (persistence_id, sequence_number) > ($1, $2)
                    order by persistence_id, sequence_number limit $3
                    """,
                    from.PersistenceId, from.SequenceNumber, PageSize),
                reader => (
                    new Row(
                        reader.GetString(0), reader.GetInt64(1), 0, reader.TextOrNull(2) ?? "",
                        reader.GetFieldValue<byte[]>(3)),
                    reader.GetInt64(4)),
                cancellation);
            foreach (var row in page) yield return row;
        }
    }

    private sealed record Row(string PersistenceId, long SequenceNumber, long Ordering, string Manifest, byte[] Bytes)
    {
        /// <summary>Why this program cannot read it; null when it can.</summary>
        public string? Unreadable => JournalFormat.Read(Manifest, Bytes) is UnknownStored unknown ? unknown.Why : null;

        public JournalFlaw Flaw(string what) => new(PersistenceId, SequenceNumber, what);
    }
}
