using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/cancel-reservation: the charger is asked to give a reservation up.
/// </summary>
internal static class CancelReservation
{
    internal sealed record Body(int ReservationId);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/cancel-reservation", Handle)
            .WithName(nameof(CancelReservation))
            .WithSummary("Ask the charger to give a reservation up");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        body.ReservationId < 0
            ? Problem.Wrong("'reservationId' is no negative number.")
            : await dispatcher.Send(http, id, new Domain.ChargePoints.CancelReservation(body.ReservationId), queue);
}
