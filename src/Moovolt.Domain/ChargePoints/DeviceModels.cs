namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>What a charger tells of all that can be read or set. The variables themselves are for people.</summary>
internal static class DeviceModels
{
    public static Decision Report(ChargePoint state, ReportModelPart c)
    {
        if (c.Part < 0 || Reports.IsRepeat(state, c.Number, c.Part)) return new(new Reply.Repeated());

        var part = new ModelPartReported(
            c.Id, c.Number, c.Part, c.IsLast, c.GeneratedAt, c.Variables, c.At, c.Limits);
        return Reports.Completed(ChargePoint.Apply(state, part).Reports, c.Number) is { } whole
            ? new(new Reply.Accepted(), part, new ModelReported(c.Id, c.Number, whole.Parts.Length, whole.IsWhole, c.At))
            : new(new Reply.Accepted(), part);
    }

    public static ChargePoint Apply(ChargePoint state, ModelPartReported e) => state with
    {
        Reports = Reports.Add(state.Reports, e, state.LastEpoch),
        Configuration = Configurations.Apply(state.Configuration, e),
    };
}
