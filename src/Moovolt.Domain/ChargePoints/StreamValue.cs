namespace Moovolt.Domain.ChargePoints;

/// <summary>What a monitored variable was at a moment, as the charger wrote it.</summary>
public readonly record struct StreamValue(DateTimeOffset At, string Value);
