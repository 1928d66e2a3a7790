using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/set-default-tariff and …/change-transaction-tariff: what charging costs, as the
/// charger shows and reckons it. A tariff is an object of OCPP 2.1 (TariffType).
/// </summary>
internal static class SetTariff
{
    /// <param name="Evse">For which EVSE; for all when left out.</param>
    internal sealed record DefaultBody(JsonElement Tariff, int? Evse = null);

    /// <param name="Transaction">Its local id, or its whole id.</param>
    internal sealed record TransactionBody(JsonElement Tariff, string Transaction);

    public static void Map(IEndpointRouteBuilder commands)
    {
        commands.MapPost("/set-default-tariff", Default)
            .WithName("SetDefaultTariff").WithSummary("Give the charger the tariff for who has none of his own");
        commands.MapPost("/change-transaction-tariff", OfTransaction)
            .WithName("ChangeTransactionTariff").WithSummary("Give a running transaction another tariff");
    }

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Default(
        string id, DefaultBody body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, null) is { } wrong) return wrong;
        return await Send(id, body.Tariff, new ConnectorId(body.Evse ?? 0, 0), null, queue, dispatcher, http);
    }

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> OfTransaction(
        string id, TransactionBody body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        Send(
            id, body.Tariff, ConnectorId.ChargePoint, RunningTransaction.LocalId(id, body.Transaction), queue, dispatcher,
            http);

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Send(
        string id, JsonElement tariff, ConnectorId place, string? transaction, int? queue, Dispatcher dispatcher,
        HttpContext http)
    {
        if (StandardObject.Wrong("tariff", tariff) is { } wrong) return wrong;
        return await dispatcher.Send(
            http, id, new Domain.ChargePoints.SetTariff(tariff.GetRawText(), place, transaction), queue);
    }
}
