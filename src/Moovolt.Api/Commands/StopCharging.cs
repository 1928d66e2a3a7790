using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/stop-charging: the charger is asked to end a transaction.</summary>
internal static class StopCharging
{
    /// <param name="Transaction">Its local id, or its whole id.</param>
    internal sealed record Body(string Transaction);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/stop-charging", Handle)
            .WithName(nameof(StopCharging))
            .WithSummary("Ask the charger to end a transaction");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Entities entities, TransactionTable table,
        Settling settling, Dispatcher dispatcher, HttpContext http)
    {
        if (!ChargePointId.TryParse(id, out var chargePoint))
            return Problem.NotFound($"There is no charge point {id}.");
        if (!TryRead(chargePoint, body.Transaction, out var transaction))
            return Problem.Wrong($"'{body.Transaction}' is no transaction of {chargePoint}.");

        // What runs the charge point knows itself, before any table does; a table only knows what is long over.
        var asked = await entities.Ask(new FindProtocol(chargePoint), http.RequestAborted);
        if (asked is Reply.Refused refused) return Problem.Of(refused);
        var isOpen = asked is ProtocolStanding standing && standing.Open.Contains(transaction.LocalId);
        if (!isOpen && await Unknown() is { } unknown) return unknown;

        return await dispatcher.Send(http, id, new Domain.ChargePoints.StopCharging(transaction), queue);

        async Task<Problem?> Unknown()
        {
            if (await table.FindAsync(transaction, http.RequestAborted) is not null) return null;
            var settled = await settling.Of(transaction, http.RequestAborted);
            if (await table.FindAsync(transaction, http.RequestAborted) is not null) return null;
            return settled
                ? Problem.Wrong($"'{body.Transaction}' is no transaction of {chargePoint}.")
                : Problem.Unavailable(
                    "The charge point does not know that transaction as running, and what people look at is behind just now. "
                    + "Nothing was asked of the charger.");
        }
    }

    private static bool TryRead(ChargePointId chargePoint, string text, out TransactionId transaction)
    {
        var isWhole = TransactionId.TryParse(text, out var whole);
        transaction = whole ?? new TransactionId(chargePoint, text);
        return isWhole
            ? transaction.ChargePoint == chargePoint
            : text.Length is > 0 and <= TransactionId.MaxLocalIdLength;
    }
}
