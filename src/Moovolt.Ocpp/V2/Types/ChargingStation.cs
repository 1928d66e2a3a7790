using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingStationType: what the charger is.</summary>
public sealed record ChargingStation(
    [AsItComes, MaxLength(20)] string Model,
    [AsItComes, MaxLength(50)] string VendorName,
    [AsItComes, MaxLength(25)] string? SerialNumber = null,
    Modem? Modem = null,
    [AsItComes, MaxLength(50)] string? FirmwareVersion = null);
