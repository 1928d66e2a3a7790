using System.Collections.Immutable;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// What a charger holds and says, kind by kind, of which the latest word counts. What the things are is for people; here
/// it is known which parts of a report have come, and what was said last, so that a repeat is kept once.
/// </summary>
public static class Held
{
    /// <summary>Characters of a body: a display takes 1,024, a tariff or a curve some thousand.</summary>
    public const int LongestBody = 16_384;

    /// <summary>The body of what is told to be there without being told again: what is known of it stays.</summary>
    public const string AsKnown = "{}";

    /// <summary>Parts of what a charger knows of one customer: 512 characters each, and no archive.</summary>
    private const int MostOfCustomer = 200;

    private const int Remembered = 64;

    internal static Decision Report(ChargePoint state, ReportHeldPart c)
    {
        var part = c.Part ?? PartOf(c);
        if (part < 0 || Reports.IsRepeat(state, c.Number, part)) return new(new Reply.Repeated());
        if (c.Kind == HeldKind.CustomerInformation && !c.IsLast && part >= MostOfCustomer) return new(new Reply.Repeated());

        var last = c.IsLast ? c.Part ?? Reports.Parts(state, c.Number) : (int?)null;
        var told = new HeldPartReported(c.Id, c.Kind, c.Number, part, last, [.. c.Things.Where(Fits)], c.At);
        return Reports.Completed(ChargePoint.Apply(state, told).Reports, c.Number) is { } whole
            ? new(
                new Reply.Accepted(),
                told,
                new HeldReported(c.Id, c.Kind, c.Number, whole.Parts.Length, IsWhole(state, c, whole), c.At))
            : new(new Reply.Accepted(), told);
    }

    internal static Decision Tell(ChargePoint state, TellHeld c)
    {
        var thing = c.Thing.Id.Length > 0 ? c.Thing : c.Thing with { Id = TransactionAt(state, c.Thing.Place) ?? "" };
        var word = Word(thing, c.Over);
        var known = state.Words.FirstOrDefault(other => other.Of == word.Of);
        return known == word || !Fits(thing)
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), new HeldTold(c.Id, thing, c.Over, c.At));
    }

    internal static ImmutableArray<KnownWord> Apply(ImmutableArray<KnownWord> words, HeldTold e)
    {
        var word = Word(e.Thing, e.Over);
        var others = words.RemoveAll(known => known.Of == word.Of);
        return (others.Length < Remembered ? others : others.RemoveAt(0)).Add(word);
    }

    /// <summary>What was told of these is the latest word no more: a command has changed them.</summary>
    internal static ImmutableArray<KnownWord> Forget(ImmutableArray<KnownWord> words, ImmutableArray<HeldThing> changed) =>
        words.IsEmpty ? words : words.RemoveAll(known => changed.Any(thing => Word(thing, over: false).Of == known.Of));

    /// <summary>The transaction that is open at a place, an EVSE or one of its connectors; null for none.</summary>
    internal static string? TransactionAt(ChargePoint state, ConnectorId place) =>
        state.Open.LastOrDefault(open => place.Evse > 0 && open.Connector.Evse == place.Evse)?.LocalId;

    private static bool Fits(HeldThing thing) => thing.Body.Length <= LongestBody;

    // The first part may overtake the answer that says whether all is told: the wish itself knows. Of what is personal
    // only the latest report is kept.
    private static bool IsWhole(ChargePoint state, ReportHeldPart c, KnownReport report) =>
        c.Kind == HeldKind.CustomerInformation || report.IsWhole || state.Asked.Any(asked => asked.Request is ReadHeld wish
            && wish.Kind == c.Kind && wish.Number == c.Number && wish.IsWhole);

    private static int PartOf(ReportHeldPart c) => (int)(Fingerprint.Of(
        $"{c.IsLast}|{string.Join('|', c.Things.Select(thing => $"{thing.Id}|{thing.Body}"))}") & int.MaxValue);

    private static KnownWord Word(HeldThing thing, bool over) => new(
        Fingerprint.Of($"{thing.Kind}|{thing.Id}|{thing.Place}"), over ? 0 : Fingerprint.Of(thing.Body));
}
