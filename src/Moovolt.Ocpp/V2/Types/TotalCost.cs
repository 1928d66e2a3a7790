using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TotalCostType: Total cost.</summary>
public sealed record TotalCost(
    [MaxLength(3)] string Currency,
    [OneOf("NormalCost", "MinCost", "MaxCost")] string TypeOfCost,
    TotalPrice Total,
    Price? Fixed = null,
    Price? Energy = null,
    Price? ChargingTime = null,
    Price? IdleTime = null,
    Price? ReservationTime = null,
    Price? ReservationFixed = null);
