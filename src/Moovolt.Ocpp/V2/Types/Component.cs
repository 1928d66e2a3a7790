using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ComponentType: a part of the charger, by its name, instance and place.</summary>
public sealed record Component(
    [MaxLength(50)] string Name,
    Evse? Evse = null,
    [MaxLength(50)] string? Instance = null);
