using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.SecurityEvents;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// What chargers report of their own security, and what is seen of it here: of one at GET /charge-points/{id}/security-events, of all at
/// GET /security-events.
/// </summary>
internal static class ListSecurityEvents
{
    /// <param name="Type">The charger's word; or ForeignTransactionId, when it named another charge point's transaction.</param>
    /// <param name="Critical">Whether OCPP calls events of this type critical.</param>
    /// <param name="Details">The charger's own words (techInfo); of a ForeignTransactionId, which one and whose it is.</param>
    /// <param name="ChargerAt">The charger's own time; of a ForeignTransactionId, ours.</param>
    internal sealed record SecurityEvent(
        string ChargePoint, string Type, bool Critical, string? Details, DateTimeOffset ChargerAt, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/charge-points/{id}/security-events", OfOne)
            .WithName("ListChargePointSecurityEvents")
            .WithSummary("What a charger reported of its security, and what was seen of it, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/security-events", OfAll)
            .WithName(nameof(ListSecurityEvents))
            .WithSummary("What all chargers reported of their security, and what was seen of it, the latest first")
            .Refuses(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<Listing<SecurityEvent>>, Problem>> OfOne(
        string id, [AsParameters] Paging paging, ChargePointTable chargePoints,
        SecurityEventTable table, CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");
        var page = await table.ListAsync(new SecurityEventFilter(known), paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<SecurityEvent>.Of(page, Show));
    }

    private static async Task<Results<Ok<Listing<SecurityEvent>>, Problem>> OfAll(
        [Description("Only those of this type.")] string? type,
        [Description("Only those that OCPP calls critical, or only the others.")] bool? critical,
        [AsParameters] Paging paging,
        SecurityEventTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var page = await table.ListAsync(
            new SecurityEventFilter(Type: type, Critical: critical), paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<SecurityEvent>.Of(page, Show));
    }

    private static SecurityEvent Show(SecurityEventRow row) =>
        new(row.ChargePoint, row.Type, row.Critical, row.Details, row.ChargerAt, row.At);
}
