using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TransactionLimitType: Transaction limit.</summary>
public sealed record TransactionLimit(
    decimal? MaxCost = null,
    decimal? MaxEnergy = null,
    int? MaxTime = null,
    [AtLeast(0), AtMost(100)] int? MaxSoC = null);
