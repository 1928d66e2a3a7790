using System.Collections.Immutable;
using System.Globalization;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N06: watch these no more.</summary>
[OcppAction("ClearVariableMonitoring", OcppVersion.V201, OcppVersion.V21)]
public sealed record ClearVariableMonitoring(
    [MinItems(1), AtLeast(0, Since = OcppVersion.V21)] ImmutableArray<int> Id) : ICsmsCall<ReleaseHeld>
{
    public sealed record Response([MinItems(1)] ImmutableArray<ClearMonitoringResult> ClearMonitoringResult);

    public static Wording ToCall(ReleaseHeld request) => HeldThings.Release(request);

    public StationAnswer ToAnswer(Heard heard)
    {
        if (((Response)heard.Response).ClearMonitoringResult is not { IsDefault: false } results) return Answers.All([]);
        ImmutableArray<string> gone =
        [
            .. results.Where(one => one.Status is "Accepted" or "NotFound")
                .Select(one => one.Id.ToString(CultureInfo.InvariantCulture)),
        ];
        var answer = Answers.All(results.Select(one => one.Status));
        return gone.IsEmpty ? answer : answer with { Outcome = new NoLongerHeld(HeldKind.Monitor, gone) };
    }
}
