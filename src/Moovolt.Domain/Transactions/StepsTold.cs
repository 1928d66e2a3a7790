using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Serialization;

namespace Moovolt.Domain.Transactions;

/// <summary>Which steps of a transaction were told, in whatever order they came.</summary>
/// <param name="Keys">
/// Fingerprints of those that were heard (number, kind, time and what was said), so that a repeat counts once, and
/// what says something else under the same number is not lost. One each, with all of that in it: 8 bytes a step.
/// </param>
/// <param name="Numbers">The charger's own numbers.</param>
/// <param name="Begun">The step that began it is among them.</param>
/// <param name="Last">The one that came last.</param>
/// <param name="TokenRank">Of the token that counts: an earlier step's takes its place.</param>
public sealed record StepsTold(
    ImmutableHashSet<ulong> Keys, ImmutableSortedSet<int> Numbers, bool Begun, ToldStep? Last, int TokenRank)
{
    public static readonly StepsTold None = new([], [], false, null, int.MaxValue);

    /// <summary>What is said of a transaction while something is missing.</summary>
    public const string Missing = "steps-missing";

    /// <summary>No more are told: a charger that counts by thousands may not fill a journal.</summary>
    public const int MostGaps = 50;

    private const int MostInWords = 8; // a sentence, not a list

    /// <param name="said">
    /// Fingerprint of what was said. What was stored without one stands for whatever it said.
    /// </param>
    public bool Knows(ToldStep step, string? frame, int said) =>
        Keys.Contains(Key(step, frame, said)) || Keys.Contains(Key(step, frame, null));

    public StepsTold With(ToldStep step, string? frame, int? said) => this with
    {
        Keys = Keys.Add(Key(step, frame, said)),
        Numbers = step.Number is { } number ? Numbers.Add(number) : Numbers,
        Begun = Begun || step.Kind == StepKind.Began,
        Last = step,
    };

    /// <summary>The token that was told with the last step is the one that counts.</summary>
    public StepsTold WithToken() => Last is null ? this : this with { TokenRank = Last.TokenRank };

    /// <summary>
    /// What the charger must have told and we have not heard, in its order; empty when nothing is missing that we know
    /// of. What may still follow the last step is not among it.
    /// </summary>
    public ImmutableArray<StepGap> Gaps()
    {
        if (Keys.IsEmpty) return [];
        var gaps = ImmutableArray.CreateBuilder<StepGap>();
        if (!Begun) gaps.Add(new StepGap(null, Numbers.IsEmpty ? null : Numbers.Min - 1));
        for (var i = 1; i < Numbers.Count && gaps.Count < MostGaps; i++)
        {
            if (Numbers[i] - Numbers[i - 1] > 1) gaps.Add(new StepGap(Numbers[i - 1] + 1, Numbers[i] - 1));
        }

        return gaps.ToImmutable();
    }

    /// <summary>The first of them, as part of a sentence.</summary>
    public static string InWords(ImmutableArray<StepGap> gaps) =>
        string.Join(", ", gaps.Take(MostInWords)) + (gaps.Length > MostInWords ? ", and more" : "");

    // The business key is the number within the transaction. A charger that uses one twice for different steps must not
    // lose the second, so kind, time and content are in the key; without a number it is the whole payload that is
    // repeated.
    private static ulong Key(ToldStep step, string? frame, int? said) => Fingerprint.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"{step.Number}|{step.Kind}|{step.At?.UtcTicks}|{(step.Number is null ? frame : null)}")
        + (said is null ? "" : string.Create(CultureInfo.InvariantCulture, $"|{said}")));
}

/// <summary>Steps in a row that have not come, by the charger's own numbers, both ends included.</summary>
/// <param name="From">Null: from the beginning, whatever its number.</param>
/// <param name="To">Null: the beginning alone, of a transaction whose steps bear no number.</param>
[DataContract]
public sealed record StepGap(
    [property: DataMember(Order = 1)] int? From, [property: DataMember(Order = 2)] int? To)
{
    public override string ToString() => (From, To) switch
    {
        (null, null) => "the beginning",
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $"what was before step {(long)to + 1}"),
        ({ } from, { } to) when from < to => string.Create(CultureInfo.InvariantCulture, $"steps {from} to {to}"),
        ({ } from, _) => string.Create(CultureInfo.InvariantCulture, $"step {from}"),
    };
}
