using System.Security.Cryptography;
using System.Text;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// What Moovolt asks of a charger by itself, because of an answer: commands like any other, in its own name. Their ids
/// follow from the one that they follow, so that the same answer never asks twice.
/// </summary>
internal static class FollowUps
{
    /// <summary>Who asks, where an operator's name would be.</summary>
    public const string Moovolt = "moovolt";

    private const int SeedLength = 32;

    private static readonly TimeSpan MayWait = TimeSpan.FromHours(1);

    public static Decision Add(ChargePoint state, TrackedRequest known, StationAnswered answered, Decision decision)
    {
        var wishes = known.Request.Then(ChargePoint.Apply(state, answered), answered.Answer);
        foreach (var (n, wish) in wishes.Index())
        {
            var what = n == 0 ? wish.Verb : $"{wish.Verb} {n}"; // several may have one verb
            var asked = Requests.Ask(
                decision.Events.Aggregate(state, ChargePoint.Apply),
                new RequestStation(
                    answered.Id, Following(known.RequestId, what), wish, Moovolt, known.Patience, answered.At
                        + MayWait, answered.At));
            decision = decision with
            {
                Events = [.. decision.Events, .. asked.Events],
                Deliveries = [.. decision.Deliveries, .. asked.Deliveries],
            };
        }

        return decision;
    }

    // An id is 32 hex digits, a dash, and whose it is: the first part is made anew.
    private static string Following(string requestId, string what)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{requestId} {what}")));
        return digest[..SeedLength] + (requestId.Length > SeedLength ? requestId[SeedLength..] : "");
    }
}
