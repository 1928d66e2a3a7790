using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, H01: keep an EVSE for a token; without one, any.</summary>
[OcppAction("ReserveNow", OcppVersion.V201, OcppVersion.V21)]
public sealed record ReserveNow(
    [AtLeast(0, Since = OcppVersion.V21)] int Id,
    DateTimeOffset ExpiryDateTime,
    IdTokenType IdToken,
    [OneOf(
        "cCCS1", "cCCS2", "cG105", "cTesla", "cType1", "cType2", "s309-1P-16A", "s309-1P-32A", "s309-3P-16A",
        "s309-3P-32A", "sBS1361", "sCEE-7-7", "sType2", "sType3", "Other1PhMax16A", "Other1PhOver16A", "Other3Ph",
        "Pan", "wInductive", "wResonant", "Undetermined", "Unknown", Until = OcppVersion.V201)]
    [MaxLength(20, Since = OcppVersion.V21)]
    string? ConnectorType = null,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? EvseId = null,
    IdTokenType? GroupIdToken = null) : ICsmsCall<Reserve>
{
    public sealed record Response(
        [OneOf("Accepted", "Faulted", "Occupied", "Rejected", "Unavailable")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Reserve request) => Wording.Of(new ReserveNow(
        request.ReservationId,
        request.ExpiresAt,
        IdTokens.Card(request.Token),
        EvseId: request.Connector is { Evse: > 0 } place ? place.Evse : null,
        GroupIdToken: request.Parent is { } group ? IdTokens.Central(group) : null));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted, Outcome: new Reserved(
            Id,
            EvseId is { } evse ? new ConnectorId(evse, 0) : ConnectorId.ChargePoint,
            IdToken.IdToken ?? "",
            GroupIdToken?.IdToken,
            ExpiryDateTime)),
        "Occupied" => No("Occupied", $"{Place} is in use, or reserved already."),
        "Faulted" => No("Faulted", $"{Place} is faulted."),
        "Unavailable" => No("Unavailable", $"{Place} is out of service: bring it back with change-availability."),
        "Rejected" => No("Rejected", EvseId is null
            ? "The charger takes no reservations, or none without an EVSE."
            : "The charger takes no reservations."),
        _ => heard.Judge(),
    };

    private string Place => EvseId is null ? "The charger" : "The EVSE";

    private static StationAnswer No(string code, string words) => new(RequestState.Rejected, null, code, words);
}
