using Moovolt.Domain;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// A command that an entity has been told and has not answered yet. Every command may be repeated, so it is told again
/// under the same ticket: after one, two and four waits from the beginning, then every four; and before those, where all
/// is well otherwise, after an eighth, a quarter and a half of one. A shard that moves is silent for a part of a second, and
/// what is on its way to it then is dropped.
/// </summary>
/// <param name="soon">Begin with the parts of a wait.</param>
internal sealed class Telling(long ticket, Command command, TimeSpan began, TimeSpan wait, bool soon)
{
    private const int Parts = 3;

    public long Ticket => ticket;
    public Command Command => command;
    public TimeSpan Began => began;

    /// <summary>How often it was told.</summary>
    public int Times { get; private set; } = 1;

    /// <summary>When it is to be told again.</summary>
    public TimeSpan DueAt => began + (wait * ((Times + (soon ? 0 : Parts)) switch
    {
        1 => 0.125,
        2 => 0.25,
        3 => 0.5,
        4 => 1,
        5 => 2,
        var times => 4 * (times - Parts - 2),
    }));

    public void ToldAgain() => Times++;
}
