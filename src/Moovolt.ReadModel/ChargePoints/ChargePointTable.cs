using System.Collections.Immutable;
using System.Data.Common;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.ChargePoints;

/// <summary>Which charge points are there, and how is each?</summary>
public sealed class ChargePointTable(Database database)
{
    private const string List = "charge-points";

    private const string Columns = """
        select c.id, c.display_name, c.registered, c.security_profile, c.registration, c.unknown_tokens, c.retired,
               c.online, c.protocol, c.since, c.epoch, c.node, c.incarnation, c.remote_address, c.close_reason,
               c.vendor, c.model, c.serial_number, c.firmware_version, c.booted_at, c.heard_at, s.at, c.version,
               c.clock_skew_seconds, c.strict, c.quirk_profile, c.lowest_profile, c.certificate_name, c.connected_profile,
               c.time_zone, c.accept_expired, c.certificate_expired_at
        from charge_points c left join last_seen s on s.charge_point = c.id
        """;

    public async Task<ChargePointRow?> FindAsync(ChargePointId id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var found = await ReadAsync(connection, new Statement(Columns + " where c.id = $1", id.Value), cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>
    /// Another charge point whose identity is this name, or its serial number as it said itself, or the name that its
    /// operator registered for its certificate; null when there is none. So no certificate is made out to a name that
    /// is not one charger's alone.
    /// </summary>
    public async Task<string?> AnotherCalledAsync(string name, ChargePointId but, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            new Statement(
                """
                select id from charge_points
                where (id = $1 or serial_number = $1 or certificate_name = $1) and id <> $2 order by id limit 1
                """,
                name, but.Value),
            reader => reader.GetString(0),
            cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>In the order of their ids.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<ChargePointRow>> ListAsync(
        ChargePointFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        var after = Cursor.Read(List, cursor, 1);
        var where = new Where()
            .And(filter.Status is "retired" ? "c.retired" : "not c.retired")
            .AndIf(filter.Status is "online", "c.online")
            .AndIf(filter.Status is "offline", "not c.online")
            .AndIf(
                filter.Status is not (null or "online" or "offline" or "retired"),
                "exists (select 1 from connectors k where k.charge_point = c.id and lower(k.status) = lower(?))",
                filter.Status)
            .AndIf(after is not null, "c.id > ?", after?[0]);
        if (filter.Search is { Length: > 0 } search)
        {
            var pattern = Where.Anywhere(search);
            where.And(
                """
                (lower(c.id) like ? escape '\' or lower(coalesce(c.display_name, '')) like ? escape '\'
                 or lower(coalesce(c.vendor, '')) like ? escape '\' or lower(coalesce(c.model, '')) like ? escape '\'
                 or lower(coalesce(c.serial_number, '')) like ? escape '\')
                """,
                pattern, pattern, pattern, pattern, pattern);
        }

        await using var connection = await database.OpenAsync(cancellation);
        var rows = await ReadAsync(connection, where.Select(Columns, "order by c.id limit ?", Cursor.Fetch(limit)), cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Id));
    }

    private static async Task<List<ChargePointRow>> ReadAsync(
        DbConnection connection, Statement statement, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync(null, statement, ChargePoint, cancellation);
        if (rows.Count == 0) return rows;

        object?[] ids = [.. rows.Select(row => row.Id)];
        var connectors = await connection.QueryAsync(
            null,
            new Where().And($"c.charge_point in ({Where.Places(ids.Length)})", ids).Select(
                """
                select c.charge_point, c.evse, c.connector, c.status, c.error_code, c.description, c.vendor_id,
                       c.vendor_error_code, c.at, c.charger_at, coalesce(own.operative, whole.operative),
                       coalesce(own.scheduled, whole.scheduled, false)
                from connectors c
                left join availability own
                  on own.charge_point = c.charge_point and own.evse = c.evse and own.connector = c.connector
                left join availability whole
                  on whole.charge_point = c.charge_point and whole.evse = 0 and whole.connector = 0
                """,
                "order by c.evse, c.connector"),
            reader => (Of: reader.GetString(0), Row: Connector(reader)),
            cancellation);
        var open = await connection.QueryAsync(
            null,
            new Where().And("state = 'running'").And($"charge_point in ({Where.Places(ids.Length)})", ids).Select(
                "select charge_point, local_id from transactions", "order by started_at, local_id"),
            reader => (Of: reader.GetString(0), Id: $"{reader.GetString(0)}/{reader.GetString(1)}"),
            cancellation);

        var connectorsOf = connectors.ToLookup(entry => entry.Of, entry => entry.Row);
        var openOf = open.ToLookup(entry => entry.Of, entry => entry.Id);
        return [.. rows.Select(row => row with { Connectors = [.. connectorsOf[row.Id]], OpenTransactions = [.. openOf[row.Id]] })];
    }

    private static ChargePointRow ChargePoint(DbDataReader reader) => new(
        reader.GetString(0),
        reader.TextOrNull(1),
        reader.GetBoolean(2),
        (int?)reader.NumberOrNull(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetBoolean(6),
        new ConnectionRow(
            reader.GetBoolean(7),
            reader.TextOrNull(8),
            reader.InstantOrNull(9),
            reader.GetInt64(10),
            reader.TextOrNull(11),
            reader.NumberOrNull(12),
            reader.TextOrNull(13),
            reader.TextOrNull(14),
            (int?)reader.NumberOrNull(28),
            reader.InstantOrNull(31)),
        reader.TextOrNull(15),
        reader.TextOrNull(16),
        reader.TextOrNull(17),
        reader.TextOrNull(18),
        reader.InstantOrNull(19),
        Later(reader.InstantOrNull(20), reader.InstantOrNull(21)),
        [],
        ImmutableArray<string>.Empty,
        reader.GetInt64(22),
        (int?)reader.NumberOrNull(23),
        reader.GetBoolean(24),
        reader.TextOrNull(25),
        (int)reader.GetInt64(26),
        reader.TextOrNull(27),
        reader.TextOrNull(29),
        reader.GetBoolean(30));

    private static ConnectorRow Connector(DbDataReader reader) => new(
        (int)reader.GetInt64(1),
        (int)reader.GetInt64(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.TextOrNull(5),
        reader.TextOrNull(6),
        reader.TextOrNull(7),
        reader.Instant(8),
        reader.InstantOrNull(9),
        reader.IsDBNull(10) ? null : reader.GetBoolean(10),
        reader.GetBoolean(11));

    // The projector and the gateways both hear of a charger; neither waits for the other.
    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other ?? one : one;
}
