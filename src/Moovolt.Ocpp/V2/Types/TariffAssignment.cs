using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffAssignmentType: Tariff assignment.</summary>
public sealed record TariffAssignment(
    [MaxLength(60)] string TariffId,
    [OneOf("DefaultTariff", "DriverTariff")] string TariffKind,
    DateTimeOffset? ValidFrom = null,
    [MinItems(1), AtLeast(0)] ImmutableArray<int>? EvseIds = null,
    [MaxLength(255), MinItems(1)] ImmutableArray<string>? IdTokens = null);
