using System.Data.Common;

namespace Moovolt.ReadModel.Storage;

/// <summary>
/// Moments in tables: microseconds since 1970 in UTC, as a whole number, on both databases. So they sort, compare and
/// add the same everywhere, no session's time zone touches them, and a charger whose clock says year 1 or 9999 fits.
/// </summary>
internal static class Instants
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    public static long Store(DateTimeOffset time) =>
        (long)Math.Floor((time.UtcTicks - DateTime.UnixEpoch.Ticks) / (decimal)TicksPerMicrosecond);

    public static DateTimeOffset Read(long stored) =>
        new(stored * TicksPerMicrosecond + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);

    public static DateTimeOffset Instant(this DbDataReader reader, int column) => Read(reader.GetInt64(column));

    public static DateTimeOffset? InstantOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Instant(column);

    public static string? TextOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? NumberOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
