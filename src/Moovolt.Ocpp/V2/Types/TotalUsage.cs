namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TotalUsageType: Total usage.</summary>
public sealed record TotalUsage(
    decimal Energy,
    int ChargingTime,
    int IdleTime,
    int? ReservationTime = null);
