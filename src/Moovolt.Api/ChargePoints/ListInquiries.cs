using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Inquiries;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/inquiries: what was asked of others for a charger: contract certificates, the status of
/// certificates, contracts that authorize, numbers of companies.
/// </summary>
internal static class ListInquiries
{
    /// <param name="Kind">contractCertificate, certificateStatus, certificateChainStatus, contract or vatNumber.</param>
    /// <param name="Status">What the charger was answered, in OCPP's word.</param>
    /// <param name="By">Who answered.</param>
    internal sealed record Inquiry(
        string Kind, string Subject, string Status, string By, string? Detail, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/inquiries", Handle)
            .WithName(nameof(ListInquiries))
            .WithSummary("What was asked of others for a charger, and what it was answered, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Inquiry>>, Problem>> Handle(
        string id,
        [Description("Only those of this kind, such as vatNumber.")] string? kind,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        InquiryTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");
        var page = await table.ListAsync(known, kind, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Inquiry>.Of(
            page, row => new Inquiry(row.Kind, row.Subject, row.Status, row.By, row.Detail, row.At)));
    }
}
