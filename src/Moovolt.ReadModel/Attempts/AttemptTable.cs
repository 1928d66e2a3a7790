using System.Globalization;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Attempts;

/// <summary>
/// Why does that charger not come in, or not behave? The last handshakes that failed, and what went wrong after others.
/// </summary>
public sealed class AttemptTable(Database database)
{
    private const string List = "connection-attempts";

    /// <summary>The latest first; one that comes again meanwhile moves to the front.</summary>
    /// <param name="identity">Only those that named it; null for all.</param>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<AttemptRow>> ListAsync(
        string? identity, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().AndIf(identity is not null, "identity = ?", identity);
        if (Cursor.Read(List, cursor, 2) is [var at, var number])
            where.And("(at, number) < (?, ?)", Cursor.Number(at), Cursor.Number(number));

        var rows = await database.QueryAsync(
            where.Select(
                // What a node of the release before wrote has no count: it is one.
                "select number, identity, remote_address, code, reason, offered, http_status, "
                    + "case when count > 0 then first_at else at end as begun_at, at, case when count > 0 then count else 1 end as times, "
                    + "node from connection_attempts",
                "order by at desc, number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new AttemptRow(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.TextOrNull(5),
                (int)reader.GetInt64(6),
                reader.Instant(7),
                reader.Instant(8),
                reader.GetInt64(9),
                reader.TextOrNull(10)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List,
            Instants.Store(row.At).ToString(CultureInfo.InvariantCulture),
            row.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
