using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PriceRuleStackType: Price rule stack.</summary>
public sealed record PriceRuleStack(int Duration, [MinItems(1), MaxItems(8)] ImmutableArray<PriceRule> PriceRule);
