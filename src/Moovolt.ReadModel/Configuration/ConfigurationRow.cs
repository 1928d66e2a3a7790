namespace Moovolt.ReadModel.Configuration;

/// <summary>One key of a charger's configuration.</summary>
/// <param name="Key">In the charger's own case.</param>
/// <param name="Value">Null when the charger gave none, and always for a secret.</param>
/// <param name="Truncated">The charger's value is longer than what is kept.</param>
/// <param name="RebootRequired">It was written, and holds from the next start on.</param>
/// <param name="At">When we last heard of it.</param>
public sealed record ConfigurationRow(
    string Key, string? Value, bool Readonly, bool Truncated, bool Secret, bool RebootRequired, DateTimeOffset At);

/// <summary>A value that became another one.</summary>
/// <param name="Old">Null when the key was not known before.</param>
/// <param name="New">Null when the charger does not know the key any more.</param>
/// <param name="How">
/// <c>written</c>: through Moovolt. <c>charger</c>: the charger holds another value than the one that was written.
/// <c>read</c>: a read found another value than known, so somebody changed it elsewhere.
/// </param>
/// <param name="Command">The command behind it.</param>
public sealed record ConfigurationChangeRow(
    string Key, string? Old, string? New, string How,
    string? Command, DateTimeOffset At, long SequenceNumber, int Part);
