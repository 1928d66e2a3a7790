using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingScheduleType: the limits over time.</summary>
public sealed record ChargingSchedule(
    int Id,
    [OneOf("W", "A")] string ChargingRateUnit,
    [MinItems(1), MaxItems(1024)] ImmutableArray<ChargingSchedulePeriod> ChargingSchedulePeriod,
    [Since(OcppVersion.V21)] LimitAtSoC? LimitAtSoC = null,
    DateTimeOffset? StartSchedule = null,
    int? Duration = null,
    decimal? MinChargingRate = null,
    [Since(OcppVersion.V21)] decimal? PowerTolerance = null,
    [Since(OcppVersion.V21), AtLeast(0)] int? SignatureId = null,
    [Since(OcppVersion.V21), MaxLength(88)] string? DigestValue = null,
    [Since(OcppVersion.V21)] bool? UseLocalTime = null,
    [Since(OcppVersion.V21), AtLeast(0)] int? RandomizedDelay = null,
    SalesTariff? SalesTariff = null,
    [Since(OcppVersion.V21)] AbsolutePriceSchedule? AbsolutePriceSchedule = null,
    [Since(OcppVersion.V21)] PriceLevelSchedule? PriceLevelSchedule = null);
