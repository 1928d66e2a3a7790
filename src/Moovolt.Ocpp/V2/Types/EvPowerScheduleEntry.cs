namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EVPowerScheduleEntryType: EVPower schedule entry.</summary>
public sealed record EvPowerScheduleEntry(int Duration, decimal Power);
