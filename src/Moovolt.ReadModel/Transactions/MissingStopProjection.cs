using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Transactions;

/// <summary>
/// When the clock must first ask of a running transaction whether it can still be running: no later than any setting
/// would have it. Asked too early, it says itself when to ask again.
/// </summary>
internal static class MissingStopProjection
{
    private const string Reason = "stop-missing";

    private const string Look = """
        insert into due (entity, reason, at) values ($1, $2, $3)
        on conflict (entity, reason) do update set at = excluded.at
        """;

    private static readonly ManyRows Looks = ManyRows.Insert(Look, "text, text, bigint");

    // What is over is not looked at, and nobody needs to know any more that it has begun.
    private const string Over = $"reason in ('{Reason}', '{Untold.Begin}', '{Untold.Place}')";

    private static readonly ManyRows Forgotten = new($"delete from due where entity = any($1) and {Over}", "text");

    public static Statement LookAt(TransactionId id, DateTimeOffset at) =>
        new(Look, $"transaction/{id}", Reason, at) { Many = Looks };

    /// <summary>No later than that, if it is looked at at all.</summary>
    public static Statement LookBy(TransactionId id, DateTimeOffset at) => new(
        "update due set at = $3 where entity = $1 and reason = $2 and at > $3", $"transaction/{id}", Reason, at);

    public static Statement Forget(TransactionId id) =>
        new($"delete from due where entity = $1 and {Over}", $"transaction/{id}") { Many = Forgotten };

    /// <summary>A connector that is free again: what runs there is looked at soon.</summary>
    public static IEnumerable<Statement> Of(ChargePointEvent @event)
    {
        if (@event is not ConnectorStatusChanged e || !MissingStops.IsFree(e.Status.Status)) yield break;
        yield return new Statement(
            """
            update due set at = $1 where reason = $2 and at > $1 and entity in
              (select 'transaction/' || charge_point || '/' || local_id from transactions
               where charge_point = $3 and evse = $4 and connector = $5 and state = 'running')
            """,
            e.At + StopPatience.Least.Quiet, Reason, e.Id.Value, e.Connector.Evse, e.Connector.Connector);
    }
}
