using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Commands;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;

namespace Moovolt.Api.ChargePoints;

/// <summary>GET /charge-points/{id}/charging-profiles: those that the charger took and holds.</summary>
internal static class ListChargingProfiles
{
    /// <param name="Evse">0 for the whole charge point, or while the charger is to choose.</param>
    /// <param name="AwaitedToken">It waits for the transaction that this token begins.</param>
    /// <param name="Command">The command that brought it.</param>
    internal sealed record Installed(
        int Evse, int Connector, string? AwaitedToken, ProfileShape Profile, string Command, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/charging-profiles", Handle)
            .WithName(nameof(ListChargingProfiles))
            .WithSummary("The charging profiles that the charger holds")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Installed>>, Problem>> Handle(
        string id,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        ChargingProfileTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Installed>.Of(page, row => new Installed(
            row.Evse, row.Connector, row.AwaitedToken, Json.Read<ProfileShape>(row.Body), row.RequestId, row.At)));
    }
}
