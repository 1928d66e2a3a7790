using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N04: watch these variables.</summary>
[OcppAction("SetVariableMonitoring", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetVariableMonitoring(
    [MinItems(1)] ImmutableArray<SetMonitoringData> SetMonitoringData) : ICsmsCall
{
    public sealed record Response([MinItems(1)] ImmutableArray<SetMonitoringResult> SetMonitoringResult);

    public StationAnswer ToAnswer(Heard heard) =>
        Answers.All(((Response)heard.Response).SetMonitoringResult is { IsDefault: false } results
            ? results.Select(one => one.Status)
            : []);
}
