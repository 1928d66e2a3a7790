using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Messages;

/// <summary>What was said between a charger and us lately? Only the last frames of each charger are kept.</summary>
public sealed class MessageTable(Database database)
{
    private const string List = "messages";

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<MessageRow>> ListAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(List, cursor, 1) is [var before]) where.And("number < ?", Cursor.Number(before));

        var rows = await database.QueryAsync(
            where.Select(
                "select number, charge_point, epoch, direction, action, frame, truncated, at from messages",
                "order by number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new MessageRow(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt64(2),
                (FrameDirection)reader.GetInt64(3),
                reader.TextOrNull(4),
                reader.GetString(5),
                reader.GetBoolean(6),
                reader.Instant(7)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
