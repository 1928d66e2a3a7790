using System.Collections.Immutable;
using System.Globalization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.HeldThings;

/// <summary>Something that a charger holds, or last said.</summary>
/// <param name="Group">What it belongs to among its kind; null for nothing.</param>
/// <param name="Body">A JSON object.</param>
/// <param name="At">When it was heard.</param>
public sealed record HeldThingRow(
    HeldKind Kind, string Id, ConnectorId Place, string? Group, string Body, DateTimeOffset At);

/// <summary>What does a charger hold, and what did it last say?</summary>
public sealed class HeldThingTable(Database database)
{
    private const string List = "held-things";

    private const string Columns = "select kind, id, evse, connector, grp, body, at from held_things";

    /// <summary>By kind, place and name.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<HeldThingRow>> ListAsync(
        ChargePointId chargePoint, IReadOnlyList<HeldKind> kinds, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where()
            .And("charge_point = ?", chargePoint.Value)
            .And($"kind in ({Where.Places(kinds.Count)})", [.. kinds.Select(kind => (object?)(int)kind)]);
        if (Cursor.Read(List, cursor, 4) is [var kind, var evse, var connector, var id])
        {
            where.And(
                "(kind, evse, connector, id) > (?, ?, ?, ?)",
                Cursor.Number(kind), Cursor.Number(evse), Cursor.Number(connector), id);
        }

        var rows = await database.QueryAsync(
            where.Select(Columns, "order by kind, evse, connector, id limit ?", Cursor.Fetch(limit)), Read, cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List, Text((int)row.Kind), Text(row.Place.Evse), Text(row.Place.Connector), row.Id));
    }

    /// <summary>All that is known of one thing, such as a transaction, under its name.</summary>
    public async Task<ImmutableArray<HeldThingRow>> OfAsync(
        ChargePointId chargePoint, string id, IReadOnlyList<HeldKind> kinds, CancellationToken cancellation) =>
    [
        .. await database.QueryAsync(
            new Where()
                .And("charge_point = ?", chargePoint.Value)
                .And("id = ?", id)
                .And($"kind in ({Where.Places(kinds.Count)})", [.. kinds.Select(kind => (object?)(int)kind)])
                .Select(Columns, "order by kind, evse, connector"),
            Read,
            cancellation),
    ];

    private static HeldThingRow Read(System.Data.Common.DbDataReader reader) => new(
        (HeldKind)reader.GetInt64(0),
        reader.GetString(1),
        new ConnectorId((int)reader.GetInt64(2), (int)reader.GetInt64(3)),
        reader.TextOrNull(4),
        reader.GetString(5),
        reader.Instant(6));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
