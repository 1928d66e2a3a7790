using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, BatteryDataType: Battery data.</summary>
public sealed record BatteryData(
    [AtLeast(0)] int EvseId,
    [MaxLength(50)] string SerialNumber,
    [AtLeast(0), AtMost(100)] decimal SoC,
    [AtLeast(0), AtMost(100)] decimal SoH,
    DateTimeOffset? ProductionDate = null,
    [MaxLength(500)] string? VendorInfo = null);
