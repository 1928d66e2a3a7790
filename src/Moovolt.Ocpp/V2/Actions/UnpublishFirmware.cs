using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.UnpublishFirmware;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, L04: keep it no more.</summary>
[OcppAction("UnpublishFirmware", OcppVersion.V201, OcppVersion.V21)]
public sealed record UnpublishFirmware([MaxLength(32)] string Checksum) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("DownloadOngoing", "NoFirmware", "Unpublished")] string Status);

    public static Wording ToCall(Wish request) => Wording.Of(new UnpublishFirmware(request.Checksum));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Unpublished" => new(RequestState.Accepted),
        "NoFirmware" => new(RequestState.Rejected, null, "NoFirmware", "The charger publishes no such firmware."),
        "DownloadOngoing" => new(
            RequestState.Rejected, null, "DownloadOngoing", "Somebody is fetching it: ask again later."),
        _ => heard.Judge(),
    };
}
