using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.Transactions;

/// <summary>GET /transactions/{chargePoint}/{localId}/samples: what the meter showed, every measurand of it.</summary>
internal static class ListSamples
{
    /// <param name="At">The charger's own time; ours when it gave none.</param>
    /// <param name="RegisterWh">The total energy register, when the sample has one.</param>
    /// <param name="Readings">In the charger's own words.</param>
    internal sealed record Shown(
        DateTimeOffset At, DateTimeOffset ArrivedAt, long? RegisterWh, ImmutableArray<Reading> Readings);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/transactions/{chargePoint}/{localId}/samples", Handle)
            .WithName(nameof(ListSamples))
            .WithSummary("A transaction's meter samples, the oldest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Shown>>, Problem>> Handle(
        string chargePoint, string localId, [AsParameters] Paging paging,
        TransactionTable table, CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var id = Segment.Transaction(chargePoint, localId);
        if (await table.FindAsync(id, cancellation) is null) return Problem.NotFound($"There is no transaction {id}.");

        var page = await table.SamplesAsync(id, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(
            Listing<Shown>.Of(page, row => new Shown(row.At, row.ArrivedAt, row.RegisterWh, row.Readings)));
    }
}
