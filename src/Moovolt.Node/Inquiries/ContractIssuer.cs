using System.Text.Json;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Node.Inquiries;

/// <summary>
/// Passes a car's message on to whoever issues contract certificates, and the answer back. Both are opaque here: EXI, in
/// base64. The provider's side is JSON, described in hocon/inquiries.conf.
/// </summary>
internal sealed class ContractIssuer(ProviderClient provider)
{
    private static readonly JsonSerializerOptions Words = new(JsonSerializerDefaults.Web);

    public async Task<Finding> IssueAsync(ContractCertificateInquiry inquiry, CancellationToken cancellation)
    {
        var question = new Question(
            inquiry.SchemaVersion,
            inquiry.Update ? "Update" : "Install",
            inquiry.ExiRequest,
            inquiry.MostChains,
            inquiry.Preferred.IsDefaultOrEmpty ? null : [.. inquiry.Preferred]);
        var (body, whyNot) = await provider.PostAsync(
            JsonSerializer.SerializeToUtf8Bytes(question, Words), "application/json", cancellation);
        if (body is null) return new NothingFound(provider.Name, "ProviderError", whyNot ?? "There was no answer.");
        try
        {
            return JsonSerializer.Deserialize<Answer>(body, Words) is { ExiResponse: { Length: > 0 } exi } answer
                ? new ContractCertificateFound(provider.Name, exi, answer.RemainingContracts)
                : new NothingFound(provider.Name, "ProviderError", $"{provider.Name} answered without an exiResponse.");
        }
        catch (JsonException)
        {
            return new NothingFound(provider.Name, "ProviderError", $"{provider.Name} answered something that is no JSON.");
        }
    }

    private sealed record Question(
        string Iso15118SchemaVersion,
        string Action,
        string ExiRequest,
        int? MaximumContractCertificateChains,
        IReadOnlyList<string>? PrioritizedEMAIDs);

    private sealed record Answer(string? ExiResponse, int? RemainingContracts);
}
