using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// The ratchet: who has once connected at a higher security profile is not let in at a lower one again (OCPP 1.6
/// security whitepaper, A05.FR.09). It rises by itself, and is lowered by an operator only.
/// </summary>
public static class SecurityProfiles
{
    /// <summary>From here on there is something to lose: profiles 0 and 1 are both without TLS.</summary>
    public const int Lowest = 2;

    /// <summary>
    /// Why a charger may not be told to go to this profile: lowering is never done by OCPP (whitepaper, A00.FR.005).
    /// Null when it may.
    /// </summary>
    /// <param name="profile">What it would be told; null when it would be told nothing of it.</param>
    public static string? WhyNot(ChargePoint state, int? profile)
    {
        var standing = Standing(state);
        return profile < standing
            ? $"It is at security profile {standing}, and is not lowered by OCPP (security whitepaper, A00.FR.005). "
                + "Change it at the charger itself, and say so with PUT /charge-points/{id}."
            : null;
    }

    /// <summary>Whether a session at this profile is too low. Sessions of older nodes do not say theirs.</summary>
    internal static bool IsTooLow(ChargePoint state, OpenSession c) => c.SecurityProfile < state.LowestProfile;

    /// <summary>
    /// What a session that begins makes of the ratchet: nothing, most of the time. Whoever was let in with a certificate
    /// that has expired has not shown that it can come so again.
    /// </summary>
    internal static IEnumerable<ChargePointEvent> Opened(ChargePoint state, OpenSession c)
    {
        if (c is { SecurityProfile: { } profile and >= Lowest, CertificateExpiredAt: null } && profile > state.LowestProfile)
            yield return new SecurityProfileRaised(c.Id, profile, c.At);
    }

    /// <summary>What an operator's word makes of the ratchet.</summary>
    internal static ImmutableArray<ChargePointEvent> Registered(ChargePoint state, RegisterChargePoint c) =>
        c.LowestProfile < state.LowestProfile
            ? [new SecurityProfileLowered(c.Id, state.LowestProfile, c.LowestProfile.Value, c.RequestedBy, c.At)]
            : [];

    private static int Standing(ChargePoint state) => Math.Max(
        Math.Max(state.LowestProfile, state.Registered?.SecurityProfile ?? 0), state.Session?.SecurityProfile ?? 0);
}
