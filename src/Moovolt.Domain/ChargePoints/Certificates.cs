using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>What chargers ask to be signed. Who signs is not known here.</summary>
internal static class Certificates
{
    /// <summary>How many requests are told apart from their repeats.</summary>
    private const int Remembered = 16;

    public static Decision Request(ChargePoint state, RequestCertificate c) =>
        state.CertificatesAsked.Any(known => known.Hash == c.CsrHash)
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), new CertificateRequested(c.Id, c.CsrHash, c.Csr, c.At));

    public static Decision Refuse(ChargePoint state, RefuseCertificate c) =>
        state.CertificatesAsked.Any(known => known.Hash == c.CsrHash)
            ? new(new Reply.Accepted(), new CertificateRefused(c.Id, c.CsrHash, c.Why, c.At))
            : new(new Reply.Repeated());

    public static ImmutableArray<KnownCsr> Apply(ImmutableArray<KnownCsr> asked, CertificateRequested e) =>
        (asked.Length < Remembered ? asked : asked.RemoveAt(0)).Add(new KnownCsr(e.CsrHash, e.At));

    // Refused: the charger may ask for the same once more.
    public static ImmutableArray<KnownCsr> Apply(ImmutableArray<KnownCsr> asked, CertificateRefused e) =>
        asked.RemoveAll(known => known.Hash == e.CsrHash);
}
