using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.11: asks for a transaction. The answer is a promise; StartTransaction is the fact.</summary>
[OcppAction("RemoteStartTransaction", OcppVersion.V16)]
public sealed record RemoteStartTransaction(
    [SenselessBelow(1, IsTaken = true)] int? ConnectorId,
    [MaxLength(IdTags.MaxLength)] string IdTag,
    ChargingProfile? ChargingProfile) : ICsmsCall<StartCharging>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public static Wording ToCall(StartCharging request)
    {
        int? number = null;
        if (request.Connector is { } connector)
        {
            number = Connectors.Number(connector);
            if (number is null) return Wording.Impossible(Connectors.Unknown(connector));
        }

        // Connector 0 is none that could charge: the charger chooses. A profile for a start names no transaction.
        return Wording.Of(new RemoteStartTransaction(
            number == 0 ? null : number,
            request.Token,
            request.Profile is { } profile ? Profiles.ToWire(profile) : null));
    }

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted") with
    {
        Outcome = heard.Status == "Accepted" && ChargingProfile is { } profile
            ? new ProfileAccepted(Domain.ConnectorId.Of16(ConnectorId ?? 0), Profiles.Of(profile), IdTag)
            : null,
    };
}
