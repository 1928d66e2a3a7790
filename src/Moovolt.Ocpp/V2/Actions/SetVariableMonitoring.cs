using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N04: watch these variables.</summary>
[OcppAction("SetVariableMonitoring", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetVariableMonitoring(
    [MinItems(1)] ImmutableArray<SetMonitoringData> SetMonitoringData) : ICsmsCall<SetMonitors>
{
    public sealed record Response([MinItems(1)] ImmutableArray<SetMonitoringResult> SetMonitoringResult);

    public static Wording ToCall(SetMonitors request)
    {
        if (request.Monitors.FirstOrDefault(monitor => Keys.Read(monitor.Key) is null) is { } wrong)
            return Wording.Impossible(Keys.Unreadable(wrong.Key));
        return Wording.Of(new SetVariableMonitoring(
        [
            .. from monitor in request.Monitors
               let key = Keys.Read(monitor.Key)!
               select new SetMonitoringData(
                   monitor.Value, monitor.Kind, monitor.Severity, key.Component, key.Variable, monitor.Id,
                   Transaction: monitor.InTransaction ? true : null),
        ]));
    }

    public StationAnswer ToAnswer(Heard heard)
    {
        if (((Response)heard.Response).SetMonitoringResult is not { IsDefault: false } results) return Answers.All([]);
        ImmutableArray<HeldThing> taken =
        [
            .. from result in results
               where result is { Status: "Accepted", Id: not null, Component: not null, Variable: not null }
               let asked = SetMonitoringData.FirstOrDefault(data => IsOf(result, data))
               where asked is not null
               select HeldThings.Of(
                   new VariableMonitor(
                       Keys.Of(asked.Component, asked.Variable), asked.Type, asked.Value, asked.Severity,
                       asked.Transaction ?? false),
                   result.Id ?? 0),
        ];
        var answer = Answers.All(results.Select(one => one.Status));
        return taken.IsEmpty ? answer : answer with { Outcome = new NowHeld(HeldKind.Monitor, taken) };
    }

    private static bool IsOf(SetMonitoringResult result, SetMonitoringData data) =>
        result.Type == data.Type
        && result.Severity == data.Severity
        && Keys.Of(result.Component, result.Variable) == Keys.Of(data.Component, data.Variable);
}
