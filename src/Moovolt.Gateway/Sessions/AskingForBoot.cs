using Moovolt.Domain.ChargePoints;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// A charger that has never booted here and does not boot is asked to, once in a session. A fleet that comes from another
/// back end by a change of address alone has booted there, and would have every call refused until its power is cut. So is
/// one that would be answered otherwise than the last time, for the sake of its certificate.
/// </summary>
internal sealed class AskingForBoot(Line line)
{
    private bool isOver;
    private TimeSpan? askAt;
    private Telling? telling;

    /// <summary>When there is something to do; null while there is not.</summary>
    public TimeSpan? DueAt => telling?.DueAt ?? askAt;

    /// <summary>There is a session: what a charger says in its first seconds by itself it need not be asked for.</summary>
    public void Registered()
    {
        if (isOver || line.Gateway.Settings.AskForBootAfter is not { Ticks: > 0 } settles) return;
        isOver = true;
        if (line.OwesBoot) askAt = line.Now + settles;
    }

    /// <returns>Whether the answer was to this.</returns>
    public bool TryHear(long ticket)
    {
        if (telling?.Ticket != ticket) return false;
        telling = null;
        return true;
    }

    /// <summary>Does what is due.</summary>
    public void Check()
    {
        if (!(DueAt <= line.Now)) return;
        askAt = null;
        if (!line.OwesBoot) telling = null;
        else if (telling is not null) line.TellAgain(telling);
        else telling = line.Tell(new AskForBoot(line.Who.Id, line.Epoch, line.Gateway.Time.GetUtcNow()));
    }
}
