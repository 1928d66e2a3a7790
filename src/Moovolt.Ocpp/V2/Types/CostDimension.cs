using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CostDimensionType: Cost dimension.</summary>
public sealed record CostDimension(
    [OneOf("Energy", "MaxCurrent", "MinCurrent", "MaxPower", "MinPower", "IdleTIme", "ChargingTime")] string Type,
    decimal Volume);
