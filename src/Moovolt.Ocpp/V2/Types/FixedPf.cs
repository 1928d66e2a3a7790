using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, FixedPFType: Fixed pF.</summary>
public sealed record FixedPf(
    [AtLeast(0)] int Priority,
    decimal Displacement,
    bool Excitation,
    DateTimeOffset? StartTime = null,
    decimal? Duration = null);
