using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, VPNType: VPN.</summary>
public sealed record Vpn(
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string Server,
    [MaxLength(20), MaxLength(50, Since = OcppVersion.V21)] string User,
    [MaxLength(20), MaxLength(64, Since = OcppVersion.V21)] string Password,
    [MaxLength(255)] string Key,
    [OneOf("IKEv2", "IPSec", "L2TP", "PPTP")] string Type,
    [MaxLength(20), MaxLength(50, Since = OcppVersion.V21)] string? Group = null);
