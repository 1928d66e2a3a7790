using System.Globalization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.DeviceModels;

/// <summary>A variable of a charger's component, as the last complete report that told of it had it.</summary>
/// <param name="Key">Component and variable as one text.</param>
/// <param name="At">When it was told.</param>
public sealed record DeviceVariableRow(string Key, ModelVariable Variable, DateTimeOffset At);

/// <summary>A report of variables.</summary>
/// <param name="Parts">How many have come.</param>
/// <param name="Complete">Its last part, and every one before, is stored.</param>
/// <param name="Whole">It tells all that there is; known when it is complete.</param>
/// <param name="Tries">How often it had been asked for anew before.</param>
/// <param name="Reason">Why it did not come to its end; null when it did, or is on its way.</param>
/// <param name="AskedAs">The number of the report that was asked for in its place.</param>
public sealed record DeviceReportRow(
    long Number,
    long Parts,
    bool Complete,
    bool Whole,
    DateTimeOffset? GeneratedAt,
    DateTimeOffset BegunAt,
    DateTimeOffset At,
    long Tries,
    string? Reason,
    long? AskedAs);

/// <summary>What does a charger have that can be read or set, and how was it told?</summary>
public sealed class DeviceModelTable(Database database)
{
    private const string List = "device-model";
    private const string Reports = "device-reports";

    /// <summary>By key. Component and variable are names, in the charger's case; null for all.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<DeviceVariableRow>> ListAsync(
        ChargePointId chargePoint, string? component, string? variable, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where()
            .And("charge_point = ?", chargePoint.Value)
            .AndIf(component is not null, "component = ?", component)
            .AndIf(variable is not null, "variable = ?", variable);
        if (Cursor.Read(List, cursor, 1) is [var after]) where.And("variable_key > ?", after);
        var rows = await database.QueryAsync(
            where.Select(
                "select variable_key, body, at from device_variables", "order by variable_key limit ?", Cursor.Fetch(limit)),
            reader => new DeviceVariableRow(
                reader.GetString(0), StoredJson.Variable(reader.GetString(1)), reader.Instant(2)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Key));
    }

    /// <summary>The latest number first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<DeviceReportRow>> ReportsAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(Reports, cursor, 1) is [var after]) where.And("number < ?", Cursor.Number(after));
        var rows = await database.QueryAsync(
            where.Select(
                "select number, parts, complete, whole, generated_at, begun_at, at, tries, reason, asked_as from device_reports",
                "order by number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new DeviceReportRow(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetBoolean(2),
                reader.GetBoolean(3),
                reader.InstantOrNull(4),
                reader.Instant(5),
                reader.Instant(6),
                reader.GetInt64(7),
                reader.TextOrNull(8),
                reader.NumberOrNull(9)),
            cancellation);
        return Cursor.PageOf(
            rows, limit, row => Cursor.Write(Reports, row.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
