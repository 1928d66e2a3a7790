using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EVPowerScheduleType: EVPower schedule.</summary>
public sealed record EvPowerSchedule(
    [MinItems(1), MaxItems(1024)] ImmutableArray<EvPowerScheduleEntry> EvPowerScheduleEntries,
    DateTimeOffset TimeAnchor);
