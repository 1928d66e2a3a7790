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

/// <summary>GET /charge-points/{id}/certificates: which roots a charger trusts, and what it asked to be signed.</summary>
internal static class GetCertificates
{
    /// <param name="Installed">What it said to have, when it was last asked (get-installed-certificates).</param>
    /// <param name="ReadAt">When it was last asked, by use; null for one that was never asked about.</param>
    /// <param name="Requests">What it asked to be signed, the latest first; 100 at most.</param>
    internal sealed record Resource(
        ImmutableArray<InstalledCertificateRow> Installed, Reading ReadAt, ImmutableArray<SigningRequest> Requests);

    internal sealed record Reading(DateTimeOffset? CsmsRoot, DateTimeOffset? ManufacturerRoot);

    /// <param name="CsrHash">SHA-256 of the request.</param>
    /// <param name="State">requested, sent, accepted, rejected or failed.</param>
    internal sealed record SigningRequest(string CsrHash, string State, string? Why, DateTimeOffset At, DateTimeOffset ChangedAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/certificates", Handle)
            .WithName(nameof(GetCertificates))
            .WithSummary("Which root certificates a charger trusts, and what it asked to be signed")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Resource>, Problem>> Handle(
        string id, ChargePointTable chargePoints, CertificateTable table, CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var readAt = await table.ReadAtAsync(known, cancellation);
        return TypedResults.Ok(new Resource(
            [.. await table.InstalledAsync(known, cancellation)],
            new Reading(At("csmsRoot"), At("manufacturerRoot")),
            [.. (await table.RequestsAsync(known, cancellation)).Select(row =>
                new SigningRequest(row.CsrHash, row.State, row.Why, row.At, row.ChangedAt))]));

        DateTimeOffset? At(string use) => readAt.TryGetValue(use, out var at) ? at : null;
    }
}
