using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// Reports in parts, of whatever they tell. Each part is stored when it is answered; a report counts when all of its
/// parts are there. What they tell is for people: here it is only known which parts have come.
/// </summary>
internal static class Reports
{
    /// <summary>Reports that are told apart at once; a charger answers one after the other.</summary>
    private const int Remembered = 4;

    /// <summary>A charger that makes up parts without end may not grow its entity for ever.</summary>
    private const int MostParts = 10_000;

    /// <summary>The number of the next wish that is answered by a report.</summary>
    public static int NextNumber(ChargePoint state) =>
        state.LastReport is > 0 and < int.MaxValue ? state.LastReport + 1 : 1;

    /// <summary>Whether that part is none of ours to store: it is here already, or it is made up.</summary>
    /// <param name="part">Its number, from 0; or, of a report whose parts have none, a fingerprint of it.</param>
    public static bool IsRepeat(ChargePoint state, int number, int part) =>
        Known(state.Reports, number) is { Parts: var parts } && (parts.Contains(part) || parts.Length >= MostParts);

    /// <summary>The report with that part, and every one before; null when some are missing still.</summary>
    public static KnownReport? Completed(ImmutableArray<KnownReport> after, int number) =>
        Known(after, number) is { IsComplete: true } report ? report : null;

    /// <param name="last">The number of the last part, when this is it; null otherwise.</param>
    public static ImmutableArray<KnownReport> Add(ImmutableArray<KnownReport> reports, int number, int part, int? last)
    {
        var known = Known(reports, number);
        return Put(reports, known with { Parts = known.Parts.Add(part), Last = last ?? known.Last });
    }

    /// <summary>How many parts of a report are here.</summary>
    public static int Parts(ChargePoint state, int number) => Known(state.Reports, number).Parts.Length;

    /// <summary>A sentence for whoever asked for a report that broke off.</summary>
    public static string WhyNotCome(ChargePoint state, int number) =>
        $"The charger said yes, and its report has not come to its end: {Parts(state, number)} parts are here. Ask again.";

    /// <summary>A part of a device model, which is asked for anew when it breaks off.</summary>
    /// <param name="epoch">The session that it came by.</param>
    public static ImmutableArray<KnownReport> Add(ImmutableArray<KnownReport> reports, ModelPartReported e, long epoch)
    {
        var known = Known(reports, e.Number);
        return Put(reports, known with
        {
            Parts = known.Parts.Add(e.Part), Last = e.IsLast ? e.Part : known.Last, HeardAt = e.At, Epoch = epoch,
        });
    }

    /// <summary>A number that is used again is another report's, unless it is one that was asked for anew.</summary>
    public static ImmutableArray<KnownReport> Apply(
        ImmutableArray<KnownReport> reports, ReportComing coming, long epoch, DateTimeOffset at)
    {
        var known = Known(reports, coming.Number);
        var isNew = known.BrokeOff || known.Last is not null;
        return Put(reports, new KnownReport(
            coming.Number,
            isNew ? [] : known.Parts, // its first part may have overtaken the answer
            Last: null,
            coming.IsWhole,
            isNew ? 0 : known.Tries,
            at,
            epoch));
    }

    /// <summary>A number that is used again is another report's.</summary>
    public static ImmutableArray<KnownReport> Apply(ImmutableArray<KnownReport> reports, HeldComing coming) =>
        Known(reports, coming.Number) is { Parts.IsEmpty: false, Last: null } begun // its first part overtook the answer
            ? Put(reports, begun with { IsWhole = coming.IsWhole })
            : Put(reports, new KnownReport(coming.Number, [], null, coming.IsWhole));

    /// <summary>It is given up; and what was asked for in its place is known from now on.</summary>
    public static ImmutableArray<KnownReport> Apply(ImmutableArray<KnownReport> reports, ModelReportBrokeOff e)
    {
        var given = Put(reports, Known(reports, e.Number) with { BrokeOff = true });
        return e.AskedAs is { } next
            ? Put(given, new KnownReport(next, [], Last: null, IsWhole: true, Tries: e.Tries))
            : given;
    }

    private static KnownReport Known(ImmutableArray<KnownReport> reports, int number) =>
        reports.FirstOrDefault(report => report.Number == number) ?? new KnownReport(number, [], null, IsWhole: false);

    private static ImmutableArray<KnownReport> Put(ImmutableArray<KnownReport> reports, KnownReport report)
    {
        var others = reports.RemoveAll(known => known.Number == report.Number);
        return (others.Length < Remembered ? others : others.RemoveAt(0)).Add(report);
    }
}
