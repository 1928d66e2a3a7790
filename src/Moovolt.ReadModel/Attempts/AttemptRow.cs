namespace Moovolt.ReadModel.Attempts;

/// <summary>A handshake that failed, or a socket that went wrong after its own: who it was, and why.</summary>
/// <param name="Identity">As the peer wrote it, cut at 200 characters; it may be nobody's.</param>
/// <param name="Code">Stable and kebab-case, such as <c>wrong-password</c>.</param>
/// <param name="Reason">In plain words, for whoever stands before the charger.</param>
/// <param name="Offered">The subprotocols that were offered; null when none were.</param>
/// <param name="HttpStatus">
/// What was answered: 101 when the socket was there, and what is said of it came after.
/// </param>
public sealed record AttemptRow(
    long Number,
    string Identity,
    string RemoteAddress,
    string Code,
    string Reason,
    string? Offered,
    int HttpStatus,
    DateTimeOffset At);
