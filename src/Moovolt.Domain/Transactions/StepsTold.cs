using System.Collections.Immutable;
using System.Globalization;

namespace Moovolt.Domain.Transactions;

/// <summary>Which steps of a transaction were told, in whatever order they came.</summary>
/// <param name="Keys">
/// Fingerprints of those that were heard (number, kind and time), so that a repeat counts once.
/// </param>
/// <param name="Numbers">The charger's own numbers.</param>
/// <param name="Begun">The step that began it is among them.</param>
/// <param name="Last">The one that came last.</param>
/// <param name="TokenRank">Of the token that counts: an earlier step's takes its place.</param>
public sealed record StepsTold(
    ImmutableHashSet<ulong> Keys, ImmutableSortedSet<int> Numbers, bool Begun, ToldStep? Last, int TokenRank)
{
    public static readonly StepsTold None = new([], [], false, null, int.MaxValue);

    private const int MostGaps = 8; // a sentence, not a list

    public bool Knows(ToldStep step, string? frame) => Keys.Contains(Key(step, frame));

    public StepsTold With(ToldStep step, string? frame) => this with
    {
        Keys = Keys.Add(Key(step, frame)),
        Numbers = step.Number is { } number ? Numbers.Add(number) : Numbers,
        Begun = Begun || step.Kind == StepKind.Began,
        Last = step,
    };

    /// <summary>The token that was told with the last step is the one that counts.</summary>
    public StepsTold WithToken() => Last is null ? this : this with { TokenRank = Last.TokenRank };

    /// <summary>
    /// What the charger must have told and we have not heard, in words; null when nothing is missing that we know of.
    /// </summary>
    public string? Missing()
    {
        if (Keys.IsEmpty) return null;
        var gaps = new List<string>();
        if (!Begun)
            gaps.Add(Numbers.IsEmpty ? "the beginning"
                : string.Create(CultureInfo.InvariantCulture, $"what was before step {Numbers.Min}"));
        for (var i = 1; i < Numbers.Count && gaps.Count < MostGaps; i++)
        {
            var (from, to) = (Numbers[i - 1] + 1, Numbers[i] - 1);
            if (from == to) gaps.Add(string.Create(CultureInfo.InvariantCulture, $"step {from}"));
            else if (from < to) gaps.Add(string.Create(CultureInfo.InvariantCulture, $"steps {from} to {to}"));
        }

        return gaps.Count == 0 ? null : string.Join(", ", gaps);
    }

    // The business key is the number within the transaction. A charger that uses one twice for different steps must not
    // lose the second, so kind and time are in the key; without a number it is the whole payload that is repeated.
    private static ulong Key(ToldStep step, string? frame) => Fingerprint.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"{step.Number}|{step.Kind}|{step.At?.UtcTicks}|{(step.Number is null ? frame : null)}"));
}
