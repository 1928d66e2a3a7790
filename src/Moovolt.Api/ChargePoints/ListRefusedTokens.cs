using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.RefusedTokens;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/refused-tokens: who was refused there before anything began (Authorize). Who was refused at
/// a start is in the transactions.
/// </summary>
internal static class ListRefusedTokens
{
    /// <param name="Verdict">What the charger was answered the last time: blocked, expired, invalid, concurrentTx.</param>
    /// <param name="Count">How often; of a flood only the first 32 in ten minutes count.</param>
    internal sealed record RefusedToken(
        string Token, string Verdict, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/refused-tokens", Handle)
            .WithName(nameof(ListRefusedTokens))
            .WithSummary("Tokens that the charger asked about and that were not to charge, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<RefusedToken>>, Problem>> Handle(
        string id,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        RefusedTokenTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<RefusedToken>.Of(
            page, row => new RefusedToken(row.Token, row.Verdict, row.Count, row.FirstAt, row.LastAt)));
    }
}
