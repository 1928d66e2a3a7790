using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Snapshot;
using Moovolt.Journal;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// The plugin's snapshot store, without the snapshots that this program cannot read: an entity is offered the one before
/// it, or none, and replays more of its events, which are the truth. Named in hocon/persistence.conf.
/// </summary>
public sealed class SnapshotStore(Config settings) : SqlSnapshotStore(settings)
{
    private readonly JournalLoad load = JournalLoad.Of(Context.System);

    protected override async Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken)
    {
        using var turn = await load.ReadAsync(cancellationToken);
        var found = await base.LoadAsync(persistenceId, criteria, cancellationToken);
        while (found is { Snapshot: UnknownStored, Metadata.SequenceNr: var unread })
        {
            var before = new SnapshotSelectionCriteria(
                unread - 1, criteria.MaxTimeStamp, criteria.MinSequenceNr, criteria.MinTimestamp);
            found = await base.LoadAsync(persistenceId, before, cancellationToken);
        }

        return found;
    }
}
