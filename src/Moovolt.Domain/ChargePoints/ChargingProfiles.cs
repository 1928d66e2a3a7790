using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Which charging profiles a charger holds, as far as Moovolt has seen it take them: what replaces what (OCPP 1.6,
/// 3.13.2 and 5.16), and which end with their transaction. They outlive a restart of the charger (errata 3.37).
/// </summary>
internal static class ChargingProfiles
{
    /// <summary>So many are remembered of one charger; no more are asked for, and beyond it the oldest goes.</summary>
    public const int Most = 100;

    /// <summary>Adds to a decision what its events mean for the profiles.</summary>
    public static Decision Follow(ChargePoint state, Decision decision)
    {
        if (!Concerns(state, decision.Events)) return decision;

        var events = ImmutableArray.CreateBuilder<ChargePointEvent>();
        foreach (var @event in decision.Events)
        {
            events.Add(@event);
            state = ChargePoint.Apply(state, @event);
            if (Next(state, @event) is not { } next) continue;
            events.Add(next);
            state = ChargePoint.Apply(state, next);
        }

        return decision with { Events = events.ToImmutable() };
    }

    public static ImmutableArray<InstalledProfile> Apply(
        ImmutableArray<InstalledProfile> profiles, ChargingProfileInstalled e) =>
        profiles.RemoveAll(known => e.Replaced.Contains(known.Profile.Id)).Add(e.Installed);

    public static ImmutableArray<InstalledProfile> Apply(
        ImmutableArray<InstalledProfile> profiles, ChargingProfilesEnded e) =>
        profiles.RemoveAll(known => e.ProfileIds.Contains(known.Profile.Id));

    /// <summary>The profile with an id of ours, if it has none: one above those that are known to be in use.</summary>
    public static ChargingProfile Number(ChargePoint state, ChargingProfile profile)
    {
        if (profile.Id != ChargingProfile.Unnumbered) return profile;

        var used = state.Profiles.Select(known => known.Profile.Id)
            .Concat(state.Asked.Select(asked => IdIn(asked.Request)))
            .ToHashSet();
        var next = used.Append(0).Max() is var highest && highest < int.MaxValue
            ? highest + 1
            : Enumerable.Range(1, used.Count + 1).First(id => !used.Contains(id));
        return profile with { Id = next };
    }

    /// <summary>Whether it takes the other's place: the same id, or purpose and level on the same connector.</summary>
    public static bool Replaces(ConnectorId connector, ChargingProfile profile, InstalledProfile known) =>
        known.Profile.Id == profile.Id
        || (known.Profile.Purpose == profile.Purpose
            && known.Profile.StackLevel == profile.StackLevel
            && known.Connector == connector);

    // Most decisions have nothing to do with profiles, and most chargers have none.
    private static bool Concerns(ChargePoint state, ImmutableArray<ChargePointEvent> events)
    {
        foreach (var @event in events)
        {
            if (@event is StationAnswered { Answer.Outcome: ProfileAccepted or ProfilesCleared }) return true;
            if (state.Profiles.IsEmpty) continue;
            if (@event is TransactionNumbered or TransactionOpenNoted or TransactionOverNoted or StationRequestSettled)
                return true;
        }

        return false;
    }

    private static ChargePointEvent? Next(ChargePoint state, ChargePointEvent @event) => @event switch
    {
        StationAnswered { Answer.Outcome: ProfileAccepted taken } e => Install(state, e, taken),
        StationAnswered { Answer.Outcome: ProfilesCleared cleared } e =>
            End(state, e, "cleared", known => Fits(cleared, known)),
        TransactionNumbered e => Bind(state, e, $"{e.Start.Number}", e.Connector, e.Token),
        TransactionOpenNoted e => Bind(state, e, e.LocalId, e.Connector, e.Token),
        TransactionOverNoted e => End(
            state, e, "transaction-over", known => known.Profile.Transaction == e.LocalId && IsOfTransaction(known)),
        StationRequestSettled { State: RequestState.NoEffect } e => End(
            state, e, "no-transaction", known => known.AwaitedToken is not null && known.RequestId == e.RequestId),
        _ => null,
    };

    private static ChargingProfileInstalled Install(ChargePoint state, StationAnswered e, ProfileAccepted taken)
    {
        var installed = new InstalledProfile(taken.Connector, taken.Profile, e.RequestId, taken.ForToken, e.At);

        // The start may have come before the answer, and one that names no transaction is for the one that is open.
        var since = state.Asked.FirstOrDefault(asked => asked.RequestId == e.RequestId)?.SentAt;
        var open = state.Open.LastOrDefault(open => Awaits(installed, open.Connector, open.Token)
            && (taken.ForToken is null || open.At >= since));
        return Installed(state, e, open is null ? installed : Bound(installed, open.LocalId, open.Connector));
    }

    private static ChargingProfileInstalled? Bind(
        ChargePoint state, ChargePointEvent e, string localId, ConnectorId connector, string token) =>
        state.Profiles.FirstOrDefault(known => Awaits(known, connector, token)) is { } waiting
            ? Installed(state, e, Bound(waiting, localId, connector))
            : null;

    private static bool Awaits(InstalledProfile profile, ConnectorId connector, string token) =>
        IsOfTransaction(profile)
        && profile.Profile.Transaction is null
        && (profile.AwaitedToken is null
            ? profile.Connector.Meets(connector)
            : string.Equals(profile.AwaitedToken, token, StringComparison.OrdinalIgnoreCase)
                && (profile.Connector == ConnectorId.ChargePoint || profile.Connector.Meets(connector)));

    private static InstalledProfile Bound(InstalledProfile profile, string localId, ConnectorId connector) =>
        profile with
        {
            Connector = connector,
            AwaitedToken = null,
            Profile = profile.Profile with { Transaction = localId },
        };

    private static ChargingProfileInstalled Installed(ChargePoint state, ChargePointEvent e, InstalledProfile installed)
    {
        var replaced = state.Profiles
            .Where(known => Replaces(installed.Connector, installed.Profile, known))
            .ToImmutableArray();
        var tooMany = state.Profiles.Length - replaced.Length + 1 - Most;
        return new ChargingProfileInstalled(
            e.Id,
            installed,
            [.. replaced.Concat(state.Profiles.Except(replaced).Take(tooMany)).Select(known => known.Profile.Id)],
            e.At);
    }

    private static ChargingProfilesEnded? End(
        ChargePoint state, ChargePointEvent e, string why, Func<InstalledProfile, bool> isOver)
    {
        var over = state.Profiles.Where(isOver).Select(known => known.Profile.Id).ToImmutableArray();
        return over.IsEmpty ? null : new ChargingProfilesEnded(e.Id, over, why, e.At);
    }

    private static bool Fits(ProfilesCleared cleared, InstalledProfile known) =>
        (cleared.ProfileId is not { } id || id == known.Profile.Id)
        && (cleared.Connector is not { } connector || connector == known.Connector)
        && (cleared.Purpose is not { } purpose || purpose == known.Profile.Purpose)
        && (cleared.StackLevel is not { } level || level == known.Profile.StackLevel);

    private static bool IsOfTransaction(InstalledProfile profile) =>
        profile.Profile.Purpose == ProfilePurpose.Transaction;

    private static int IdIn(StationRequest request) => request switch
    {
        SetChargingProfile set => set.Profile.Id,
        StartCharging { Profile: { } profile } => profile.Id,
        _ => ChargingProfile.Unnumbered,
    };
}
