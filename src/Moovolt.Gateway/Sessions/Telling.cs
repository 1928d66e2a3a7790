using Moovolt.Domain;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// A command that an entity has been told and has not answered yet. Every command may be repeated, so it is told again
/// under the same ticket: after one, two and four waits from the beginning, then every four.
/// </summary>
internal sealed class Telling(long ticket, Command command, TimeSpan began, TimeSpan wait)
{
    public long Ticket => ticket;
    public Command Command => command;
    public TimeSpan Began => began;

    /// <summary>How often it was told.</summary>
    public int Times { get; private set; } = 1;

    /// <summary>When it is to be told again.</summary>
    public TimeSpan DueAt => began + (wait * (Times switch { 1 => 1, 2 => 2, _ => 4 * (Times - 2) }));

    public void ToldAgain() => Times++;
}
