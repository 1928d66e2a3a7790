using System.Text.Json;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Node.Inquiries;

/// <summary>
/// Whether a number is a company's: by the register that was set (JSON, described in hocon/inquiries.conf), or else by its
/// form only, and the answer says so.
/// </summary>
internal sealed class CompanyRegister(ProviderClient? provider)
{
    private static readonly JsonSerializerOptions Words = new(JsonSerializerDefaults.Web);

    public async Task<Finding> FindAsync(VatInquiry inquiry, CancellationToken cancellation)
    {
        if (provider is null)
        {
            return VatNumbers.IsWellFormed(inquiry.Number)
                ? new VatFound("moovolt", true, null, "Only the form of the number was checked, in no register.")
                : new VatFound("moovolt", false, null, "The number has not the form of one.");
        }

        var (body, whyNot) = await provider.PostAsync(
            JsonSerializer.SerializeToUtf8Bytes(new { vatNumber = inquiry.Number }, Words), "application/json", cancellation);
        if (body is null) return new NothingFound(provider.Name, "ProviderError", whyNot ?? "There was no answer.");
        try
        {
            return JsonSerializer.Deserialize<Answer>(body, Words) is { Valid: { } valid } answer
                ? new VatFound(provider.Name, valid, answer.Company, valid ? "The register knows it." : "The register does not know it.")
                : new NothingFound(provider.Name, "ProviderError", $"{provider.Name} answered without saying whether it is valid.");
        }
        catch (JsonException)
        {
            return new NothingFound(provider.Name, "ProviderError", $"{provider.Name} answered something that is no JSON.");
        }
    }

    private sealed record Answer(bool? Valid, VatCompany? Company);
}
