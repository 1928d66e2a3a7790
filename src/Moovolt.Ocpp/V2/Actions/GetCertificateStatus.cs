using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, M06: is this certificate still good? "Accepted" says that a responder answered; what it said is in its
/// answer. The address that the charger names is not asked: it is a stranger's.
/// </summary>
[OcppAction("GetCertificateStatus", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetCertificateStatus(OcspRequestData OcspRequestData) : IChargerCall
{
    private const int Longest201 = 5500;
    private const int Longest21 = 18000;

    public sealed record Response(
        [OneOf("Accepted", "Failed")] string Status,
        StatusInfo? StatusInfo = null,
        [MaxLength(Longest201), MaxLength(Longest21, Since = OcppVersion.V21)] string? OcspResult = null);

    public Step Handle(Arrival arrival)
    {
        var name = Certificates.NameOf(OcspRequestData);
        var longest = arrival.Version < OcppVersion.V21 ? Longest201 : Longest21;
        return new Step.Inquire(new CertificateStatusInquiry([name]), finding =>
        {
            var response = ResponseOf(finding, longest);
            return Answers.Record(
                arrival, InquiryKind.CertificateStatus, name.SerialNumber, response.Status, finding.By,
                response.StatusInfo ?? Seen(finding), response);
        });
    }

    private static Response ResponseOf(Finding finding, int longest) => finding switch
    {
        CertificateStatusesFound { Certificates: [{ OcspResponse: { } answer }, ..] } when answer.Length > longest =>
            new Response("Failed", new StatusInfo("TooLong", $"The responder's answer is longer than {longest} characters.")),
        CertificateStatusesFound { Certificates: [{ OcspResponse: { } answer }, ..] } =>
            new Response("Accepted", OcspResult: answer),
        CertificateStatusesFound => new Response(
            "Failed", new StatusInfo("NotFound", "Nobody here can say how a certificate of that issuer is.")),
        _ => new Response("Failed", Answers.WhyNothing(finding)),
    };

    // For the record: the charger reads it in the responder's own words.
    private static StatusInfo? Seen(Finding finding) => finding is CertificateStatusesFound { Certificates: [var one, ..] }
        ? new StatusInfo("Seen", $"The certificate is {one.State}.")
        : null;
}
