using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.PublishFirmware;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, L03: keep a firmware for others in your network.</summary>
[OcppAction("PublishFirmware", OcppVersion.V201, OcppVersion.V21)]
public sealed record PublishFirmware(
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string Location,
    [MaxLength(32)] string Checksum,
    [AtLeast(0, Since = OcppVersion.V21)] int RequestId,
    [AtLeast(0, Since = OcppVersion.V21)] int? Retries = null,
    [AtLeast(0, Since = OcppVersion.V21)] int? RetryInterval = null) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) => Wording.Of(new PublishFirmware(
        request.Location, request.Checksum, request.Number, request.Retries, request.RetryIntervalSeconds));

    public StationAnswer ToAnswer(Heard heard) => heard.Status == "Accepted"
        ? new(RequestState.Accepted, Outcome: new JobTaken(
            StationJobKind.PublishedFirmware, RequestId, FileAddress.WithoutUser(Location)))
        : heard.Judge();
}
