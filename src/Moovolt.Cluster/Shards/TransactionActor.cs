using Akka.Persistence;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster.Shards;

/// <summary>The single writer of one transaction's history. Some thousands of events at most: no snapshots.</summary>
internal sealed class TransactionActor(string entityId, Neighbours neighbours)
    : EntityActor<Transaction, TransactionCommand, TransactionEvent>(
        Kinds.Transaction, entityId, Transaction.Initial, Transaction.Decide, Transaction.Apply, neighbours)
{
    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);
}
