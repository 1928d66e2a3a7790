using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, MeterValueType: what a meter showed at one moment.</summary>
public sealed record MeterValue(
    [Required, MinItems(1)] ImmutableArray<SampledValue>? SampledValue = null,
    [Required] DateTimeOffset? Timestamp = null);
