using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.RefusedTokens;

/// <summary>A token that a charger asked about, and that was not to charge.</summary>
/// <param name="Token">In upper case: OCPP compares idTags without case.</param>
/// <param name="Verdict">What the charger was answered the last time, in camelCase.</param>
public sealed record RefusedTokenRow(
    string Token, string Verdict, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>Who was refused at a charger before anything began? The last hundred tokens of each.</summary>
public sealed class RefusedTokenTable(Database database)
{
    private const string List = "refused-tokens";

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<RefusedTokenRow>> ListAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(List, cursor, 2) is [var at, var token])
            where.And("(last_at, token) < (?, ?)", Cursor.Number(at), token);

        var rows = await database.QueryAsync(
            where.Select(
                "select token, verdict, count, first_at, last_at from refused_tokens",
                "order by last_at desc, token desc limit ?",
                Cursor.Fetch(limit)),
            reader => new RefusedTokenRow(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.Instant(3), reader.Instant(4)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List, Instants.Store(row.LastAt).ToString(CultureInfo.InvariantCulture), row.Token));
    }
}
