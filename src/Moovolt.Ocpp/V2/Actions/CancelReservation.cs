using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.CancelReservation;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, H02: give a reservation up. "Rejected" means that the charger has none of that number.
/// </summary>
[OcppAction("CancelReservation", OcppVersion.V201, OcppVersion.V21)]
public sealed record CancelReservation([AtLeast(0, Since = OcppVersion.V21)] int ReservationId) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) => Wording.Of(new CancelReservation(request.ReservationId));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted, Outcome: new ReservationCancelled(ReservationId)),
        "Rejected" => new(
            RequestState.Rejected, null, "Rejected", $"The charger has no reservation {ReservationId}.",
            new ReservationCancelled(ReservationId)),
        _ => heard.Judge(),
    };
}
