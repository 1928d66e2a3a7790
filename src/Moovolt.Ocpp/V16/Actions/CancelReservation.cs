using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.CancelReservation;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.1: give a reservation up. "Rejected" means that the charger has none of that number.</summary>
[OcppAction("CancelReservation", OcppVersion.V16)]
public sealed record CancelReservation(int ReservationId) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public static Wording ToCall(Wish request) => Wording.Of(new CancelReservation(request.ReservationId));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new StationAnswer(RequestState.Accepted, Outcome: new ReservationCancelled(ReservationId)),
        "Rejected" => new StationAnswer(
            RequestState.Rejected, null, "Rejected",
            $"The charger has no reservation {ReservationId}.", new ReservationCancelled(ReservationId)),
        _ => heard.Judge(),
    };
}
