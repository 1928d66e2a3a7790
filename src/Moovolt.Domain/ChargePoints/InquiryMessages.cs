using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// What a charger asks and only somebody outside can answer: an authority, a provider of contracts, a register. The
/// gateway has it answered (a moment, or not at all), and what came of it is recorded before the charger hears it.
/// </summary>
public abstract record Inquiry;

/// <summary>A car wants its contract certificate, or a new one in place of it (ISO 15118; OCPP 2.0.1, M01 and M02).</summary>
/// <param name="SchemaVersion">Of the car's message.</param>
/// <param name="Update">Whether it has one.</param>
/// <param name="ExiRequest">The car's message, in base64, as it came: nobody here reads it.</param>
/// <param name="LongestResponse">Characters that the answer may have.</param>
/// <param name="MostChains">How many contracts may be installed at once; null when the charger did not say.</param>
/// <param name="Preferred">Contracts that the driver would have first.</param>
public sealed record ContractCertificateInquiry(
    string SchemaVersion,
    bool Update,
    string ExiRequest,
    int LongestResponse,
    int? MostChains = null,
    ImmutableArray<string> Preferred = default) : Inquiry;

/// <summary>Are these certificates still good (OCPP 2.0.1, M06; 2.1, M07)?</summary>
public sealed record CertificateStatusInquiry(ImmutableArray<CertificateName> Certificates) : Inquiry;

/// <summary>Is the contract certificate of a token good (OCPP 2.0.1, C07)?</summary>
/// <param name="Chain">PEM, the contract's own first; null when the charger has checked the chain itself.</param>
/// <param name="Certificates">Those of the chain whose status is asked for.</param>
public sealed record ContractInquiry(string? Chain, ImmutableArray<CertificateName> Certificates) : Inquiry;

/// <summary>Is this the number of a company for value added tax (OCPP 2.1, C23)?</summary>
public sealed record VatInquiry(string Number) : Inquiry;

/// <summary>What was answered to an <see cref="Inquiry"/>.</summary>
/// <param name="By">Who answered, in a word for operators.</param>
public abstract record Finding(string By);

/// <param name="ExiResponse">The answer to the car, in base64, as it came.</param>
/// <param name="RemainingContracts">How many more there are; null when nobody said.</param>
public sealed record ContractCertificateFound(string By, string ExiResponse, int? RemainingContracts) : Finding(By);

public sealed record CertificateStatusesFound(string By, ImmutableArray<CertificateStanding> Certificates) : Finding(By);

public sealed record ContractFound(string By, ContractStatus Status) : Finding(By);

/// <param name="Company">Whose number it is; null when nobody knows.</param>
/// <param name="Note">What was checked, in a sentence.</param>
public sealed record VatFound(string By, bool Valid, VatCompany? Company, string Note) : Finding(By);

/// <summary>There is nobody to ask, or no answer that can be used.</summary>
/// <param name="Code">Stable, at most 20 characters.</param>
/// <param name="Why">A sentence.</param>
public sealed record NothingFound(string By, string Code, string Why) : Finding(By);

/// <summary>How a certificate is (RFC 6960, 4.2.1).</summary>
public enum CertificateState
{
    Good = 0,
    Revoked = 1,

    /// <summary>Whoever was asked does not know it.</summary>
    Unknown = 2,

    /// <summary>Nobody could be asked.</summary>
    Failed = 3,
}

/// <summary>How one certificate is.</summary>
/// <param name="NextUpdate">When there may be news; null when nobody said.</param>
/// <param name="OcspResponse">What the responder answered, DER in base64; null when none did.</param>
public sealed record CertificateStanding(
    CertificateName Name, CertificateState State, DateTimeOffset? NextUpdate, string? OcspResponse);

/// <summary>How the certificate of a contract is; the words are OCPP's.</summary>
public enum ContractStatus
{
    Accepted = 0,
    SignatureError = 1,
    CertificateExpired = 2,
    CertificateRevoked = 3,
    NoCertificateAvailable = 4,
    CertChainError = 5,
    ContractCancelled = 6,
}

/// <summary>A company, as a register has it.</summary>
public sealed record VatCompany(
    string Name, string Address, string City, string Country, string? MoreAddress = null, string? PostalCode = null);

/// <summary>What was asked of somebody outside.</summary>
public enum InquiryKind
{
    ContractCertificate = 0,
    CertificateStatus = 1,
    CertificateChainStatus = 2,
    Contract = 3,
    VatNumber = 4,
}

/// <summary>What came of an inquiry is written down before the charger hears it. It holds no certificate and no key.</summary>
/// <param name="Subject">What was asked about, at most <see cref="Inquiries.LongestText"/> characters.</param>
/// <param name="Status">What the charger is answered, in OCPP's word.</param>
/// <param name="By">Who answered.</param>
/// <param name="Detail">Why, in a sentence; null when the status says it all.</param>
[Sent("cp-record-inquiry"), DataContract]
public sealed record RecordInquiry(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] InquiryKind Kind,
    [property: DataMember(Order = 4)] string Subject,
    [property: DataMember(Order = 5)] string Status,
    [property: DataMember(Order = 6)] string By,
    [property: DataMember(Order = 7)] string? Detail,
    [property: DataMember(Order = 8)] DateTimeOffset At) : ChargePointCommand;

[Journaled("cp-inquiry-answered"), DataContract]
public sealed record InquiryAnswered(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] InquiryKind Kind,
    [property: DataMember(Order = 3)] string Subject,
    [property: DataMember(Order = 4)] string Status,
    [property: DataMember(Order = 5)] string By,
    [property: DataMember(Order = 6)] string? Detail,
    [property: DataMember(Order = 7)] DateTimeOffset At) : ChargePointEvent;

/// <summary>An inquiry that was recorded.</summary>
/// <param name="Key">Of what was asked and answered.</param>
[DataContract]
public readonly record struct HeardInquiry(
    [property: DataMember(Order = 1)] ulong Key,
    [property: DataMember(Order = 2)] DateTimeOffset At);
