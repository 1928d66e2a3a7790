using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.DataTransfers;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Api.ChargePoints;

/// <summary>GET /charge-points/{id}/data-transfers: vendors' messages (of unknown kinds one a day).</summary>
internal static class ListDataTransfers
{
    /// <param name="Truncated">True when only the beginning of the data was kept.</param>
    /// <param name="Status">accepted, rejected, unknownMessageId or unknownVendorId.</param>
    /// <param name="Answer">The data of the answer.</param>
    /// <param name="Command">The command that sent it; null when it came from the charger.</param>
    internal sealed record Transfer(
        FrameDirection Direction,
        string VendorId,
        string? MessageId,
        string? Data,
        bool Truncated,
        string Status,
        string? Answer,
        string? Command,
        DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/data-transfers", Handle)
            .WithName(nameof(ListDataTransfers))
            .WithSummary("Vendors' messages between the charger and us, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Transfer>>, Problem>> Handle(
        string id,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        DataTransferTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Transfer>.Of(page, row => new Transfer(
            row.FromCharger ? FrameDirection.FromCharger : FrameDirection.ToCharger,
            row.VendorId, row.MessageId, row.Data, row.Truncated, row.Status, row.Answer, row.RequestId, row.At)));
    }
}
