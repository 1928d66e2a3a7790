using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.Transactions;

/// <summary>GET /transactions: the latest start first.</summary>
internal static class ListTransactions
{
    /// <summary>suspended: only a stop or samples are known, and no start.</summary>
    internal enum State
    {
        Running,
        Ended,
        Suspended,
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/transactions", Handle)
            .WithName(nameof(ListTransactions))
            .WithSummary("Transactions, the latest start first")
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Listing<TransactionResource>>, Problem>> Handle(
        [Description("Only those of this charge point.")] string? chargePoint,
        [Description("Only those begun with this token.")] string? token,
        [Description("Those that began, when left out.")] Word<State>? state,
        [Description("Started at this time or later.")] DateTimeOffset? from,
        [Description("Started before this time.")] DateTimeOffset? to,
        [AsParameters] Paging paging,
        TransactionTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var filter = new TransactionFilter(
            chargePoint is null ? null
                : new ChargePointId(chargePoint), token, state?.Value.ToString().ToLowerInvariant(), from, to);
        var page = await table.ListAsync(filter, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<TransactionResource>.Of(page, TransactionResource.Of));
    }
}
