using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// DELETE /charge-points/{id}: out of service. Its session is closed, none is admitted, its history stays.
/// </summary>
internal static class RetireChargePoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/charge-points/{id}", Handle)
            .WithName(nameof(RetireChargePoint))
            .WithSummary("Take a charge point out of service; PUT brings it back")
            .Refuses(
                StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);

    private static async Task<Results<NoContent, Problem>> Handle(
        string id,
        Entities entities,
        Credentials credentials,
        ChargePointTable table,
        Settling settling,
        TimeProvider clock,
        HttpContext http)
    {
        var cancellation = http.RequestAborted;
        if (!ChargePointId.TryParse(id, out var known)) return Problem.NotFound($"There is no charge point {id}.");

        // First whether its history can be read at all: a door is closed for nobody who then refuses to be retired.
        var asked = await entities.Ask(new FindProtocol(known), cancellation);
        if (asked is Reply.Refused { NotFound: false } unreadable) return Problem.Of(unreadable);

        var settled = await settling.Of(known, cancellation);
        if (Versions.AreAsked(http.Request) && !settled) return Versions.Unknown;
        var row = await table.FindAsync(known, cancellation);
        if (row is null && asked is Reply.Refused nobody) return Problem.Of(nobody);
        if (Versions.Unwanted(http.Request, ChargePointResource.TagOf(row)) is { } unwanted) return unwanted;

        // The door's row first: from then on no node admits it. The rest is done too when who asked is gone.
        await credentials.RetireAsync(known, retired: true, CancellationToken.None);
        var command = new Domain.ChargePoints.RetireChargePoint(known, http.User.Operator(), clock.GetUtcNow());
        if (await entities.Ask(command, CancellationToken.None) is Reply.Refused refused) return Problem.Of(refused);

        await settling.Of(known, cancellation);
        return TypedResults.NoContent();
    }
}
