using System.Security.Cryptography;
using System.Text;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// What Moovolt asks of a charger by itself: commands like any other, in its own name. The ids of those that an answer
/// leads to follow from the one that they follow, so that the same answer never asks twice.
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
            decision = Ask(
                state, decision, answered.Id, Following(known.RequestId, what), wish, known.Patience, answered.At);
        }

        return decision;
    }

    /// <summary>One wish of Moovolt's own on top of what is decided already. It waits while another is under way.</summary>
    /// <param name="state">As it was before all that is decided.</param>
    /// <param name="patience">Seconds that its answer may take.</param>
    public static Decision Ask(
        ChargePoint state, Decision decision, ChargePointId id, string requestId, StationRequest wish, int patience,
        DateTimeOffset at)
    {
        var asked = Requests.Ask(
            decision.Events.Aggregate(state, ChargePoint.Apply),
            new RequestStation(id, requestId, wish, Moovolt, patience, at + MayWait, at));
        return decision with
        {
            Events = [.. decision.Events, .. asked.Events],
            Deliveries = [.. decision.Deliveries, .. asked.Deliveries],
        };
    }

    /// <summary>The id of a wish that follows none: 32 hex digits, a dash, and whose it is, in base64url.</summary>
    /// <param name="what">The same for the same wish, and for no other of that charger.</param>
    public static string Id(ChargePointId id, string what)
    {
        var whose = Convert.ToBase64String(Encoding.UTF8.GetBytes(id.Value)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{Digest($"{id} {what}")}-{whose}";
    }

    // The first part is made anew.
    private static string Following(string requestId, string what) =>
        Digest($"{requestId} {what}") + (requestId.Length > SeedLength ? requestId[SeedLength..] : "");

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..SeedLength];
}
