using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CompositeScheduleType: Composite schedule.</summary>
public sealed record CompositeSchedule(
    [AtLeast(0, Since = OcppVersion.V21)] int EvseId,
    int Duration,
    DateTimeOffset ScheduleStart,
    [OneOf("W", "A")] string ChargingRateUnit,
    [MinItems(1)] ImmutableArray<ChargingSchedulePeriod> ChargingSchedulePeriod);
