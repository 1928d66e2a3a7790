using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.Certificates;
using Moovolt.ReadModel.ChargePoints;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/certificates: which roots a charger trusts, what it asked to be signed, and which
/// certificates it was given as its own.
/// </summary>
internal static class GetCertificates
{
    // The whitepaper has old certificates overlap with new ones for a month (A02.FR.10).
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <param name="Installed">
    /// What it said to have, when it was last asked (get-installed-certificates), and what it took since.
    /// </param>
    /// <param name="ReadAt">When it was last asked, by use; null for one that was never asked about.</param>
    /// <param name="Requests">What it asked to be signed, the latest first; 100 at most.</param>
    /// <param name="Issued">What it was given as its own, the latest first; 100 at most.</param>
    internal sealed record Resource(
        ImmutableArray<InstalledCertificateRow> Installed,
        Reading ReadAt,
        ImmutableArray<SigningRequest> Requests,
        ImmutableArray<Issue> Issued);

    internal sealed record Reading(DateTimeOffset? CsmsRoot, DateTimeOffset? ManufacturerRoot);

    /// <param name="CsrHash">SHA-256 of the request in DER.</param>
    /// <param name="Csr">The request, in PEM (PKCS #10).</param>
    /// <param name="State">requested, sent, accepted, rejected or failed.</param>
    /// <param name="Why">Why it was not signed, or not taken.</param>
    internal sealed record SigningRequest(
        string CsrHash, string Csr, string State, string? Why, DateTimeOffset At, DateTimeOffset ChangedAt);

    /// <param name="Fingerprint">SHA-256 of the certificate in DER.</param>
    /// <param name="State">sent, accepted, rejected or failed.</param>
    /// <param name="Warning">In plain words, when it is about to end and the charger has no other; else null.</param>
    internal sealed record Issue(
        string CsrHash,
        string SerialNumber,
        string Subject,
        string Issuer,
        DateTimeOffset NotBefore,
        DateTimeOffset NotAfter,
        string Fingerprint,
        string State,
        string? Warning);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/certificates", Handle)
            .WithName(nameof(GetCertificates))
            .WithSummary("Which root certificates a charger trusts, and what it asked to be signed")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Resource>, Problem>> Handle(
        string id,
        ChargePointTable chargePoints,
        CertificateTable table,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var readAt = await table.ReadAtAsync(known, cancellation);
        var issued = await table.IssuedAsync(known, cancellation);
        return TypedResults.Ok(new Resource(
            [.. await table.InstalledAsync(known, cancellation)],
            new Reading(At("csmsRoot"), At("manufacturerRoot")),
            [.. (await table.RequestsAsync(known, cancellation)).Select(row =>
                new SigningRequest(row.CsrHash, row.Csr, row.State, row.Why, row.At, row.ChangedAt))],
            [.. issued.Select(row => new Issue(
                row.CsrHash, row.SerialNumber, row.Subject, row.Issuer, row.NotBefore, row.NotAfter, row.Fingerprint,
                row.State, Warning(row, issued, clock.GetUtcNow())))]));

        DateTimeOffset? At(string use) => readAt.TryGetValue(use, out var at) ? at : null;
    }

    private static string? Warning(IssuedCertificateRow row, List<IssuedCertificateRow> all, DateTimeOffset now)
    {
        if (row.State != "accepted" || row.NotAfter - now > Soon) return null;
        if (all.Any(other => other.State == "accepted" && other.NotAfter > row.NotAfter)) return null;
        const string next = "commands/trigger with signCertificate has the charger ask for the next one.";
        return row.NotAfter <= now
            ? $"It has ended, and the charger has no other. {next}"
            : $"It ends within {Soon.TotalDays} days, and the charger has no other. {next}";
    }
}
