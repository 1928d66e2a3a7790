using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>What operators say of a charge point. What they change closes a session that was not made with it.</summary>
internal static class Registrations
{
    public static Decision Register(ChargePoint state, RegisterChargePoint c)
    {
        var registered = new ChargePointRegistered(
            c.Id, c.DisplayName, c.SecurityProfile, c.CredentialVersion, c.Registration, c.UnknownTokens, c.RequestedBy, c.At,
            c.Strict, c.QuirkProfile, c.CertificateName, c.TimeZone);
        var lowered = SecurityProfiles.Registered(state, c);

        var same = !state.Retired && state.Registered is { } r && r with { At = c.At, RequestedBy = c.RequestedBy } == registered;
        if (same && lowered.IsEmpty) return new(new Reply.Repeated());

        var otherKey = state.Session is { } session
            && (session.CredentialVersion != c.CredentialVersion || c.Registration == Registration.Rejected);
        return new(new Reply.Accepted(), [registered, .. lowered])
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
