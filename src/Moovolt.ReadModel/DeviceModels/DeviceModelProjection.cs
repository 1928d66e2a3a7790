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
        ModelPartReported e => [Begin(e), .. Keep(e)],
        ModelReported e => Finish(e),
        _ => [],
    };

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
            "update device_reports set complete = $3, whole = $4, at = $5 where charge_point = $1 and number = $2",
            e.Id.Value, e.Number, true, e.IsWhole, e.At);
    }
}
