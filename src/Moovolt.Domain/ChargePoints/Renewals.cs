namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// A charger whose certificate has expired is let in where its operator said so, to get another one: its boot is answered
/// Pending, and it is asked at once to have a new one signed (OCPP 2.0.1, A00.FR.429, A02). All else waits until it comes
/// with a certificate that is good.
/// </summary>
internal static class Renewals
{
    private const int Patience = 30; // seconds

    /// <summary>Whether it comes with a certificate that has expired, and nobody lets it in so (any more).</summary>
    public static bool AreOver(ChargePoint state, OpenSession c) =>
        c.CertificateExpiredAt is not null && state.Registered is { AcceptExpired: false };

    /// <summary>
    /// What a boot leads to, said for the first time or again: the certificate that is there for it already, or that it is
    /// asked to have one signed. Nothing while that is under way.
    /// </summary>
    public static Decision Begin(ChargePoint state, ReportBoot c, Decision decision)
    {
        var booted = decision.Events.Aggregate(state, ChargePoint.Apply);
        if (booted is not { IsRenewing: true, Registration: Registration.Pending, Session: { } session }) return decision;
        if (booted.CertificatesAsked.Any(csr => csr.At >= session.At) || IsAsked(booted)) return decision;

        var (sent, calls) = Requests.SendQueued(booted, c.Id, session.Epoch, c.At, request => request is SendCertificate);
        return sent.IsEmpty
            ? FollowUps.Ask(
                state, decision, c.Id, FollowUps.Id(c.Id, $"renewal {session.Epoch} {c.At.ToUnixTimeMilliseconds()}"),
                new Trigger(TriggeredMessage.SignCertificate, null), Patience, c.At)
            : decision with { Events = [.. decision.Events, .. sent], Deliveries = [.. decision.Deliveries, .. calls] };
    }

    private static bool IsAsked(ChargePoint state) => state.Asked.Any(
        known => known is { IsUnderWay: true, Request: Trigger { What: TriggeredMessage.SignCertificate } });
}
