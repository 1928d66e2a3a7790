using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffConditionsFixedType: Tariff conditions fixed.</summary>
public sealed record TariffConditionsFixed(
    string? StartTimeOfDay = null,
    string? EndTimeOfDay = null,
    [OneOf("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")]
    [MinItems(1)]
    [MaxItems(7)]
    ImmutableArray<string>? DayOfWeek = null,
    string? ValidFromDate = null,
    string? ValidToDate = null,
    [OneOf("AC", "DC")] string? EvseKind = null,
    [MaxLength(20)] string? PaymentBrand = null,
    [MaxLength(20)] string? PaymentRecognition = null);
