using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.UpdateFirmware;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, L01 and L02: fetch a firmware and install it; with a signature it is proven before.</summary>
[OcppAction("UpdateFirmware", OcppVersion.V201, OcppVersion.V21)]
public sealed record UpdateFirmware(
    int RequestId,
    Firmware Firmware,
    [AtLeast(0, Since = OcppVersion.V21)] int? Retries = null,
    int? RetryInterval = null) : ICsmsCall<Wish>, ICsmsCall<UpdateSignedFirmware>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "AcceptedCanceled", "InvalidCertificate", "RevokedCertificate")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) => Wording.Of(new UpdateFirmware(
        request.Number,
        new Firmware(request.Location, request.RetrieveAt),
        request.Retries,
        request.RetryIntervalSeconds));

    public static Wording ToCall(UpdateSignedFirmware request) => Wording.Of(new UpdateFirmware(
        request.Number,
        new Firmware(
            request.Location, request.RetrieveAt, request.InstallAt, request.SigningCertificate,
            request.Signature),
        request.Retries,
        request.RetryIntervalSeconds));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" or "AcceptedCanceled" => new(RequestState.Accepted)
        {
            Outcome = new JobTaken(
                StationJobKind.Firmware, RequestId, FileAddress.WithoutUser(Firmware.Location),
                ReplacedOlder: heard.Status == "AcceptedCanceled"),
        },
        "InvalidCertificate" => new(
            RequestState.Rejected, null, "InvalidCertificate", "The charger does not trust who signed the firmware."),
        "RevokedCertificate" => new(
            RequestState.Rejected, null, "RevokedCertificate", "The certificate of who signed the firmware is revoked."),
        _ => heard.Judge(),
    };
}
