using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, NetworkConnectionProfileType: Network connection profile.</summary>
public sealed record NetworkConnectionProfile(
    [OneOf("Wired0", "Wired1", "Wired2", "Wired3", "Wireless0", "Wireless1", "Wireless2", "Wireless3")]
    [OneOf("Any", Since = OcppVersion.V21)]
    string OcppInterface,
    [OneOf("JSON", "SOAP")] string OcppTransport,
    int MessageTimeout,
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string OcppCsmsUrl,
    [AtLeast(0, Since = OcppVersion.V21)] int SecurityProfile,
    ApnType? Apn = null,
    [Required(Until = OcppVersion.V201)]
    [OneOf("OCPP12", "OCPP15", "OCPP16", "OCPP20")]
    [OneOf("OCPP201", "OCPP21", Since = OcppVersion.V21)]
    string? OcppVersion = null,
    [Since(OcppVersion.V21), MaxLength(48)] string? Identity = null,
    [Since(OcppVersion.V21), MaxLength(64)] string? BasicAuthPassword = null,
    Vpn? Vpn = null);
