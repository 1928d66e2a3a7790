using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ModemType: its SIM card.</summary>
public sealed record Modem(
    [AsItComes, MaxLength(20)] string? Iccid = null,
    [AsItComes, MaxLength(20)] string? Imsi = null);
