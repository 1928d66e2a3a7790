using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Notices;

/// <summary>Something that a charger told and that Moovolt keeps.</summary>
/// <param name="Kind">OCPP's name for it.</param>
/// <param name="Payload">As it came; cut when <paramref name="Truncated"/>.</param>
public sealed record NoticeRow(long SequenceNumber, string Kind, string Payload, bool Truncated, DateTimeOffset At);

/// <summary>What has a charger told besides?</summary>
public sealed class NoticeTable(Database database)
{
    private const string List = "notices";

    /// <summary>The latest first.</summary>
    /// <param name="kind">Only those; null for all.</param>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<NoticeRow>> ListAsync(
        ChargePointId chargePoint, string? kind, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where()
            .And("charge_point = ?", chargePoint.Value)
            .AndIf(kind is not null, "kind = ?", kind);
        if (Cursor.Read(List, cursor, 1) is [var before]) where.And("sequence_number < ?", Cursor.Number(before));
        var rows = await database.QueryAsync(
            where.Select(
                "select sequence_number, kind, payload, truncated, at from notices",
                "order by sequence_number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new NoticeRow(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.Instant(4)),
            cancellation);
        return Cursor.PageOf(
            rows, limit, row => Cursor.Write(List, row.SequenceNumber.ToString(CultureInfo.InvariantCulture)));
    }
}
