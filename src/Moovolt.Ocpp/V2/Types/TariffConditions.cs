using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffConditionsType: Tariff conditions.</summary>
public sealed record TariffConditions(
    string? StartTimeOfDay = null,
    string? EndTimeOfDay = null,
    [OneOf("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")]
    [MinItems(1)]
    [MaxItems(7)]
    ImmutableArray<string>? DayOfWeek = null,
    string? ValidFromDate = null,
    string? ValidToDate = null,
    [OneOf("AC", "DC")] string? EvseKind = null,
    decimal? MinEnergy = null,
    decimal? MaxEnergy = null,
    decimal? MinCurrent = null,
    decimal? MaxCurrent = null,
    decimal? MinPower = null,
    decimal? MaxPower = null,
    int? MinTime = null,
    int? MaxTime = null,
    int? MinChargingTime = null,
    int? MaxChargingTime = null,
    int? MinIdleTime = null,
    int? MaxIdleTime = null);
