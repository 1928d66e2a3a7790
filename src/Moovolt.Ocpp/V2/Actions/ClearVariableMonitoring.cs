using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N06: watch these no more.</summary>
[OcppAction("ClearVariableMonitoring", OcppVersion.V201, OcppVersion.V21)]
public sealed record ClearVariableMonitoring([MinItems(1)] ImmutableArray<int> Id) : ICsmsCall
{
    public sealed record Response([MinItems(1)] ImmutableArray<ClearMonitoringResult> ClearMonitoringResult);

    public StationAnswer ToAnswer(Heard heard) =>
        Answers.All(((Response)heard.Response).ClearMonitoringResult is { IsDefault: false } results
            ? results.Select(one => one.Status)
            : []);
}
