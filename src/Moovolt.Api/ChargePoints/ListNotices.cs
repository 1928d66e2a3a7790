using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Notices;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/notices: what a charger told that Moovolt keeps and publishes, and does nothing about by
/// itself: monitors' events, limits from outside, what cars need, settlements.
/// </summary>
internal static class ListNotices
{
    /// <param name="Kind">OCPP's name for it, such as NotifyEvent.</param>
    /// <param name="Payload">As it came; null when it was too long to be kept whole.</param>
    /// <param name="Beginning">What was kept of one that was too long.</param>
    internal sealed record Notice(string Kind, JsonElement? Payload, string? Beginning, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/notices", Handle)
            .WithName(nameof(ListNotices))
            .WithSummary("What a charger told that is kept as it came, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Notice>>, Problem>> Handle(
        string id,
        [Description("Only those of this kind, such as NotifyEvent.")] string? kind,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        NoticeTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, kind, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Notice>.Of(page, row => row.Truncated
            ? new Notice(row.Kind, null, row.Payload, row.At)
            : new Notice(row.Kind, JsonElement.Parse(row.Payload), null, row.At)));
    }
}
