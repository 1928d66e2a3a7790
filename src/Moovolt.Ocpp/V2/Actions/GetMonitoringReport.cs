using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N02: tell which monitors you have. They come as NotifyMonitoringReport.</summary>
[OcppAction("GetMonitoringReport", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetMonitoringReport(
    int RequestId,
    [MinItems(1)] ImmutableArray<ComponentVariable>? ComponentVariable = null,
    [OneOf("ThresholdMonitoring", "DeltaMonitoring", "PeriodicMonitoring")]
    [MinItems(1)]
    [MaxItems(3)]
    ImmutableArray<string>? MonitoringCriteria = null) : ICsmsCall<ReadHeld>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NotSupported", "EmptyResultSet")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(ReadHeld request) => HeldThings.Read(request);

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Told(
        heard, HeldKind.Monitor, RequestId, ComponentVariable is null && MonitoringCriteria is null, "EmptyResultSet");
}
