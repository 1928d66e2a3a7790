using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, SalesTariffType: Sales tariff.</summary>
public sealed record SalesTariff(
    [AtLeast(0, Since = OcppVersion.V21)] int Id,
    [MinItems(1), MaxItems(1024)] ImmutableArray<SalesTariffEntry> SalesTariffEntry,
    [MaxLength(32)] string? SalesTariffDescription = null,
    [AtLeast(0, Since = OcppVersion.V21)] int? NumEPriceLevels = null);
