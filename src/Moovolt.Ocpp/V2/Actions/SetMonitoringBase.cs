using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N03: which monitors are set to begin with.</summary>
[OcppAction("SetMonitoringBase", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetMonitoringBase(
    [OneOf("All", "FactoryDefault", "HardWiredOnly")] string MonitoringBase) : ICsmsCall<SetMonitoring>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NotSupported", "EmptyResultSet")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(SetMonitoring request) => Wording.Of(
        request.Preset is { } preset ? new SetMonitoringBase(preset) : new SetMonitoringLevel(request.Severity ?? 0));

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Taken(heard, new HeldThing(
        HeldKind.Monitoring, "base", ConnectorId.ChargePoint, HeldThings.Print(new { Base = MonitoringBase })));
}
