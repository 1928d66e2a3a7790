using System.Collections.Immutable;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>What operators say of a charge point. What they change closes a session that was not made with it.</summary>
internal static class Registrations
{
    public static Decision Register(ChargePoint state, RegisterChargePoint c)
    {
        if (c.SeenAt is { } seen && state.Registered?.At != seen)
            return new(new Reply.Refused($"{c.Id} was changed since you read it. Read it again.", Changed: true));

        c = Over(state.Registered, c);
        var registered = new ChargePointRegistered(
            c.Id, c.DisplayName, c.SecurityProfile, c.CredentialVersion, c.Registration, c.UnknownTokens, c.RequestedBy, c.At,
            c.Strict, c.QuirkProfile, c.CertificateName, c.TimeZone, c.AcceptExpired);
        var lowered = SecurityProfiles.Registered(state, c);

        var same = !state.Retired && state.Registered is { } r && r with { At = c.At, RequestedBy = c.RequestedBy } == registered;
        if (same && lowered.IsEmpty) return new(Standing(c, state.Registered!, new Reply.Repeated())); // or it were not the same

        var otherKey = state.Session is { } session
            && (session.CredentialVersion != c.CredentialVersion || c.Registration == Registration.Rejected
                || (state.IsRenewing && !c.AcceptExpired));
        return new(Standing(c, registered, new Reply.Accepted()), [registered, .. lowered])
        {
            Deliveries = otherKey ? Shut(state, SessionEnd.CredentialChanged) : Tell(state, c),
        };
    }

    public static Decision Retire(ChargePoint state, RetireChargePoint c)
    {
        if (state.Registered is null && state.LastEpoch == 0)
            return new(new Reply.Refused($"There is no charge point {c.Id}.", NotFound: true));

        return state.Retired
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), new ChargePointRetired(c.Id, c.RequestedBy, c.At))
            {
                Deliveries = Shut(state, SessionEnd.Retired),
            };
    }

    // What was not said stays: the charge point itself knows how it is, whatever tables showed to whoever asks.
    private static RegisterChargePoint Over(ChargePointRegistered? before, RegisterChargePoint c) => c with
    {
        DisplayName = c.Says(RegistrationMembers.DisplayName) ? c.DisplayName : before?.DisplayName,
        Registration = c.Says(RegistrationMembers.Registration)
            ? c.Registration : before?.Registration ?? Registration.Accepted,
        UnknownTokens = c.Says(RegistrationMembers.UnknownTokens)
            ? c.UnknownTokens : before?.UnknownTokens ?? UnknownTokens.Refuse,
        Strict = c.Says(RegistrationMembers.Strict) ? c.Strict : before?.Strict ?? false,
        QuirkProfile = c.Says(RegistrationMembers.QuirkProfile) ? c.QuirkProfile : before?.QuirkProfile,
        TimeZone = c.Says(RegistrationMembers.TimeZone) ? c.TimeZone : before?.TimeZone,
        AcceptExpired = c.Says(RegistrationMembers.AcceptExpired) ? c.AcceptExpired : before?.AcceptExpired ?? false,
    };

    // Members of the release before ask without saying what they say, and take a mere yes.
    private static Reply Standing(RegisterChargePoint c, ChargePointRegistered registered, Reply yes) =>
        c.Said is null ? yes : new RegistrationStanding(registered);

    // How a charger is heard is no reason to close its socket: some take minutes to come back.
    private static ImmutableArray<Delivery> Tell(ChargePoint state, RegisterChargePoint c)
    {
        var before = state.Registered;
        var heardSo = (before?.Strict ?? false, before?.QuirkProfile, before?.TimeZone);
        return state.Session is { } session && heardSo != (c.Strict, c.QuirkProfile, c.TimeZone)
            ? [new HearSo(session.Epoch, c.Strict, c.QuirkProfile, c.TimeZone)]
            : [];
    }

    private static ImmutableArray<Delivery> Shut(ChargePoint state, string reason) =>
        state.Session is { } session ? [new CloseSocket(session.Epoch, reason)] : [];
}
