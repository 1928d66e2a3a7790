using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, S01 to S03: batteries were taken or given.</summary>
[OcppAction("BatterySwap", OcppVersion.V21, KeepsPayload = true)]
public sealed record BatterySwap(
    [MinItems(1)] ImmutableArray<BatteryData> BatteryData,
    [OneOf("BatteryIn", "BatteryOut", "BatteryOutTimeout")] string EventType,
    IdTokenType IdToken,
    int RequestId) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("BatterySwap", arrival, new Response());
}
