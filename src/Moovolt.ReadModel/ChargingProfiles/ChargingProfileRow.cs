namespace Moovolt.ReadModel.ChargingProfiles;

/// <summary>A charging profile that a charger took and still holds.</summary>
/// <param name="Evse">0 for the whole charge point, or while the charger is to choose.</param>
/// <param name="AwaitedToken">It waits for the transaction that this token begins; null otherwise.</param>
/// <param name="Body">The profile, as JSON in the words of the command that sets one.</param>
/// <param name="RequestId">The command that brought it.</param>
public sealed record ChargingProfileRow(
    int Id, int Evse, int Connector, string? AwaitedToken, string Body, string RequestId, DateTimeOffset At);
