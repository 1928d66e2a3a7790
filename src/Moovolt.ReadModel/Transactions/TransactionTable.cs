using System.Data.Common;
using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Transactions;

/// <summary>Which transactions were there, what did they come to, and what is odd about them?</summary>
public sealed class TransactionTable(Database database)
{
    private const string List = "transactions";
    private const string SamplesList = "samples";
    private const string EvidenceList = "evidence";
    private const long StartsNowhere = 200_000; // Wh: what a first sample never shows that counts from 0

    private const string Columns = """
        select charge_point, local_id, evse, connector, token, state, started_at, ended_at, meter_start_wh,
          meter_stop_wh,
               delivered_wh, meter_highest_wh, stop_reason, stopped_by, verdict, version, heard_at, start_arrived_at,
               end_arrived_at, inferred, closed_by, held, replayed, clock_skew_seconds, meter_lowest_wh,
               charging_state
        from transactions
        """;

    public async Task<TransactionRow?> FindAsync(TransactionId id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var found = await ReadAsync(
            connection,
            new Statement(Columns + " where charge_point = $1 and local_id = $2", id.ChargePoint.Value, id.LocalId),
            cancellation);
        return found.Select(entry => entry.Row).SingleOrDefault();
    }

    /// <summary>The latest start first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<TransactionRow>> ListAsync(
        TransactionFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        // A suspended one has no start; it is sorted by when it was first heard of.
        var by = filter.State == "suspended" ? "heard_at" : "started_at";
        var after = Cursor.Read(List, cursor, 3);
        var where = new Where()
            .And(InState(filter.State), filter.State)
            .AndIf(filter.ChargePoint is not null, "charge_point = ?", filter.ChargePoint?.Value)
            .AndIf(filter.Token is not null, "token_key = ?", filter.Token?.ToUpperInvariant())
            .AndIf(filter.From is not null, $"{by} >= ?", filter.From)
            .AndIf(filter.To is not null, $"{by} < ?", filter.To);
        if (after is not null)
        {
            where.And(
                $"({by}, charge_point, local_id) < (?, ?, ?)", Cursor.Number(after[0]), after[1], after[2]);
        }

        await using var connection = await database.OpenAsync(cancellation);
        var rows = await ReadAsync(
            connection,
            where.Select(Columns, $"order by {by} desc, charge_point desc, local_id desc limit ?", Cursor.Fetch(limit)),
            cancellation);
        var page = Cursor.PageOf(rows, limit, entry => Cursor.Write(
            List,
            Key(entry.Row.StartedAt is { } start ? Instants.Store(start) : entry.HeardAt),
            entry.Row.ChargePoint,
            entry.Row.LocalId));
        return new Page<TransactionRow>([.. page.Items.Select(entry => entry.Row)], page.Next);
    }

    /// <summary>What the meter showed, in the order of the charger's own times.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<SampleRow>> SamplesAsync(
        TransactionId id, int limit, string? cursor, CancellationToken cancellation)
    {
        var after = Cursor.Read(SamplesList, cursor, 3);
        var where = new Where().And("charge_point = ?", id.ChargePoint.Value).And("local_id = ?", id.LocalId);
        if (after is not null)
        {
            where.And(
                "(at, sequence_number, part) > (?, ?, ?)",
                Cursor.Number(after[0]), Cursor.Number(after[1]), Cursor.Number(after[2]));
        }

        var rows = await database.QueryAsync(
            where.Select(
                "select at, arrived_at, register_wh, readings, sequence_number, part from samples",
                "order by at, sequence_number, part limit ?",
                Cursor.Fetch(limit)),
            reader => (
                Row: new SampleRow(
                    reader.Instant(0), reader.Instant(1),
                    reader.NumberOrNull(2), StoredJson.Readings(reader.GetString(3))),
                Cursor: Cursor.Write(
                    SamplesList, Key(reader.GetInt64(0)), Key(reader.GetInt64(4)), Key(reader.GetInt64(5)))),
            cancellation);
        var page = Cursor.PageOf(rows, limit, entry => entry.Cursor);
        return new Page<SampleRow>([.. page.Items.Select(entry => entry.Row)], page.Next);
    }

    /// <summary>
    /// Payloads as they came, the oldest first: of one transaction's messages, or, with no <paramref name="localId"/>,
    /// all of the charge point's, the stops that fit no transaction among them.
    /// </summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<EvidenceRow>> EvidenceAsync(
        ChargePointId chargePoint, string? localId, int limit, string? cursor, CancellationToken cancellation)
    {
        var after = Cursor.Read(EvidenceList, cursor, 3);
        var where = new Where()
            .And("charge_point = ?", chargePoint.Value)
            .AndIf(localId is not null, "local_id = ?", localId);
        if (after is not null)
        {
            where.And(
                "(at, persistence_id, sequence_number) > (?, ?, ?)",
                Cursor.Number(after[0]), after[1], Cursor.Number(after[2]));
        }

        var rows = await database.QueryAsync(
            where.Select(
                "select charge_point, local_id, what, why, frame, at, persistence_id, sequence_number from evidence",
                "order by at, persistence_id, sequence_number limit ?",
                Cursor.Fetch(limit)),
            reader => (
                Row: new EvidenceRow(
                    reader.GetString(0),
                    reader.TextOrNull(1),
                    reader.GetString(2),
                    reader.TextOrNull(3),
                    reader.GetString(4),
                    reader.Instant(5)),
                Cursor: Cursor.Write(
                    EvidenceList, Key(reader.GetInt64(5)), reader.GetString(6), Key(reader.GetInt64(7)))),
            cancellation);
        var page = Cursor.PageOf(rows, limit, entry => entry.Cursor);
        return new Page<EvidenceRow>([.. page.Items.Select(entry => entry.Row)], page.Next);
    }

    // As a text and not as a value: so PostgreSQL knows which partial index serves, whatever the value may be.
    private static string InState(string? state) => state switch
    {
        null => "state <> 'suspended'",
        "running" => "state = 'running'",
        "suspended" => "state = 'suspended'",
        _ => "state = ?",
    };

    private static async Task<List<(TransactionRow Row, long HeardAt)>> ReadAsync(
        DbConnection connection, Statement statement, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync(
            null, statement, reader => (Row: Transaction(reader), HeardAt: reader.GetInt64(16)), cancellation);
        if (rows.Count == 0) return rows;

        object?[] ids = [.. rows.SelectMany(entry => new object?[] { entry.Row.ChargePoint, entry.Row.LocalId })];
        var annotations = await connection.QueryAsync(
            null,
            new Where().And($"(charge_point, local_id) in (values {Where.Places(rows.Count, "(?, ?)")})", ids).Select(
                "select charge_point, local_id, code, detail, at, gaps from annotations", "order by sequence_number"),
            reader => (
                Of: (reader.GetString(0), reader.GetString(1)),
                Row: new AnnotationRow(
                    reader.GetString(2), reader.GetString(3), reader.Instant(4),
                    reader.TextOrNull(5) is { } gaps ? StoredJson.Gaps(gaps) : [])),
            cancellation);

        var annotationsOf = annotations.ToLookup(entry => entry.Of, entry => entry.Row);
        return [.. rows.Select(entry => entry with
        {
            Row = entry.Row with { Annotations = [.. annotationsOf[(entry.Row.ChargePoint, entry.Row.LocalId)]] },
        })];
    }

    private static TransactionRow Transaction(DbDataReader reader)
    {
        var start = reader.NumberOrNull(8);
        var soFar = SoFar(start, reader.NumberOrNull(24), reader.NumberOrNull(11));
        return new TransactionRow(
            $"{reader.GetString(0)}/{reader.GetString(1)}",
            reader.GetString(0),
            reader.GetString(1),
            (int)reader.GetInt64(2),
            (int)reader.GetInt64(3),
            reader.TextOrNull(4),
            reader.GetString(5),
            reader.InstantOrNull(6),
            reader.InstantOrNull(7),
            start,
            reader.NumberOrNull(9),
            reader.NumberOrNull(10) ?? soFar,
            reader.TextOrNull(12),
            reader.TextOrNull(13),
            reader.TextOrNull(14),
            [],
            reader.GetInt64(15),
            reader.InstantOrNull(17),
            reader.InstantOrNull(18),
            reader.GetBoolean(19),
            reader.TextOrNull(20),
            reader.GetBoolean(21),
            reader.GetBoolean(22),
            (int?)reader.NumberOrNull(23),
            reader.TextOrNull(25));
    }

    // What the samples prove while it runs: registers that count from the start of the session, or for life where the
    // start says 0, must not show the size of a meter's life.
    private static long? SoFar(long? start, long? lowest, long? highest) => start switch
    {
        _ when highest is null => null,
        null => highest - lowest,
        0 when lowest > StartsNowhere => highest - lowest,
        { } from when highest >= from => highest - from,
        _ => highest,
    };

    private static string Key(long number) => number.ToString(CultureInfo.InvariantCulture);
}
