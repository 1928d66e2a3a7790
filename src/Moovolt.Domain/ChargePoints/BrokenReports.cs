using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Reports that do not come to their end: the charger started anew, or it (or the node that it was connected to) went
/// away in the middle, or a part was lost. OCPP has no word by which a report is resumed (2.0.1, B07 and B08), so a
/// report of everything is asked for anew, by Moovolt itself, under another number, and a few times at most.
/// </summary>
public static class BrokenReports
{
    /// <summary>What the clock wakes a charge point for, followed by the number of the report.</summary>
    public const string DueReason = "report-silent ";

    /// <summary>How often one report is asked for anew.</summary>
    public const int MostTries = 3;

    /// <summary>How long the parts of a report may stay away while nobody says otherwise.</summary>
    public static readonly TimeSpan UsualSilence = TimeSpan.FromMinutes(2);

    /// <summary>No shorter: a charger that is busy takes that long for a part.</summary>
    public static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(10);

    private const int MostNamed = 5;
    private const int IdLength = 32;
    private const int UsualPatience = 30; // seconds, for the answer to a wish whose first asker is forgotten

    // A charger that is away is asked when it is back.
    private static readonly TimeSpan MayWait = TimeSpan.FromDays(7);

    /// <summary>Adds to a decision what its events, or the time, say about reports that are on their way.</summary>
    internal static Decision Follow(ChargePoint state, ChargePointCommand command, Decision decision)
    {
        if (command is not WakeChargePoint && !state.Reports.Any(IsAwaited)) return decision;
        var broken = decision.Events.SelectMany(@event => BrokenBy(state, @event)).ToList();
        if (command is WakeChargePoint wake)
            broken.AddRange(Silent(decision.Events.Aggregate(state, ChargePoint.Apply), wake));
        return broken.Aggregate(
            decision, (so, one) => Break(so.Events.Aggregate(state, ChargePoint.Apply), one, so));
    }

    private static IEnumerable<Broken> BrokenBy(ChargePoint state, ChargePointEvent @event) => @event switch
    {
        ChargePointBooted { Registration: Registration.Accepted } e =>
            from report in state.Reports
            where report.IsComing && report.Epoch < e.Epoch
            select new Broken(e.Id, report, $"The charger started anew when {Came(report)}.", e.At, MayAsk: true),
        StationAnswered { Answer.Outcome: not ReportComing } e => Asked(state, e.RequestId)
            .Select(report => new Broken(
                e.Id, report, Told(e.Answer), e.At, MayAsk: e.Answer.State == RequestState.TimedOut)),
        StationRequestDropped e => Asked(state, e.RequestId)
            .Select(report => new Broken(e.Id, report, e.Why, e.At, MayAsk: false)),
        _ => [],
    };

    // One that is not known here any more is over too: its row must not wake us for ever.
    private static IEnumerable<Broken> Silent(ChargePoint state, WakeChargePoint wake)
    {
        var silence = wake.ReportSilence is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualSilence;
        foreach (var report in state.Reports.Where(report => report.IsComing && !(report.HeardAt + silence > wake.At)))
        {
            var why = state.Session is null
                ? $"The charger went away when {Came(report)}."
                : $"Nothing came for {Words(silence)} when {Came(report)}.";
            yield return new Broken(wake.Id, report, why, wake.At, MayAsk: true);
        }

        if (wake.Reason.StartsWith(DueReason, StringComparison.Ordinal)
            && int.TryParse(wake.Reason.AsSpan(DueReason.Length), CultureInfo.InvariantCulture, out var meant)
            && state.Reports.All(known => known.Number != meant))
        {
            var forgotten = new KnownReport(meant, [], Last: null, IsWhole: false);
            yield return new Broken(wake.Id, forgotten, "Others came in its place.", wake.At, MayAsk: false);
        }
    }

    // What we have asked for by ourselves, and that has not begun.
    private static IEnumerable<KnownReport> Asked(ChargePoint state, string requestId) =>
        from request in state.Asked
        where request.RequestId == requestId
        let wish = request.Request as ReadConfiguration
        where wish is { Keys.IsEmpty: true }
        from report in state.Reports
        where report.Number == wish.Number && IsAwaited(report) && !report.IsComing
        select report;

    // It is on its way, or was asked for anew and is to begin.
    private static bool IsAwaited(KnownReport report) =>
        report.IsComing || report is { Tries: > 0, HeardAt: null, BrokeOff: false };

    private static Decision Break(ChargePoint state, Broken one, Decision decision)
    {
        var (id, report, why, at, mayAsk) = one;
        var wish = state.Asked.LastOrDefault(request =>
            request.Request is ReadConfiguration { Keys.IsEmpty: true } asked && asked.Number == report.Number);
        if (!mayAsk || !(report.IsWhole || wish is not null) || IsToldAnyway(state, report))
            return decision with { Events = [.. decision.Events, Over(why)] };
        if (report.Tries >= MostTries)
        {
            var enough = Over($"{why} It was asked for anew {MostTries} times: no more by itself.");
            return decision with { Events = [.. decision.Events, enough] };
        }

        var asked = Requests.Ask(state, new RequestStation(
            id, RequestId(one), new ReadConfiguration([]), FollowUps.Moovolt, wish?.Patience ?? UsualPatience,
            at + MayWait, at));
        var next = asked.Events.OfType<StationRequested>().Select(requested => requested.Request)
            .OfType<ReadConfiguration>().FirstOrDefault()?.Number;
        var over = next is null
            ? Over($"{why} It cannot be asked for anew: {(asked.Reply as Reply.Refused)?.Reason}")
            : new ModelReportBrokeOff(
                id, report.Number, report.Parts.Length, $"{why} It is asked for anew as report {next}.", next,
                report.Tries + 1, at);
        return decision with
        {
            Events = [.. decision.Events, .. asked.Events, over],
            Deliveries = [.. decision.Deliveries, .. asked.Deliveries],
        };

        ModelReportBrokeOff Over(string words) =>
            new(id, report.Number, report.Parts.Length, words, AskedAs: null, report.Tries, at);
    }

    // Somebody has asked again already, or another one has told it all since.
    private static bool IsToldAnyway(ChargePoint state, KnownReport report) =>
        state.Asked.Any(request => request.IsUnderWay
            && request.Request is ReadConfiguration { Keys.IsEmpty: true } wish && wish.Number != report.Number)
        || state.Reports.Any(other => other.Number != report.Number && other.IsWhole
            && (other.IsComing || (other.IsComplete && other.HeardAt >= report.HeardAt)));

    private static string Came(KnownReport report)
    {
        if (report.Last is not { } last) return $"{report.Parts.Length} parts had come";
        var missing = Enumerable.Range(0, last).Except(report.Parts).Take(MostNamed + 1).ToImmutableArray();
        return $"{report.Parts.Length} of {last + 1} parts had come ({string.Join(", ", missing.Take(MostNamed))}"
            + $"{(missing.Length > MostNamed ? " and others" : "")} had not)";
    }

    private static string Told(StationAnswer answer) => answer.State == RequestState.TimedOut
        ? "The charger did not answer."
        : $"The charger does not tell it: {answer.ErrorDescription ?? answer.ErrorCode ?? "it told something else"}";

    private static string Words(TimeSpan span) => span.TotalSeconds % 60 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} seconds");

    // As those of operators: 32 hex digits, a dash, and whose it is.
    private static string RequestId(Broken one)
    {
        var seed = string.Create(
            CultureInfo.InvariantCulture, $"{one.Id.Value} report {one.Report.Number} {one.At.UtcTicks}");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
        return $"{digest[..IdLength]}-{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(one.Id.Value))}";
    }

    private sealed record Broken(ChargePointId Id, KnownReport Report, string Why, DateTimeOffset At, bool MayAsk);
}
