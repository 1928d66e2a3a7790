using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;

namespace Moovolt.ReadModel.Clock;

/// <summary>Something that must happen without a message. The row goes away when it has.</summary>
/// <param name="Entity">The persistence id of whoever must be woken.</param>
/// <param name="Reason">What is due, such as <c>command-answer 01J…</c>.</param>
public sealed record DueRow(DateTimeOffset At, string Entity, string Reason)
{
    /// <summary>What to tell the entity.</summary>
    public Command ToCommand(DateTimeOffset now)
    {
        var slash = Entity.IndexOf('/', StringComparison.Ordinal);
        var (kind, id) = (Entity[..slash], Entity[(slash + 1)..]);
        return kind switch
        {
            "charge-point" => new WakeChargePoint(new ChargePointId(id), Reason, now),
            "transaction" when TransactionId.TryParse(id, out var transaction) =>
                new WakeTransaction(transaction, Reason, now),
            _ => throw new InvalidOperationException($"Nothing is ever due for {Entity}"),
        };
    }
}

/// <summary>A session that the journal holds to be open: it is online only while the member that holds it lives.</summary>
public sealed record OpenSessionRow(ChargePointId ChargePoint, long Epoch);

/// <summary>A member that holds open sessions, by what the journal says: in that incarnation and no other.</summary>
public sealed record SessionHolder(string Node, long Incarnation);
