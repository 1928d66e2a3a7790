using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// The charger asks for a certificate (security whitepaper, A02). Taken on when it can be handed to whoever signs; the
/// same request again is the same, so that nothing is signed twice.
/// </summary>
/// <param name="Csr">PEM, PKCS #10.</param>
/// <param name="CsrHash">SHA-256 of it in DER, in lower-case hex: its name.</param>
[Sent("cp-request-certificate"), DataContract]
public sealed record RequestCertificate(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] string Csr,
    [property: DataMember(Order = 4)] string CsrHash,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointCommand;

/// <summary>Whoever signs says why it does not: the charger has been told yes already, so an operator must know.</summary>
[Sent("cp-refuse-certificate"), DataContract]
public sealed record RefuseCertificate(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string CsrHash,
    [property: DataMember(Order = 3)] string Why,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand;

[Journaled("cp-certificate-requested"), DataContract]
public sealed record CertificateRequested(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string CsrHash,
    [property: DataMember(Order = 3)] string Csr,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <param name="Why">In plain words.</param>
[Journaled("cp-certificate-refused"), DataContract]
public sealed record CertificateRefused(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string CsrHash,
    [property: DataMember(Order = 3)] string Why,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>What a certificate at a charger is for.</summary>
public enum CertificateUse
{
    /// <summary>Whom it trusts to be its central system.</summary>
    CsmsRoot = 0,

    /// <summary>Whom it trusts to sign its firmware.</summary>
    ManufacturerRoot = 1,
}

/// <summary>How OCPP names a certificate (RFC 6960, 4.1.1): by hashes, in hex.</summary>
[DataContract]
public sealed record CertificateName(
    [property: DataMember(Order = 1)] string HashAlgorithm,
    [property: DataMember(Order = 2)] string IssuerNameHash,
    [property: DataMember(Order = 3)] string IssuerKeyHash,
    [property: DataMember(Order = 4)] string SerialNumber);

/// <summary>The charger is given the certificate that it asked for.</summary>
/// <param name="Chain">PEM, the charger's own first.</param>
/// <param name="CsrHash">Which request it answers.</param>
[DataContract]
public sealed record SendCertificate(
    [property: DataMember(Order = 1)] string Chain,
    [property: DataMember(Order = 2)] string CsrHash) : StationRequest
{
    public override string Verb => "send-certificate";
}

/// <param name="Certificate">PEM.</param>
[DataContract]
public sealed record InstallCertificate(
    [property: DataMember(Order = 1)] CertificateUse Use,
    [property: DataMember(Order = 2)] string Certificate) : StationRequest
{
    public override string Verb => "install-certificate";
}

[DataContract]
public sealed record DeleteCertificate([property: DataMember(Order = 1)] CertificateName Name) : StationRequest
{
    public override string Verb => "delete-certificate";
}

[DataContract]
public sealed record ListCertificates([property: DataMember(Order = 1)] CertificateUse Use) : StationRequest
{
    public override string Verb => "get-installed-certificates";
}

/// <summary>What a charger has installed for one use, all of it.</summary>
[DataContract]
public sealed record CertificatesListed(
    [property: DataMember(Order = 1)] CertificateUse Use,
    ImmutableArray<CertificateName> Names) : Outcome
{
    [DataMember(Order = 2)]
    public ImmutableArray<CertificateName> Names { get => field.IsDefault ? [] : field; init; } = Names;
}

/// <summary>A charger took a root, which it may list and be asked to delete under this name.</summary>
[DataContract]
public sealed record CertificateInstalled(
    [property: DataMember(Order = 1)] CertificateUse Use,
    [property: DataMember(Order = 2)] CertificateName Name) : Outcome;

/// <summary>A certificate is gone from the charger, or was not there.</summary>
[DataContract]
public sealed record CertificateGone([property: DataMember(Order = 1)] CertificateName Name) : Outcome;

/// <summary>A certificate that a charger asked for.</summary>
/// <param name="DeliveredAt">When the charger took it; null while it has not.</param>
[DataContract]
public sealed record KnownCsr(
    [property: DataMember(Order = 1)] string Hash,
    [property: DataMember(Order = 2)] DateTimeOffset At,
    [property: DataMember(Order = 3)] DateTimeOffset? DeliveredAt = null);
