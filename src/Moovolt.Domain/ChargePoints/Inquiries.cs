using System.Collections.Immutable;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>What was asked of others for a charger, and what they said: kept once in ten minutes while it is the same.</summary>
public static class Inquiries
{
    /// <summary>Characters of what is kept of a question, and of the reason for an answer.</summary>
    public const int LongestText = 500;

    private const int Remembered = 32;

    // A charger that has not heard the answer asks again, and one may ask for the same card all day.
    private static readonly TimeSpan Repeats = TimeSpan.FromMinutes(10);

    internal static Decision Record(ChargePoint state, RecordInquiry c)
    {
        var answered = new InquiryAnswered(c.Id, c.Kind, Cut(c.Subject), c.Status, c.By, c.Detail is null ? null : Cut(c.Detail), c.At);
        var key = Key(answered);
        return state.InquiriesHeard.Any(heard => heard.Key == key && c.At - heard.At < Repeats)
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), answered);
    }

    internal static ImmutableArray<HeardInquiry> Apply(ImmutableArray<HeardInquiry> heard, InquiryAnswered e) =>
        (heard.Length < Remembered ? heard : heard.RemoveAt(0)).Add(new HeardInquiry(Key(e), e.At));

    private static ulong Key(InquiryAnswered e) => Fingerprint.Of($"{e.Kind}|{e.Subject}|{e.Status}|{e.By}|{e.Detail}");

    private static string Cut(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
}
