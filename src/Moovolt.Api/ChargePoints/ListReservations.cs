using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Reservations;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/reservations: for whom connectors are kept, and how that ended; the latest first.
/// </summary>
internal static class ListReservations
{
    /// <summary>
    /// faulted: the connector became Faulted or Unavailable, which ends a reservation (OCPP 1.6, 5.13).
    /// </summary>
    internal enum State
    {
        Active,
        Used,
        Expired,
        Cancelled,
        Faulted,
    }

    /// <param name="Evse">0: any one of the charge point's connectors.</param>
    /// <param name="Status">
    /// active; used: a transaction began with it; expired; cancelled: taken back, or the charger knows it not; faulted:
    /// the connector became Faulted or Unavailable.
    /// </param>
    /// <param name="Parent">Every token of this group may use it.</param>
    /// <param name="Transaction">The whole id of the transaction that used it.</param>
    internal sealed record Shown(
        int ReservationId,
        int Evse,
        int Connector,
        string Token,
        State Status,
        DateTimeOffset ExpiresAt,
        string? Parent,
        DateTimeOffset MadeAt,
        DateTimeOffset? EndedAt,
        string? Transaction);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/reservations", Handle)
            .WithName(nameof(ListReservations))
            .WithSummary("A charger's reservations, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Shown>>, Problem>> Handle(
        string id,
        Word<State>? status,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        ReservationTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(
            known, status?.Value.ToString().ToLowerInvariant(), paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Shown>.Of(page, row => new Shown(
            row.ReservationId,
            row.Evse,
            row.Connector,
            row.Token,
            Enum.Parse<State>(row.Status, ignoreCase: true),
            row.ExpiresAt,
            row.Parent,
            row.MadeAt,
            row.EndedAt,
            row.LocalId is { } localId ? $"{known}/{localId}" : null)));
    }
}
