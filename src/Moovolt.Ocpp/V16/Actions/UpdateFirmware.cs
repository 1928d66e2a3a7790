using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.UpdateFirmware;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 5.19: fetch a firmware and install it. Its answer has no status: to answer is to be willing.
/// </summary>
[OcppAction("UpdateFirmware", OcppVersion.V16)]
public sealed record UpdateFirmware(
    [Uri] string Location,
    int? Retries,
    DateTimeOffset RetrieveDate,
    int? RetryInterval) : ICsmsCall<Wish>
{
    public sealed record Response;

    public static Wording ToCall(Wish request) => Wording.Of(new UpdateFirmware(
        request.Location, request.Retries, request.RetrieveAt, request.RetryIntervalSeconds));

    public StationAnswer ToAnswer(Heard heard) => new(RequestState.Accepted)
    {
        Outcome = new JobTaken(StationJobKind.Firmware, null, FileAddress.WithoutUser(Location)),
    };
}
