using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, C23: may a receipt bear this number of a company? What was checked is in the answer.</summary>
[OcppAction("VatNumberValidation", OcppVersion.V21)]
public sealed record VatNumberValidation(
    [MaxLength(20)] string VatNumber, [AtLeast(0)] int? EvseId = null) : IChargerCall
{
    public sealed record Response(
        [MaxLength(20)] string VatNumber,
        [OneOf("Accepted", "Rejected")] string Status,
        Address? Company = null,
        StatusInfo? StatusInfo = null,
        [AtLeast(0)] int? EvseId = null);

    public Step Handle(Arrival arrival) => new Step.Inquire(new VatInquiry(VatNumber), finding =>
    {
        var response = finding is VatFound found
            ? new Response(
                VatNumber,
                found.Valid ? "Accepted" : "Rejected",
                CompanyOf(found.Company),
                new StatusInfo(found.Valid ? "Checked" : "InvalidValue", found.Note),
                EvseId)
            : new Response(VatNumber, "Rejected", StatusInfo: Answers.WhyNothing(finding), EvseId: EvseId);
        return Answers.Record(
            arrival, InquiryKind.VatNumber, VatNumber, response.Status, finding.By, response.StatusInfo, response);
    });

    private static Address? CompanyOf(VatCompany? company) => company is null ? null : new Address(
        Cut(company.Name, 50) ?? "",
        Cut(company.Address, 100) ?? "",
        Cut(company.City, 100) ?? "",
        Cut(company.Country, 50) ?? "",
        Cut(company.MoreAddress, 100),
        Cut(company.PostalCode, 20));

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
