using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Reports in parts. Each part is stored when it is answered; a report counts when all of its parts are there. The
/// variables themselves are for people: here it is only known which parts have come.
/// </summary>
internal static class DeviceModels
{
    /// <summary>Reports that are told apart at once; a charger answers one after the other.</summary>
    private const int Remembered = 4;

    /// <summary>A charger that makes up parts without end may not grow its entity for ever.</summary>
    private const int MostParts = 10_000;

    public static Decision Report(ChargePoint state, ReportModelPart c)
    {
        var known = Known(state.Reports, c.Number);
        if (known.Parts.Contains(c.Part) || c.Part is < 0 or >= MostParts) return new(new Reply.Repeated());

        var part = new ModelPartReported(c.Id, c.Number, c.Part, c.IsLast, c.GeneratedAt, c.Variables, c.At);
        var after = Known(Apply(state.Reports, part), c.Number);
        return after.Last is { } last && after.Parts.Length == last + 1
            ? new(new Reply.Accepted(), part, new ModelReported(c.Id, c.Number, after.Parts.Length, after.IsWhole, c.At))
            : new(new Reply.Accepted(), part);
    }

    public static ImmutableArray<KnownReport> Apply(ImmutableArray<KnownReport> reports, ModelPartReported e)
    {
        var known = Known(reports, e.Number);
        return Put(reports, known with { Parts = known.Parts.Add(e.Part), Last = e.IsLast ? e.Part : known.Last });
    }

    /// <summary>A number that is used again is another report's.</summary>
    public static ImmutableArray<KnownReport> Apply(ImmutableArray<KnownReport> reports, ReportComing coming) =>
        Known(reports, coming.Number) is { Parts.IsEmpty: false, Last: null } begun // its first part overtook the answer
            ? Put(reports, begun with { IsWhole = coming.IsWhole })
            : Put(reports, new KnownReport(coming.Number, [], null, coming.IsWhole));

    private static KnownReport Known(ImmutableArray<KnownReport> reports, int number) =>
        reports.FirstOrDefault(report => report.Number == number) ?? new KnownReport(number, [], null, IsWhole: false);

    private static ImmutableArray<KnownReport> Put(ImmutableArray<KnownReport> reports, KnownReport report)
    {
        var others = reports.RemoveAll(known => known.Number == report.Number);
        return (others.Length < Remembered ? others : others.RemoveAt(0)).Add(report);
    }
}
