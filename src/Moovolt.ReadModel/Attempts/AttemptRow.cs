namespace Moovolt.ReadModel.Attempts;

/// <summary>
/// A handshake that failed, or a socket that went wrong after its own: who it was, why, and how often in the same way.
/// </summary>
/// <param name="Identity">As the peer wrote it, cut at 200 characters; it may be nobody's.</param>
/// <param name="Code">Stable and kebab-case, such as <c>wrong-password</c>.</param>
/// <param name="Reason">In plain words, for whoever stands before the charger.</param>
/// <param name="Offered">The subprotocols that were offered; null when none were.</param>
/// <param name="HttpStatus">
/// What was answered: 101 when the socket was there, and what is said of it came after.
/// </param>
/// <param name="FirstAt">The first time, from this address and for this reason.</param>
/// <param name="At">The latest time.</param>
/// <param name="Count">How often.</param>
/// <param name="Node">The member that saw the latest; null for one by itself.</param>
public sealed record AttemptRow(
    long Number,
    string Identity,
    string RemoteAddress,
    string Code,
    string Reason,
    string? Offered,
    int HttpStatus,
    DateTimeOffset FirstAt,
    DateTimeOffset At,
    long Count,
    string? Node);
