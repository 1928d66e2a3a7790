using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.10: fetch a firmware, prove its signature, and install it.</summary>
[OcppAction("SignedUpdateFirmware", OcppVersion.V16)]
public sealed record SignedUpdateFirmware(
    int? Retries,
    int? RetryInterval,
    int RequestId,
    SignedUpdateFirmware.FirmwareType Firmware) : ICsmsCall<UpdateSignedFirmware>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "AcceptedCanceled", "InvalidCertificate", "RevokedCertificate")] string Status);

    public sealed record FirmwareType(
        [MaxLength(512)] string Location,
        DateTimeOffset RetrieveDateTime,
        DateTimeOffset? InstallDateTime,
        [MaxLength(5500)] string SigningCertificate,
        [MaxLength(800)] string Signature);

    public static Wording ToCall(UpdateSignedFirmware request) => Wording.Of(new SignedUpdateFirmware(
        request.Retries,
        request.RetryIntervalSeconds,
        request.Number,
        new FirmwareType(
            request.Location, request.RetrieveAt, request.InstallAt, request.SigningCertificate, request.Signature)));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted", "AcceptedCanceled") switch
    {
        { State: RequestState.Accepted } yes => yes with
        {
            Outcome = new JobTaken(
                StationJobKind.Firmware, RequestId, FileAddress.WithoutUser(Firmware.Location),
                ReplacedOlder: heard.Status == "AcceptedCanceled"),
        },
        var no => no,
    };
}
