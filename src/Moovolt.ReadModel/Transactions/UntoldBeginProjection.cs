using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Transactions;

/// <summary>
/// Who does not know yet that a transaction has begun: the clock has them told again until they do, or it is over.
/// </summary>
internal static class UntoldBeginProjection
{
    private static readonly TimeSpan TimeToConfirm = TimeSpan.FromSeconds(5);

    private const string Await = """
        insert into due (entity, reason, at) values ($1, $2, $3)
        on conflict (entity, reason) do update set at = excluded.at
        """;

    private static readonly ManyRows Awaits = ManyRows.Insert(Await, "text, text, bigint");

    /// <summary>What is told of a beginning, at first and when it is known better.</summary>
    public static IEnumerable<Statement> Of(TransactionBegan e)
    {
        if (Untold.ConcernsChargePoint(e)) yield return AwaitWord(e.Id, Untold.Begin, e.ArrivedAt);
        if (Untold.ConcernsToken(e)) yield return AwaitWord(e.Id, Untold.Place, e.ArrivedAt);
    }

    /// <summary>Of what is over nobody is told who charged.</summary>
    public static IEnumerable<Statement> Of(TransactionAuthorized e)
    {
        yield return AwaitWhileRunning(e, Untold.Begin);
        if (e.Verdict.Place is not null) yield return AwaitWhileRunning(e, Untold.Place);
    }

    public static Statement Of(BeginConfirmed e) =>
        Known(e.Id, e.By == ClosingParty.Token ? Untold.Place : Untold.Begin);

    /// <summary>The charge point's own history says that it knows.</summary>
    public static IEnumerable<Statement> Of(ChargePointEvent @event)
    {
        if (@event is TransactionOpenNoted e) yield return Known(new TransactionId(e.Id, e.LocalId), Untold.Begin);
    }

    private static Statement AwaitWord(TransactionId id, string reason, DateTimeOffset told) =>
        new(Await, $"transaction/{id}", reason, told + TimeToConfirm) { Many = Awaits };

    private static Statement AwaitWhileRunning(TransactionAuthorized e, string reason) => new(
        """
        insert into due (entity, reason, at) select $1, $2, $3 from transactions
        where charge_point = $4 and local_id = $5 and state = 'running'
        on conflict (entity, reason) do update set at = excluded.at
        """,
        $"transaction/{e.Id}", reason, e.ArrivedAt + TimeToConfirm, e.Id.ChargePoint.Value, e.Id.LocalId);

    private static Statement Known(TransactionId id, string reason) =>
        new("delete from due where entity = $1 and reason = $2", $"transaction/{id}", reason);
}
