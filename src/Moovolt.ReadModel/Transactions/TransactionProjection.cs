using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Transactions;

/// <summary>From what happened to a transaction to its row, its samples, what is odd about it, and what proves it.</summary>
internal static class TransactionProjection
{
    public static readonly string[] Tables = ["transactions", "samples", "annotations"];

    /// <summary>How long the charge point and the token have to confirm that they know of an end, before they are told again.</summary>
    private static readonly TimeSpan TimeToConfirm = TimeSpan.FromSeconds(5);

    private const string UntoldClose = "untold-close";

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(TransactionEvent @event, long version) => @event switch
    {
        TransactionBegan e => [.. Begin(e, version), .. UntoldBeginProjection.Of(e)],
        TransactionEnded e =>
        [
            End(e, version), TellAgain(e), MissingStopProjection.Forget(e.Id),
            .. Record(e.Id, e.Samples, e.ArrivedAt, version, suspended: false),
        ],
        SamplesRecorded e =>
        [
            ThereIs(e, version, e.Samples), .. Record(e.Id, e.Samples, e.ArrivedAt, version, suspended: false), .. Tell(e),
        ],
        _ => [ThereIs(@event, version, []), .. More(@event, version)],
    };

    private static IEnumerable<Statement> More(TransactionEvent @event, long version) => @event switch
    {
        TransactionAuthorized e => [Authorize(e), .. UntoldBeginProjection.Of(e)],
        BeginConfirmed e => [UntoldBeginProjection.Of(e)],
        // What a suspended stop showed may be another transaction's, and says nothing of the register here.
        StopSuspended e => [Suspend(e), .. Record(e.Id, e.Samples, e.ArrivedAt, version, suspended: true)],
        SuspicionRaised e => [Annotate(e, version), .. Consider(e)],
        SuspicionSettled e => Settle(e),
        StopAwaited e => [MissingStopProjection.LookAt(e.Id, e.Again)],
        CloseConfirmed { AwaitsOthers: false } e => Told(e.Id, e.By),
        _ => [],
    };

    // Whatever the first event is, there is a row after it: suspended, until the start is seen. Samples are most of
    // all events, so the extremes of the register come along.
    private static Statement ThereIs(TransactionEvent e, long version, ImmutableArray<Sample> samples) => new(
        TransactionStatements.ThereIs,
        e.Id.ChargePoint.Value, e.Id.LocalId, version, e.ArrivedAt, Highest(samples), Lowest(samples))
    {
        Many = TransactionStatements.ThereAre,
    };

    // A stop that came before is some other transaction's, or will be told once more as this one's end. A beginning that
    // is known better after the end (a charger that numbers its steps) leaves the end to the event that follows.
    private static IEnumerable<Statement> Begin(TransactionBegan e, long version) =>
    [
        new Statement(
            TransactionStatements.Begin,
            e.Id.ChargePoint.Value,
            e.Id.LocalId,
            version,
            e.ArrivedAt,
            "running",
            e.Connector.Evse,
            e.Connector.Connector,
            e.Token,
            new TokenId(e.Token).Key,
            Word.Of(e.Verdict.Status),
            e.At,
            e.MeterStart?.WattHours,
            e.Verdict.Place is not null,
            e.ArrivedAt,
            e.Replayed,
            e.ClockSkewSeconds,
            e.Inferred)
        {
            Many = TransactionStatements.BeginMany,
        },
        MissingStopProjection.LookAt(
            e.Id, e.ArrivedAt + (e.NumberedByUs ? StopPatience.Least.Idle : MissingStops.LongSilence)),
        new Statement(TransactionStatements.DropSuspended, e.Id.ChargePoint.Value, e.Id.LocalId)
        {
            Many = TransactionStatements.DropManySuspended,
        },
    ];

    private static IEnumerable<Statement> Record(
        TransactionId id, ImmutableArray<Sample> samples, DateTimeOffset arrivedAt, long version, bool suspended)
    {
        for (var part = 0; part < samples.Length; part++)
        {
            var sample = samples[part];
            yield return new Statement(
                TransactionStatements.Record,
                id.ChargePoint.Value,
                id.LocalId,
                version,
                part,
                sample.At ?? arrivedAt,
                arrivedAt,
                sample.Register()?.WattHours,
                StoredJson.Write(sample.Readings),
                suspended)
            {
                Many = TransactionStatements.RecordMany,
            };
        }
    }

    private static long? Highest(ImmutableArray<Sample> samples) => samples.Max(sample => sample.Register()?.WattHours);

    private static long? Lowest(ImmutableArray<Sample> samples) => samples.Min(sample => sample.Register()?.WattHours);

    // The real end takes the place of one that was inferred; who had to know of the end knows already, or is being told.
    private static Statement End(TransactionEnded e, long version) => new(
        TransactionStatements.End,
        e.Id.ChargePoint.Value,
        e.Id.LocalId,
        version,
        e.ArrivedAt,
        Highest(e.Samples),
        Lowest(e.Samples),
        "ended",
        e.At,
        e.MeterStop?.WattHours,
        e.Delivered.WattHours,
        e.Reason,
        e.Token,
        e.ArrivedAt,
        e.Inferred,
        e.ClosedBy,
        true)
    {
        Many = TransactionStatements.EndMany,
    };

    private static Statement TellAgain(TransactionEnded e) => new(
        TransactionStatements.TellAgain,
        $"transaction/{e.Id}", UntoldClose, e.ArrivedAt + TimeToConfirm, e.Id.ChargePoint.Value, e.Id.LocalId)
    {
        Many = TransactionStatements.TellManyAgain,
    };

    private static IEnumerable<Statement> Consider(SuspicionRaised e)
    {
        if (e.Holds) yield return Hold(e);
        if (!e.Gaps.IsEmpty) yield return MissingStopProjection.LookBy(e.Id, e.ArrivedAt + MissingStops.ForGaps);
    }

    private static Statement Hold(SuspicionRaised e) => new(
        "update transactions set held = true where charge_point = $1 and local_id = $2", e.Id.ChargePoint.Value, e.Id.LocalId);

    // Who charged before keeps the place until it has confirmed that it is free; the end is told to all of them.
    private static Statement Authorize(TransactionAuthorized e) => new(
        """
        update transactions set token = $3, token_key = $4, verdict = $5,
          token_has_place = case when state = 'ended' then token_has_place else token_has_place or $6 end
        where charge_point = $1 and local_id = $2
        """,
        e.Id.ChargePoint.Value,
        e.Id.LocalId,
        e.Token,
        new TokenId(e.Token).Key,
        Word.Of(e.Verdict.Status),
        e.Verdict.Place is not null);

    // Steps come in any order: what an earlier one says of now is not believed after a later one.
    private static IEnumerable<Statement> Tell(SamplesRecorded e) =>
        e.Step is not { ChargingState: { } state } step
            ? []
            :
            [
                new Statement(
                    """
                    update transactions set charging_state = $3, charging_state_step = $4
                    where charge_point = $1 and local_id = $2 and coalesce(charging_state_step, -1) <= $4
                    """,
                    e.Id.ChargePoint.Value, e.Id.LocalId, state, step.Number ?? 0),
            ];

    private static IEnumerable<Statement> Settle(SuspicionSettled e) =>
    [
        new Statement(
            "delete from annotations where charge_point = $1 and local_id = $2 and code = $3",
            e.Id.ChargePoint.Value, e.Id.LocalId, e.Code),
        new Statement(
            "update transactions set held = $3 where charge_point = $1 and local_id = $2",
            e.Id.ChargePoint.Value, e.Id.LocalId, e.StillHeld),
    ];

    // The first that waits is shown; what the others say is beside it.
    private static Statement Suspend(StopSuspended e) => new(
        """
        update transactions set ended_at = $3, meter_stop_wh = $4, stop_reason = $5, stopped_by = $6
        where charge_point = $1 and local_id = $2 and state = 'suspended' and ended_at is null
        """,
        e.Id.ChargePoint.Value, e.Id.LocalId, e.At, e.MeterStop?.WattHours, e.Reason, e.Token);

    private static Statement Annotate(SuspicionRaised e, long version) => new(
        """
        insert into annotations (charge_point, local_id, sequence_number, code, detail, at, gaps)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        e.Id.ChargePoint.Value,
        e.Id.LocalId,
        version,
        e.Oddity.Code,
        e.Oddity.Detail,
        e.ArrivedAt,
        e.Gaps.IsEmpty ? null : StoredJson.Write(e.Gaps));

    /// <summary>The charge point's own history says that it knows of the end.</summary>
    public static IEnumerable<Statement> Of(TransactionOverNoted e) =>
        Told(new TransactionId(e.Id, e.LocalId), ClosingParty.ChargePoint);

    private static IEnumerable<Statement> Told(TransactionId id, ClosingParty who) =>
    [
        new Statement(
            who == ClosingParty.Token
                ? "update transactions set untold_token = false where charge_point = $1 and local_id = $2"
                : "update transactions set untold_charge_point = false where charge_point = $1 and local_id = $2",
            id.ChargePoint.Value, id.LocalId),
        new Statement(
            """
            delete from due where entity = $1 and reason = $2 and not exists
              (select 1 from transactions where charge_point = $3 and local_id = $4 and (untold_charge_point or untold_token))
            """,
            $"transaction/{id}", UntoldClose, id.ChargePoint.Value, id.LocalId),
    ];
}
