using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.BatterySwaps;
using Moovolt.ReadModel.ChargePoints;

namespace Moovolt.Api.ChargePoints;

/// <summary>GET /charge-points/{id}/battery-swaps: what was agreed, given and taken (OCPP 2.1, S01 to S04).</summary>
internal static class ListBatterySwaps
{
    /// <param name="Swap">The number that all steps of one swap share.</param>
    /// <param name="Step">agreed, in, out or outTimeout.</param>
    internal sealed record SwapStep(int Swap, string Step, string? Token, JsonElement Batteries, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/battery-swaps", Handle)
            .WithName(nameof(ListBatterySwaps))
            .WithSummary("Swaps of batteries, step by step, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<SwapStep>>, Problem>> Handle(
        string id,
        [Description("Only the steps of this swap.")] int? swap,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        BatterySwapTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");
        var page = await table.ListAsync(known, swap, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<SwapStep>.Of(
            page, row => new SwapStep(row.Swap, row.Step, row.Token, JsonElement.Parse(row.Batteries), row.At)));
    }
}
