using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, B11 and B12: start anew, at once or when nothing is charging. "Scheduled" is a yes too: it waits for
/// that.
/// </summary>
[OcppAction("Reset", OcppVersion.V201, OcppVersion.V21)]
public sealed record Reset(
    [OneOf("Immediate", "OnIdle"), OneOf("ImmediateAndResume", Since = OcppVersion.V21)] string Type,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? EvseId = null) : ICsmsCall<Restart>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "Scheduled")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Restart request) => Wording.Of(new Reset(request.Hard ? "Immediate" : "OnIdle"));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted", "Scheduled");
}
