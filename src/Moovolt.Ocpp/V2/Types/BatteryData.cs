using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, BatteryDataType: Battery data.</summary>
public sealed record BatteryData(
    int EvseId,
    [MaxLength(50)] string SerialNumber,
    decimal SoC,
    decimal SoH,
    DateTimeOffset? ProductionDate = null,
    [MaxLength(500)] string? VendorInfo = null);
