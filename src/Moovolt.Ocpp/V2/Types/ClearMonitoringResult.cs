using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ClearMonitoringResultType: Clear monitoring result.</summary>
public sealed record ClearMonitoringResult(
    [OneOf("Accepted", "Rejected", "NotFound")] string Status,
    [AtLeast(0, Since = OcppVersion.V21)] int Id,
    StatusInfo? StatusInfo = null);
