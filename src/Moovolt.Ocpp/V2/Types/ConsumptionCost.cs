using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ConsumptionCostType: Consumption cost.</summary>
public sealed record ConsumptionCost(decimal StartValue, [MinItems(1), MaxItems(3)] ImmutableArray<Cost> Cost);
