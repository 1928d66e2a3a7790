using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.Transactions;

/// <summary>
/// POST /transactions/{chargePoint}/{localId}/close: the record of a transaction is closed by hand. The charger is
/// asked nothing: to end the charging itself there is stop-charging. The charger's own stop still corrects the record.
/// </summary>
internal static class CloseTransaction
{
    private const int LongestReason = 250;

    /// <param name="Reason">Why, for whoever reads the record later: 1 to 250 characters.</param>
    internal sealed record Body(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/transactions/{chargePoint}/{localId}/close", Handle)
            .WithName(nameof(CloseTransaction))
            .WithSummary("Close the record of a transaction by hand; the charger is not asked to stop")
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<TransactionResource>, Problem>> Handle(
        string chargePoint,
        string localId,
        Body body,
        Entities entities,
        TransactionTable table,
        Settling settling,
        TimeProvider clock,
        HttpContext http)
    {
        var id = Segment.Transaction(chargePoint, localId);
        var reason = body.Reason.Trim();
        if (reason.Length is 0 or > LongestReason)
            return Problem.Wrong($"'reason' has 1 to {LongestReason} characters.");

        var command = new CloseRecord(id, reason, http.User.Operator(), clock.GetUtcNow());
        switch (await entities.Ask(command, http.RequestAborted))
        {
            case Reply.Refused { NotFound: true }:
                return Problem.NotFound($"There is no transaction {id}.");
            case Reply.Refused refused:
                return Problem.Conflict("transaction-over", refused.Reason);
        }

        await settling.Of(id, http.RequestAborted);
        return await table.FindAsync(id, http.RequestAborted) is { } row
            ? TypedResults.Ok(TransactionResource.Of(row))
            : Problem.NotFound($"There is no transaction {id}.");
    }
}
