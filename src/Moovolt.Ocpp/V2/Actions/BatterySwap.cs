using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, S01 to S03: batteries were given or taken.</summary>
[OcppAction("BatterySwap", OcppVersion.V21)]
public sealed record BatterySwap(
    [MinItems(1)] ImmutableArray<BatteryData> BatteryData,
    [OneOf("BatteryIn", "BatteryOut", "BatteryOutTimeout")] string EventType,
    IdTokenType IdToken,
    int RequestId) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportBatterySwap(
            arrival.From,
            arrival.Epoch,
            RequestId,
            EventType switch
            {
                "BatteryIn" => SwapStep.In,
                "BatteryOut" => SwapStep.Out,
                _ => SwapStep.OutTimeout,
            },
            IdTokens.Name(IdToken),
            [
                .. BatteryData.Take(BatterySwaps.MostBatteries).Select(one => new SwappedBattery(
                    one.EvseId, one.SerialNumber, one.SoC, one.SoH, one.ProductionDate, one.VendorInfo)),
            ],
            arrival.At),
        new Response());
}
