using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, H04: a reservation is over without having been used: its time ran out, or it could not be kept.
/// </summary>
[OcppAction("ReservationStatusUpdate", OcppVersion.V201, OcppVersion.V21)]
public sealed record ReservationStatusUpdate(
    [AtLeast(0, Since = OcppVersion.V21)] int ReservationId,
    [OneOf("Expired", "Removed"), OneOf("NoTransaction", Since = OcppVersion.V21)] string ReservationUpdateStatus) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportReservationOver(
            arrival.From,
            arrival.Epoch,
            ReservationId,
            ReservationUpdateStatus == "Removed" ? ReservationEnd.Faulted : ReservationEnd.Expired,
            arrival.At),
        new Response());
}
