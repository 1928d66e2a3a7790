using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, M01 and M02: a car wants its contract certificate. Its message goes to whoever issues contracts, and the
/// answer goes back, both unread.
/// </summary>
[OcppAction("Get15118EVCertificate", OcppVersion.V201, OcppVersion.V21)]
public sealed record Get15118EVCertificate(
    [MaxLength(50)] string Iso15118SchemaVersion,
    [OneOf("Install", "Update")] string Action,
    [MaxLength(5600), MaxLength(11000, Since = OcppVersion.V21)] string ExiRequest,
    [Since(OcppVersion.V21), AtLeast(0)] int? MaximumContractCertificateChains = null,
    [Since(OcppVersion.V21), MinItems(1), MaxItems(8), MaxLength(255)] ImmutableArray<string>? PrioritizedEMAIDs = null)
    : IChargerCall
{
    private const int Longest201 = 5600;
    private const int Longest21 = 17000;

    public sealed record Response(
        [OneOf("Accepted", "Failed")] string Status,
        [MaxLength(Longest201), MaxLength(Longest21, Since = OcppVersion.V21)] string ExiResponse,
        StatusInfo? StatusInfo = null,
        [Since(OcppVersion.V21), AtLeast(0)] int? RemainingContracts = null);

    public Step Handle(Arrival arrival)
    {
        var longest = arrival.Version < OcppVersion.V21 ? Longest201 : Longest21;
        var inquiry = new ContractCertificateInquiry(
            Iso15118SchemaVersion,
            Action == "Update",
            ExiRequest,
            longest,
            MaximumContractCertificateChains,
            PrioritizedEMAIDs ?? []);
        return new Step.Inquire(inquiry, finding =>
        {
            var response = ResponseOf(finding, longest);
            return Answers.Record(
                arrival, InquiryKind.ContractCertificate, $"{Action} ({Iso15118SchemaVersion})", response.Status, finding.By,
                response.StatusInfo, response);
        });
    }

    private static Response ResponseOf(Finding finding, int longest) => finding switch
    {
        ContractCertificateFound found when found.ExiResponse.Length > longest => new Response(
            "Failed", "", new StatusInfo("TooLong", $"The answer for the car is longer than {longest} characters.")),
        ContractCertificateFound found => new Response(
            "Accepted", found.ExiResponse, RemainingContracts: longest == Longest21 ? found.RemainingContracts : null),
        _ => new Response("Failed", "", Answers.WhyNothing(finding)),
    };
}
