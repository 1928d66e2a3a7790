using System.Data.Common;
using System.Globalization;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Commands;

/// <summary>What was asked of chargers, by whom, and what came of it?</summary>
public sealed class CommandTable(Database database)
{
    private const string List = "commands";

    private const string Columns = """
        select id, charge_point, action, state, request, response, error_code, error_description, late, requested_by,
               patience_seconds, created_at, queue_until, sent_at, finished_at, version
        from commands
        """;

    public async Task<CommandRow?> FindAsync(string id, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(new Statement(Columns + " where id = $1", id), Command, cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<CommandRow>> ListAsync(
        CommandFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        var after = Cursor.Read(List, cursor, 2);
        var where = new Where()
            .AndIf(filter.ChargePoint is not null, "charge_point = ?", filter.ChargePoint?.Value)
            .AndIf(filter.State is not null, "state = ?", filter.State?.ToString());
        if (after is not null) where.And("(created_at, id) < (?, ?)", Cursor.Number(after[0]), after[1]);

        var rows = await database.QueryAsync(
            where.Select(Columns, "order by created_at desc, id desc limit ?", Cursor.Fetch(limit)),
            Command, cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List, Instants.Store(row.CreatedAt).ToString(CultureInfo.InvariantCulture), row.Id));
    }

    private static CommandRow Command(DbDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        Enum.Parse<RequestState>(reader.GetString(3)),
        reader.GetString(4),
        reader.TextOrNull(5),
        reader.TextOrNull(6),
        reader.TextOrNull(7),
        reader.GetBoolean(8),
        reader.GetString(9),
        (int)reader.GetInt64(10),
        reader.Instant(11),
        reader.InstantOrNull(12),
        reader.InstantOrNull(13),
        reader.InstantOrNull(14),
        reader.GetInt64(15));
}
