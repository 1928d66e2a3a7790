namespace Moovolt.ReadModel.CompositeSchedules;

/// <summary>What a charger said last that it will draw at most at a connector.</summary>
/// <param name="Evse">0 for the grid connection: all connectors together.</param>
/// <param name="StartsAt">What the seconds are counted from; null when the charger did not say.</param>
/// <param name="Body">The schedule, as JSON in the words of the command that sets a profile.</param>
/// <param name="RequestId">The command that asked.</param>
public sealed record CompositeScheduleRow(
    int Evse, int Connector, DateTimeOffset? StartsAt, string Body, string RequestId, DateTimeOffset ReadAt);
