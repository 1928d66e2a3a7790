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
    public static IEnumerable<Statement> Of(TransactionEvent @event, long version)
    {
        var id = @event.Id;
        var registers = Registers(@event);
        // Whatever the first event is, there is a row after it: suspended, until the start is seen. Samples are most of
        // all events, so the extremes of the register come along.
        yield return new Statement(
            """
            insert into transactions (charge_point, local_id, version, heard_at, meter_highest_wh, meter_lowest_wh)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (charge_point, local_id) do update set version = excluded.version, meter_highest_wh =
              case when excluded.meter_highest_wh <= transactions.meter_highest_wh then transactions.meter_highest_wh
                   else coalesce(excluded.meter_highest_wh, transactions.meter_highest_wh) end, meter_lowest_wh =
              case when excluded.meter_lowest_wh >= transactions.meter_lowest_wh then transactions.meter_lowest_wh
                   else coalesce(excluded.meter_lowest_wh, transactions.meter_lowest_wh) end
            """,
            id.ChargePoint.Value, id.LocalId, version, @event.ArrivedAt, registers.Max(), registers.Min());

        foreach (var statement in @event switch
        {
            TransactionBegan e => Begin(e),
            SamplesRecorded e => [.. Record(e.Id, e.Samples, e.ArrivedAt, version, suspended: false), .. Tell(e)],
            TransactionAuthorized e => [Authorize(e)],
            TransactionEnded e =>
            [
                End(e), TellAgain(e), MissingStopProjection.Forget(e.Id),
                .. Record(e.Id, e.Samples, e.ArrivedAt, version, suspended: false),
            ],
            StopSuspended e => [Suspend(e), .. Record(e.Id, e.Samples, e.ArrivedAt, version, suspended: true)],
            SuspicionRaised e => e.Holds ? [Annotate(e, version), Hold(e)] : [Annotate(e, version)],
            SuspicionSettled e => Settle(e),
            StopAwaited e => [MissingStopProjection.LookAt(e.Id, e.Again)],
            CloseConfirmed e => Told(e.Id, e.By),
            _ => Array.Empty<Statement>(),
        })
        {
            yield return statement;
        }
    }

    // A stop that came before is some other transaction's, or will be told once more as this one's end. A beginning that
    // is known better after the end (a charger that numbers its steps) leaves the end to the event that follows.
    private static IEnumerable<Statement> Begin(TransactionBegan e) =>
    [
        new Statement(
            """
            update transactions set state = case when state = 'ended' then 'ended' else 'running' end, evse = $3, connector = $4, token = $5, token_key = $6, verdict = $7,
              started_at = $8, meter_start_wh = $9, token_has_place = $10, ended_at = null, meter_stop_wh = null,
              delivered_wh = null, stop_reason = null, stopped_by = null, start_arrived_at = $11, end_arrived_at = null,
              replayed = $12, clock_skew_seconds = $13
            where charge_point = $1 and local_id = $2
            """,
            e.Id.ChargePoint.Value,
            e.Id.LocalId,
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
            e.ClockSkewSeconds),
        MissingStopProjection.LookAt(e.Id, e.ArrivedAt + StopPatience.Least.Idle),
        new Statement(
            "delete from samples where charge_point = $1 and local_id = $2 and of_suspended_stop",
            e.Id.ChargePoint.Value, e.Id.LocalId),
    ];

    private static IEnumerable<Statement> Record(
        TransactionId id, ImmutableArray<Sample> samples, DateTimeOffset arrivedAt, long version, bool suspended)
    {
        for (var part = 0; part < samples.Length; part++)
        {
            var sample = samples[part];
            yield return new Statement(
                """
                insert into samples (charge_point, local_id, sequence_number, part, at, arrived_at, register_wh, readings,
                  of_suspended_stop)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                id.ChargePoint.Value,
                id.LocalId,
                version,
                part,
                sample.At ?? arrivedAt,
                arrivedAt,
                sample.Register()?.WattHours,
                StoredJson.Write(sample.Readings),
                suspended);
        }
    }

    // What a suspended stop showed may be another transaction's.
    private static long?[] Registers(TransactionEvent @event)
    {
        var samples = @event switch
        {
            SamplesRecorded e => e.Samples,
            TransactionEnded e => e.Samples,
            _ => [],
        };
        return [.. samples.Select(sample => sample.Register()?.WattHours)];
    }

    // The real end takes the place of one that was inferred; who had to know of the end knows already, or is being told.
    private static Statement End(TransactionEnded e) => new(
        """
        update transactions set ended_at = $3, meter_stop_wh = $4, delivered_wh = $5, stop_reason = $6, stopped_by = $7,
          end_arrived_at = $8, inferred = $9, closed_by = $10,
          untold_charge_point = case when state = 'ended' then untold_charge_point else true end,
          untold_token = case when state = 'ended' then untold_token else token_has_place end,
          state = 'ended'
        where charge_point = $1 and local_id = $2
        """,
        e.Id.ChargePoint.Value,
        e.Id.LocalId,
        e.At,
        e.MeterStop?.WattHours,
        e.Delivered.WattHours,
        e.Reason,
        e.Token,
        e.ArrivedAt,
        e.Inferred,
        e.ClosedBy);

    private static Statement TellAgain(TransactionEnded e) => new(
        """
        insert into due (entity, reason, at) select $1, $2, $3 from transactions
        where charge_point = $4 and local_id = $5 and (untold_charge_point or untold_token)
        on conflict (entity, reason) do update set at = excluded.at
        """,
        $"transaction/{e.Id}", UntoldClose, e.ArrivedAt + TimeToConfirm, e.Id.ChargePoint.Value, e.Id.LocalId);

    private static Statement Hold(SuspicionRaised e) => new(
        "update transactions set held = true where charge_point = $1 and local_id = $2", e.Id.ChargePoint.Value, e.Id.LocalId);

    private static Statement Authorize(TransactionAuthorized e) => new(
        """
        update transactions set token = $3, token_key = $4, verdict = $5,
          token_has_place = case when state = 'ended' then token_has_place else $6 end
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

    private static Statement Suspend(StopSuspended e) => new(
        """
        update transactions set ended_at = $3, meter_stop_wh = $4, stop_reason = $5, stopped_by = $6
        where charge_point = $1 and local_id = $2 and state = 'suspended'
        """,
        e.Id.ChargePoint.Value, e.Id.LocalId, e.At, e.MeterStop?.WattHours, e.Reason, e.Token);

    private static Statement Annotate(SuspicionRaised e, long version) => new(
        """
        insert into annotations (charge_point, local_id, sequence_number, code, detail, at) values ($1, $2, $3, $4, $5, $6)
        """,
        e.Id.ChargePoint.Value, e.Id.LocalId, version, e.Oddity.Code, e.Oddity.Detail, e.ArrivedAt);

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
