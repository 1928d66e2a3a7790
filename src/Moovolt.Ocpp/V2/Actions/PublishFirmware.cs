using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, L03: keep a firmware for others in your network.</summary>
[OcppAction("PublishFirmware", OcppVersion.V201, OcppVersion.V21)]
public sealed record PublishFirmware(
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string Location,
    [MaxLength(32)] string Checksum,
    int RequestId,
    int? Retries = null,
    int? RetryInterval = null) : ICsmsCall
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard, "Accepted");
}
