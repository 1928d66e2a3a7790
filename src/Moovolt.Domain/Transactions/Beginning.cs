using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

/// <summary>What is odd about how a transaction began.</summary>
internal static class Beginning
{
    /// <summary>Clocks that run apart by less than this are no news.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public static IEnumerable<Oddity> Oddities(TransactionBegan e)
    {
        if (e.Verdict.Status != AuthorizationStatus.Accepted)
        {
            yield return new Oddity(
                "token-not-accepted",
                $"The token was answered {e.Verdict.Status}; the charger had begun all the same.");
        }

        if (e.Replayed)
        {
            yield return new Oddity(
                "told-late", $"The charger told of this start {ClockSkew.InWords(e.ArrivedAt - e.At)} after it was.");
        }

        if (e.ClockSkewSeconds is { } skew)
        {
            yield return new Oddity(
                "clock-skewed",
                $"The charger's clock is {ClockSkew.InWords(TimeSpan.FromSeconds(Math.Abs((long)skew)))} "
                + $"{(skew > 0 ? "ahead of" : "behind")} ours. Its own times are shown as it gave them, with those of "
                + "arrival.");
        }
        else if (e.At - e.ArrivedAt > Ahead)
        {
            yield return new Oddity(
                "start-in-the-future",
                $"The charger says {e.At:O}, {ClockSkew.InWords(e.At - e.ArrivedAt)} after it said so.");
        }
    }
}
