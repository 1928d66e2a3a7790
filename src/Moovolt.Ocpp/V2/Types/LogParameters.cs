using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, LogParametersType: Log parameters.</summary>
public sealed record LogParameters(
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string RemoteLocation,
    DateTimeOffset? OldestTimestamp = null,
    DateTimeOffset? LatestTimestamp = null);
