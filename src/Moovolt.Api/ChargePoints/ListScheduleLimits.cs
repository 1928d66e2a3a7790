using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.ScheduleLimits;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/schedule-limits: what dynamic charging profiles let a charger draw (OCPP 2.1, K28): sent by
/// UpdateDynamicSchedule, or pulled by the charger.
/// </summary>
internal static class ListScheduleLimits
{
    internal sealed record Limits(
        int ProfileId, JsonElement? Sent, DateTimeOffset? SentAt, JsonElement? Pulled, DateTimeOffset? PulledAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/schedule-limits", Handle)
            .WithName(nameof(ListScheduleLimits))
            .WithSummary("What dynamic charging profiles let a charger draw")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Limits>>, Problem>> Handle(
        string id, ChargePointTable chargePoints, ScheduleLimitTable table, CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");
        var rows = await table.ListAsync(known, cancellation);
        return TypedResults.Ok(Listing<Limits>.Of(new Page<ScheduleLimitRow>([.. rows], null), row => new Limits(
            row.ProfileId, Read(row.Sent), row.SentAt, Read(row.Pulled), row.PulledAt)));
    }

    private static JsonElement? Read(string? json) => json is null ? null : JsonElement.Parse(json);
}
