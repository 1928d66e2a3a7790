using Moovolt.Journal;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>One row of an entity's history.</summary>
/// <param name="StoredAt">By the clock of the node that wrote it.</param>
/// <param name="Event">The event, or <see cref="UnknownStored"/>.</param>
public sealed record HistoryRow(long SequenceNumber, DateTimeOffset StoredAt, string Manifest, object Event);

/// <summary>What is stored of one entity, for people who must know.</summary>
public static class JournalHistory
{
    /// <param name="persistenceId">Such as <c>charge-point/CP-1</c>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Task<List<HistoryRow>> ReadAsync(
        Database journal, string persistenceId, CancellationToken cancellation) =>
        journal.QueryAsync(
            new Statement(
                "select sequence_number, created, manifest, message from journal where persistence_id = $1 order by "
                    + "sequence_number",
                persistenceId),
            reader =>
            {
                var manifest = reader.TextOrNull(2) ?? "";
                return new HistoryRow(
                    reader.GetInt64(0),
                    JournalReader.CreatedAt(reader.GetInt64(1)),
                    manifest,
                    JournalFormat.Read(manifest, reader.GetFieldValue<byte[]>(3)));
            },
            cancellation);
}
