using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EVSEType: where: an EVSE, and, when it matters, one of its connectors.</summary>
public sealed record Evse(
    [Required, AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? Id = null,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? ConnectorId = null);
