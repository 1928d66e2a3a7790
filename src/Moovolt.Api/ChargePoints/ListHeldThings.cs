using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.HeldThings;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/monitors, …/monitoring, …/display-messages, …/tariffs, …/der-controls, …/charging-limits and
/// …/customer-information: what a charger holds, or last said; and GET /transactions/{chargePoint}/{localId}/charging:
/// what is known of how a transaction charges.
/// </summary>
internal static class ListHeldThings
{
    private static readonly (string Path, string Name, string Summary, HeldKind[] Kinds)[] Lists =
    [
        ("monitors", "ListMonitors", "The monitors that a charger has", [HeldKind.Monitor]),
        ("monitoring", "ListMonitoring", "Which monitors are set to begin with, and what is reported", [HeldKind.Monitoring]),
        ("display-messages", "ListDisplayMessages", "What a charger shows", [HeldKind.DisplayMessage]),
        ("tariffs", "ListTariffs", "The tariffs that a charger holds", [HeldKind.Tariff]),
        ("der-controls", "ListDerControls", "The controls of the grid code, what has set in, and the grid's faults",
            [HeldKind.DerControl, HeldKind.DerState, HeldKind.DerAlarm]),
        ("charging-limits", "ListChargingLimits", "Limits that somebody else sets", [HeldKind.OutsideLimit]),
        ("customer-information", "ListCustomerInformation", "What a charger last told of a customer, part by part",
            [HeldKind.CustomerInformation]),
    ];

    private static readonly HeldKind[] OfTransactions =
    [
        HeldKind.ChargingNeeds, HeldKind.EvSchedule, HeldKind.PriorityCharging, HeldKind.EnergyTransfer, HeldKind.Cost,
    ];

    /// <param name="Kind">What it is, such as monitor.</param>
    /// <param name="Id">What it is called among its kind.</param>
    /// <param name="Evse">0: the charge point itself.</param>
    /// <param name="Group">What it belongs to among its kind, such as a control's type; null for nothing.</param>
    /// <param name="Details">What it is.</param>
    /// <param name="At">When it was heard.</param>
    internal sealed record HeldItem(
        HeldKind Kind, string Id, int Evse, int Connector, string? Group, JsonElement Details, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var (path, name, summary, kinds) in Lists)
        {
            api.MapGet(
                    $"/charge-points/{{id}}/{path}",
                    (string id, [AsParameters] Paging paging, ChargePointTable chargePoints, HeldThingTable table,
                        CancellationToken cancellation) => List(id, kinds, paging, chargePoints, table, cancellation))
                .WithName(name)
                .WithSummary(summary)
                .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        }
    }

    public static void MapOfTransaction(IEndpointRouteBuilder api) =>
        api.MapGet("/transactions/{chargePoint}/{localId}/charging", OfTransaction)
            .WithName("ListChargingOfTransaction")
            .WithSummary("What the car of a transaction wants, what it means to draw, and what else is known of its charging")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<HeldItem>>, Problem>> List(
        string id, HeldKind[] kinds, Paging paging, ChargePointTable chargePoints, HeldThingTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, kinds, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<HeldItem>.Of(page, Of));
    }

    private static async Task<Results<Ok<Listing<HeldItem>>, Problem>> OfTransaction(
        string chargePoint, string localId, ChargePointTable chargePoints, HeldThingTable table,
        CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(chargePoint, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {chargePoint}.");

        var things = await table.OfAsync(known, localId, OfTransactions, cancellation);
        return TypedResults.Ok(new Listing<HeldItem>([.. things.Select(Of)], null));
    }

    private static HeldItem Of(HeldThingRow row) => new(
        row.Kind, row.Id, row.Place.Evse, row.Place.Connector, row.Group, JsonElement.Parse(row.Body), row.At);
}
