using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.Transactions;

/// <summary>GET /transactions/{chargePoint}/{localId}: one transaction.</summary>
internal static class GetTransaction
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/transactions/{chargePoint}/{localId}", Handle)
            .WithName(nameof(GetTransaction))
            .WithSummary("One transaction")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<TransactionResource>, Problem>> Handle(
        string chargePoint, string localId, TransactionTable table, CancellationToken cancellation)
    {
        var id = Segment.Transaction(chargePoint, localId);
        return await table.FindAsync(id, cancellation) is { } row
            ? TypedResults.Ok(TransactionResource.Of(row))
            : Problem.NotFound($"There is no transaction {id}.");
    }
}
