using System.Collections.Immutable;
using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Configuration;

/// <summary>How is a charger configured, as far as it told, and what has changed?</summary>
public sealed class ConfigurationTable(Database database)
{
    private const string List = "configuration-changes";

    /// <summary>When the charger last told; null when it never did.</summary>
    public async Task<DateTimeOffset?> ReadAtAsync(ChargePointId chargePoint, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            new Statement("select at from configuration_reads where charge_point = $1", chargePoint.Value),
            reader => reader.InstantOrNull(0),
            cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>What is known, in the order of the keys.</summary>
    public async Task<ImmutableArray<ConfigurationRow>> ItemsAsync(
        ChargePointId chargePoint, CancellationToken cancellation) =>
    [
        .. await database.QueryAsync(
            new Statement(
                """
                select key, value, readonly, truncated, secret, reboot_required, at from configuration
                where charge_point = $1 order by folded
                """,
                chargePoint.Value),
            reader => new ConfigurationRow(
                reader.GetString(0),
                reader.TextOrNull(1),
                reader.GetBoolean(2),
                reader.GetBoolean(3),
                reader.GetBoolean(4),
                reader.GetBoolean(5),
                reader.Instant(6)),
            cancellation),
    ];

    /// <summary>The keys that were asked for and that the charger does not know.</summary>
    public async Task<ImmutableArray<string>> UnknownAsync(ChargePointId chargePoint, CancellationToken cancellation) =>
    [
        .. await database.QueryAsync(
            new Statement(
                "select key from configuration_unknown where charge_point = $1 order by folded", chargePoint.Value),
            reader => reader.GetString(0),
            cancellation),
    ];

    /// <summary>What has changed, the latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<ConfigurationChangeRow>> ChangesAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(List, cursor, 2) is [var number, var part])
            where.And("(sequence_number, part) < (?, ?)", Cursor.Number(number), Cursor.Number(part));

        var rows = await database.QueryAsync(
            where.Select(
                "select key, old_value, new_value, how, requested, at, sequence_number, part from "
                    + "configuration_changes",
                "order by sequence_number desc, part desc limit ?",
                Cursor.Fetch(limit)),
            reader => new ConfigurationChangeRow(
                reader.GetString(0),
                reader.TextOrNull(1),
                reader.TextOrNull(2),
                reader.GetString(3),
                reader.TextOrNull(4),
                reader.Instant(5),
                reader.GetInt64(6),
                (int)reader.GetInt64(7)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List,
            row.SequenceNumber.ToString(CultureInfo.InvariantCulture),
            row.Part.ToString(CultureInfo.InvariantCulture)));
    }
}
