using Moovolt.Domain;

namespace Moovolt.ReadModel.Certificates;

/// <summary>A certificate that a charger asked for.</summary>
/// <param name="CsrHash">SHA-256 of the request, in lower-case hex.</param>
/// <param name="State">requested, sent, accepted, rejected or failed.</param>
/// <param name="Why">In plain words, when it went wrong.</param>
/// <param name="At">When it was asked for first.</param>
/// <param name="ChangedAt">When its state became so; of one that is requested: when it was asked for last.</param>
public sealed record CertificateRequestRow(
    ChargePointId ChargePoint, string CsrHash, string Csr, string State, string? Why, DateTimeOffset At, DateTimeOffset ChangedAt);

/// <summary>A certificate that was sent to a charger as its own.</summary>
/// <param name="Fingerprint">SHA-256 of it in DER, in lower-case hex.</param>
/// <param name="CsrHash">Which request it answers.</param>
/// <param name="State">sent, accepted, rejected or failed.</param>
/// <param name="At">When it was sent first.</param>
public sealed record IssuedCertificateRow(
    string Fingerprint,
    string CsrHash,
    string SerialNumber,
    string Subject,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string State,
    DateTimeOffset At);

/// <summary>A root that a charger took, or says to have installed. Named as OCPP does, by hashes in hex (RFC 6960, 4.1.1).</summary>
/// <param name="Use">csmsRoot or manufacturerRoot.</param>
public sealed record InstalledCertificateRow(
    string Use, string HashAlgorithm, string IssuerNameHash, string IssuerKeyHash, string SerialNumber, DateTimeOffset ReadAt);
