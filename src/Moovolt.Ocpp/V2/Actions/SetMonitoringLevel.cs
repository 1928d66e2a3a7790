using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N05: from which severity on events are reported.</summary>
[OcppAction("SetMonitoringLevel", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetMonitoringLevel(
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int Severity) : ICsmsCall
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Taken(heard, new HeldThing(
        HeldKind.Monitoring, "level", ConnectorId.ChargePoint, HeldThings.Print(new { Severity })));
}
