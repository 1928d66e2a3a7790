using System.Globalization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.DeviceModels;

/// <summary>
/// From the parts of a report to what is known of a charger's variables: a report changes what people see when its last
/// part is stored, and all at once.
/// </summary>
internal static class DeviceModelProjection
{
    public static readonly string[] Tables = ["device_reports", "device_report_variables", "device_variables"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        StationAnswered { Answer.Outcome: ReportComing coming } e => Await(e.Id, coming.Number, e.At),
        ModelPartReported e => [Begin(e), .. Keep(e), Look(e.Id, e.Number, e.At)],
        ModelReported e => [.. Finish(e), Forget(e.Id, e.Number)],
        ModelReportBrokeOff e => GiveUp(e),
        _ => [],
    };

    // A number that is used again is another report's.
    private static IEnumerable<Statement> Await(ChargePointId id, int number, DateTimeOffset at)
    {
        yield return new Statement(
            """
            delete from device_report_variables where charge_point = $1 and number = $2 and exists (
              select 1 from device_reports where charge_point = $1 and number = $2 and reason is not null)
            """,
            id.Value, number);
        yield return new Statement(
            """
            insert into device_reports (charge_point, number, parts, complete, whole, begun_at, at)
            values ($1, $2, 0, $3, $3, $4, $4)
            on conflict (charge_point, number) do update set
              parts = case when device_reports.complete or device_reports.reason is not null then 0
                else device_reports.parts end,
              begun_at = case when device_reports.complete or device_reports.reason is not null then $4
                else device_reports.begun_at end,
              tries = case when device_reports.complete or device_reports.reason is not null then 0
                else device_reports.tries end,
              complete = $3, whole = $3, reason = null, asked_as = null, at = $4
            """,
            id.Value, number, false, at);
        yield return Look(id, number, at);
    }

    // No later than any setting would have it; one that was given up is waited for no more.
    private static Statement Look(ChargePointId id, int number, DateTimeOffset at) => new(
        """
        insert into due (entity, reason, at) select $1, $2, $3 from device_reports
        where charge_point = $4 and number = $5 and reason is null
        on conflict (entity, reason) do update set at = excluded.at
        """,
        $"charge-point/{id}", DueReason(number), at + BrokenReports.LeastSilence, id.Value, number);

    private static Statement Forget(ChargePointId id, int number) =>
        new("delete from due where entity = $1 and reason = $2", $"charge-point/{id}", DueReason(number));

    private static string DueReason(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{BrokenReports.DueReason}{number}");

    // Its parts stay: some chargers go on where they were, and then it comes to its end after all.
    private static IEnumerable<Statement> GiveUp(ModelReportBrokeOff e)
    {
        yield return new Statement(
            """
            update device_reports set reason = $3, asked_as = $4, at = $5
            where charge_point = $1 and number = $2
            """,
            e.Id.Value, e.Number, e.Why, e.AskedAs, e.At);
        if (e.AskedAs is { } next)
        {
            yield return new Statement(
                """
                insert into device_reports (charge_point, number, parts, complete, whole, begun_at, at, tries)
                values ($1, $2, 0, $3, $3, $4, $4, $5)
                on conflict (charge_point, number) do update set
                  parts = 0, complete = $3, whole = $3, reason = null, asked_as = null, begun_at = $4, at = $4, tries = $5
                """,
                e.Id.Value, next, false, e.At, e.Tries);
        }

        yield return Forget(e.Id, e.Number);
    }

    private static Statement Begin(ModelPartReported e) => new(
        """
        insert into device_reports (charge_point, number, parts, complete, whole, generated_at, begun_at, at)
        values ($1, $2, 1, $3, $3, $4, $5, $5)
        on conflict (charge_point, number) do update set
          parts = case when device_reports.complete then 1 else device_reports.parts + 1 end,
          begun_at = case when device_reports.complete then excluded.begun_at else device_reports.begun_at end,
          complete = $3, whole = $3, generated_at = excluded.generated_at, at = excluded.at
        """,
        e.Id.Value, e.Number, false, e.GeneratedAt, e.At);

    private static IEnumerable<Statement> Keep(ModelPartReported e) => e.Variables.Select((variable, place) => new Statement(
        """
        insert into device_report_variables (charge_point, number, part, place, variable_key, component, variable, body, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (charge_point, number, part, place) do update set variable_key = excluded.variable_key,
          component = excluded.component, variable = excluded.variable, body = excluded.body, at = excluded.at
        """,
        e.Id.Value,
        e.Number,
        e.Part,
        place,
        variable.Key(),
        variable.Component,
        variable.Variable,
        StoredJson.Write(variable),
        e.At));

    // Of a variable that is told twice in one report the last counts.
    private static IEnumerable<Statement> Finish(ModelReported e)
    {
        if (e.IsWhole) yield return new Statement("delete from device_variables where charge_point = $1", e.Id.Value);
        yield return new Statement(
            """
            insert into device_variables (charge_point, variable_key, component, variable, body, at)
            select charge_point, variable_key, component, variable, body, at from device_report_variables told
            where charge_point = $1 and number = $2 and not exists (
              select 1 from device_report_variables later
              where later.charge_point = told.charge_point and later.number = told.number
                and later.variable_key = told.variable_key and (later.part, later.place) > (told.part, told.place))
            on conflict (charge_point, variable_key) do update set component = excluded.component,
              variable = excluded.variable, body = excluded.body, at = excluded.at
            """,
            e.Id.Value, e.Number);
        yield return new Statement(
            "delete from device_report_variables where charge_point = $1 and number <= $2", e.Id.Value, e.Number);
        yield return new Statement(
            "update device_reports set complete = $3, whole = $4, at = $5, reason = null where charge_point = $1 "
                + "and number = $2",
            e.Id.Value, e.Number, true, e.IsWhole, e.At);
    }
}
