using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Moovolt.Journal;
using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>Writes what events change, and how far it has come, in one transaction.</summary>
internal sealed class ProjectionWriter
{
    private readonly Database readModel;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Counter<long> unknownCounter;
    private readonly HashSet<string> unknownSaid = new(StringComparer.Ordinal);
    private readonly string lockOffset;

    public ProjectionWriter(Database readModel, TimeProvider clock, ILogger log, Meter meter)
    {
        this.readModel = readModel;
        this.clock = clock;
        this.log = log;
        unknownCounter = meter.CreateCounter<long>(
            "moovolt_projection_unknown_events_total",
            description: "Events skipped because this program does not know them");
        lockOffset = readModel.Choose(
            "select xid, ordering, last_change from projection where name = 'read-model' for update",
            "select xid, ordering, last_change from projection where name = 'read-model'");
    }

    public long Unknown { get; private set; }

    /// <summary>
    /// Writes the events that follow <paramref name="offset"/>; nothing when another projector was here meanwhile.
    /// </summary>
    public async Task WriteAsync(ReadOffset offset, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        await using var connection = await readModel.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var standing = await connection.QueryAsync(
            transaction,
            new Statement(lockOffset),
            reader => (Offset: new ReadOffset(reader.GetInt64(0), reader.GetInt64(1)), LastChange: reader.GetInt64(2)),
            cancellation);
        var (at, lastChange) = standing.Single();
        if (at != offset) return;

        var now = clock.GetUtcNow();
        var lanes = new Lanes(readModel.Dialect);
        var changes = new List<(Change, DateTimeOffset)>(events.Count);
        foreach (var stored in events)
        {
            var lane = Projections.Lane(stored);
            foreach (var statement in Projections.Of(stored)) lanes.Add(lane, statement);

            // What is past keeping is not told: a rebuild does not send a year of history to whoever listens.
            if (stored.CreatedAt > now - ChangeTable.Kept
                && ChangeProjection.Of(stored.Event, stored.SequenceNumber) is { } change)
                changes.Add((change, stored.CreatedAt));
        }

        var statements = lanes.Statements().ToList();
        statements.AddRange(ChangeProjection.Insert(readModel.Dialect, lastChange, changes));

        var last = events[^1].Offset;
        statements.Add(new Statement(
            "update projection set xid = $1, ordering = $2, last_change = $3 where name = 'read-model'",
            last.Xid, last.Ordering, lastChange + changes.Count));
        await connection.RunAsync(transaction, statements, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var stored in events) SayUnknown(stored);
    }

    private void SayUnknown(StoredEvent stored)
    {
        if (stored.Event is not UnknownStored unknown) return;
        Unknown++;
        unknownCounter.Add(1);
        if (unknownSaid.Add(stored.Manifest))
        {
            log.LogError(
                "ALARM: event {SequenceNumber} of {PersistenceId} is stored as {Manifest} and is left out of the read "
                    + "model: {Why}",
                stored.SequenceNumber, stored.PersistenceId, stored.Manifest, unknown.Why);
        }
    }
}
