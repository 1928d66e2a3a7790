using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Transactions;

/// <summary>
/// The statements of which a session is made: nearly all that the projector writes. One for one row, and with it how
/// PostgreSQL does it for many.
/// </summary>
internal static class TransactionStatements
{
    // What is not known says nothing against what is.
    private const string Extremes = """
        meter_highest_wh =
          case when excluded.meter_highest_wh <= transactions.meter_highest_wh then transactions.meter_highest_wh
               else coalesce(excluded.meter_highest_wh, transactions.meter_highest_wh) end, meter_lowest_wh =
          case when excluded.meter_lowest_wh >= transactions.meter_lowest_wh then transactions.meter_lowest_wh
               else coalesce(excluded.meter_lowest_wh, transactions.meter_lowest_wh) end
        """;

    public const string ThereIs = $"""
        insert into transactions (charge_point, local_id, version, heard_at, meter_highest_wh, meter_lowest_wh)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (charge_point, local_id) do update set version = excluded.version, {Extremes}
        """;

    public static readonly ManyRows ThereAre = ManyRows.Insert(ThereIs, "text, text, bigint, bigint, bigint, bigint");

    public const string Begin = """
        insert into transactions (charge_point, local_id, version, heard_at, state, evse, connector, token, token_key,
          verdict, started_at, meter_start_wh, token_has_place, start_arrived_at, replayed, clock_skew_seconds,
          begin_untold)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        on conflict (charge_point, local_id) do update set version = excluded.version,
          state = case when transactions.state = 'ended' then 'ended' else excluded.state end, evse = excluded.evse,
          connector = excluded.connector, token = excluded.token, token_key = excluded.token_key,
          verdict = excluded.verdict, started_at = excluded.started_at, meter_start_wh = excluded.meter_start_wh,
          token_has_place = transactions.token_has_place or excluded.token_has_place, start_arrived_at = excluded.start_arrived_at,
          replayed = excluded.replayed, clock_skew_seconds = excluded.clock_skew_seconds,
          begin_untold = excluded.begin_untold, ended_at = null, meter_stop_wh = null, delivered_wh = null,
          stop_reason = null, stopped_by = null, end_arrived_at = null
        """;

    public static readonly ManyRows BeginMany = ManyRows.Insert(
        Begin,
        "text, text, bigint, bigint, text, bigint, bigint, text, text, text, bigint, bigint, boolean, bigint, boolean, "
            + "bigint, boolean");

    public const string End = $"""
        insert into transactions (charge_point, local_id, version, heard_at, meter_highest_wh, meter_lowest_wh, state,
          ended_at, meter_stop_wh, delivered_wh, stop_reason, stopped_by, end_arrived_at, inferred, closed_by,
          untold_charge_point)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        on conflict (charge_point, local_id) do update set version = excluded.version, {Extremes},
          state = excluded.state, ended_at = excluded.ended_at, meter_stop_wh = excluded.meter_stop_wh,
          delivered_wh = excluded.delivered_wh, stop_reason = excluded.stop_reason, stopped_by = excluded.stopped_by,
          end_arrived_at = excluded.end_arrived_at, inferred = excluded.inferred, closed_by = excluded.closed_by,
          untold_charge_point = transactions.state <> 'ended' or transactions.untold_charge_point, untold_token =
          case when transactions.state = 'ended' then transactions.untold_token else transactions.token_has_place end
        """;

    public static readonly ManyRows EndMany = ManyRows.Insert(
        End,
        "text, text, bigint, bigint, bigint, bigint, text, bigint, bigint, bigint, text, text, bigint, boolean, text, "
            + "boolean");

    public const string Record = """
        insert into samples (charge_point, local_id, sequence_number, part, at, arrived_at, register_wh, readings,
          of_suspended_stop)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static readonly ManyRows RecordMany = ManyRows.Insert(
        Record, "text, text, bigint, bigint, bigint, bigint, bigint, text, boolean", severalOfOne: true);

    public const string DropSuspended =
        "delete from samples where charge_point = $1 and local_id = $2 and of_suspended_stop";

    public static readonly ManyRows DropManySuspended = new(
        "delete from samples where of_suspended_stop and (charge_point, local_id) in (select * from unnest($1, $2))",
        "text, text");

    public const string TellAgain = """
        insert into due (entity, reason, at) select $1, $2, $3 from transactions
        where charge_point = $4 and local_id = $5 and (untold_charge_point or untold_token)
        on conflict (entity, reason) do update set at = excluded.at
        """;

    // The question is asked row by row, so that no plan reads the whole table.
    public static readonly ManyRows TellManyAgain = new(
        """
        insert into due (entity, reason, at)
        select entity, reason, at from unnest($1, $2, $3, $4, $5) as told (entity, reason, at, charge_point, local_id)
        where (select untold_charge_point or untold_token from transactions
               where charge_point = told.charge_point and local_id = told.local_id)
        on conflict (entity, reason) do update set at = excluded.at
        """,
        "text, text, bigint, text, text");
}
