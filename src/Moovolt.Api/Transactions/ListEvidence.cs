using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.Transactions;

/// <summary>
/// The payloads that could not be read in full, or that fit no transaction, whole and as they came: of one transaction
/// at GET /transactions/{chargePoint}/{localId}/frames, of all of a charger's at GET /charge-points/{id}/frames.
/// </summary>
internal static class ListEvidence
{
    /// <param name="LocalId">Null when it names no transaction of ours.</param>
    /// <param name="What">start, samples, stop, suspended-stop or unplaced-stop.</param>
    /// <param name="Why">Why it is not placed; null when it is.</param>
    internal sealed record Evidence(string? LocalId, string What, string? Why, string Frame, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/transactions/{chargePoint}/{localId}/frames", OfTransaction)
            .WithName("ListTransactionFrames")
            .WithSummary("A transaction's payloads that could not be read in full, as they came")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/charge-points/{id}/frames", OfChargePoint)
            .WithName("ListChargePointFrames")
            .WithSummary("A charger's payloads that could not be read in full, or fit no transaction")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Listing<Evidence>>, Problem>> OfTransaction(
        string chargePoint, string localId, [AsParameters] Paging paging,
        TransactionTable table, CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var id = Segment.Transaction(chargePoint, localId);
        if (await table.FindAsync(id, cancellation) is null) return Problem.NotFound($"There is no transaction {id}.");

        var page = await table.EvidenceAsync(id.ChargePoint, id.LocalId, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Evidence>.Of(page, Show));
    }

    private static async Task<Results<Ok<Listing<Evidence>>, Problem>> OfChargePoint(
        string id, [AsParameters] Paging paging,
        ChargePointTable chargePoints, TransactionTable table, CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.EvidenceAsync(known, localId: null, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Evidence>.Of(page, Show));
    }

    private static Evidence Show(EvidenceRow row) => new(row.LocalId, row.What, row.Why, row.Frame, row.At);
}
