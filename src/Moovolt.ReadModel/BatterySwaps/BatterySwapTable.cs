using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.BatterySwaps;

/// <summary>A step of a swap of batteries.</summary>
/// <param name="Step">agreed, in, out or outTimeout.</param>
/// <param name="Batteries">JSON.</param>
public sealed record BatterySwapRow(
    long SequenceNumber, int Swap, string Step, string? Token, string Batteries, DateTimeOffset At);

/// <summary>Which batteries went in and out of a charger?</summary>
public sealed class BatterySwapTable(Database database)
{
    private const string List = "battery-swaps";

    /// <summary>The latest first.</summary>
    /// <param name="swap">Only the steps of that one; null for all.</param>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<BatterySwapRow>> ListAsync(
        ChargePointId chargePoint, int? swap, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value).AndIf(swap is not null, "swap = ?", swap);
        if (Cursor.Read(List, cursor, 1) is [var before]) where.And("sequence_number < ?", Cursor.Number(before));
        var rows = await database.QueryAsync(
            where.Select(
                "select sequence_number, swap, step, token, batteries, at from battery_swaps",
                "order by sequence_number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new BatterySwapRow(
                reader.GetInt64(0),
                (int)reader.GetInt64(1),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetString(4),
                reader.Instant(5)),
            cancellation);
        return Cursor.PageOf(
            rows, limit, row => Cursor.Write(List, row.SequenceNumber.ToString(CultureInfo.InvariantCulture)));
    }
}
