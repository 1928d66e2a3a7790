using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Deviations;

namespace Moovolt.Api.ChargePoints;

/// <summary>DELETE /charge-points/{id}/compliance: counting begins anew, as after a firmware update.</summary>
internal static class ForgetCompliance
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/charge-points/{id}/compliance", Handle)
            .WithName(nameof(ForgetCompliance))
            .WithSummary("Count a charger's deviations anew")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<NoContent, Problem>> Handle(
        string id, ChargePointTable table, DeviationTable deviations, CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await table.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");
        await deviations.ForgetAsync(known, cancellation);
        return TypedResults.NoContent();
    }
}
