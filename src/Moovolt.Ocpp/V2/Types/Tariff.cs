using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffType: Tariff.</summary>
public sealed record Tariff(
    [MaxLength(60)] string TariffId,
    [MaxLength(3)] string Currency,
    [MinItems(1), MaxItems(10)] ImmutableArray<MessageContent>? Description = null,
    TariffEnergy? Energy = null,
    DateTimeOffset? ValidFrom = null,
    TariffTime? ChargingTime = null,
    TariffTime? IdleTime = null,
    TariffFixed? FixedFee = null,
    TariffTime? ReservationTime = null,
    TariffFixed? ReservationFixed = null,
    Price? MinCost = null,
    Price? MaxCost = null);
