using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>What chargers ask to be signed. Who signs is not known here.</summary>
internal static class Certificates
{
    /// <summary>How many requests are told apart from their repeats.</summary>
    private const int Remembered = 16;

    // Who has its certificate and asks for the same again has lost it; who asks all the time is not heard.
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    public static Decision Request(ChargePoint state, RequestCertificate c) =>
        Known(state, c.CsrHash) is { } known && !(known.DeliveredAt + Again <= c.At)
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), new CertificateRequested(c.Id, c.CsrHash, c.Csr, c.At));

    public static Decision Refuse(ChargePoint state, RefuseCertificate c) =>
        Known(state, c.CsrHash) is { DeliveredAt: null }
            ? new(new Reply.Accepted(), new CertificateRefused(c.Id, c.CsrHash, c.Why, c.At))
            : new(new Reply.Repeated());

    public static ImmutableArray<KnownCsr> Apply(ImmutableArray<KnownCsr> asked, CertificateRequested e)
    {
        var others = asked.RemoveAll(known => known.Hash == e.CsrHash);
        return (others.Length < Remembered ? others : others.RemoveAt(0)).Add(new KnownCsr(e.CsrHash, e.At));
    }

    // Refused: the charger may ask for the same once more.
    public static ImmutableArray<KnownCsr> Apply(ImmutableArray<KnownCsr> asked, CertificateRefused e) =>
        asked.RemoveAll(known => known.Hash == e.CsrHash);

    /// <summary>
    /// The charger took its certificate; or it did not, or nobody knows: then it may ask for the same once more, and
    /// whoever signs gives it the one that there is.
    /// </summary>
    public static ChargePoint Came(ChargePoint state, string requestId, RequestState how, DateTimeOffset at)
    {
        if (state.CertificatesAsked.IsEmpty
            || state.Asked.FirstOrDefault(known => known.RequestId == requestId)?.Request is not SendCertificate sent
            || Known(state, sent.CsrHash) is not { } csr)
        {
            return state;
        }

        var asked = how == RequestState.Accepted
            ? state.CertificatesAsked.Replace(csr, csr with { DeliveredAt = at })
            : state.CertificatesAsked.Remove(csr);
        return state with { CertificatesAsked = asked };
    }

    private static KnownCsr? Known(ChargePoint state, string hash) =>
        state.CertificatesAsked.FirstOrDefault(known => known.Hash == hash);
}
