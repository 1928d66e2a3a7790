using Akka.Actor;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Says to the charge point's entity that this session holds the charger's socket: at first, when the entity has
/// moved, when something stayed unanswered, and every half minute or so. That heals every message that was lost.
/// </summary>
internal sealed class Registering(Line line)
{
    private static readonly TimeSpan WhenLost = TimeSpan.FromSeconds(1);

    private Telling? telling;
    private bool lost;
    private TimeSpan nextAt;

    /// <summary>What the session calls itself, unique for ever.</summary>
    public string Session { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Where the entity is, as far as we know.</summary>
    public IActorRef? Entity { get; private set; }

    /// <summary>When there is something to do.</summary>
    public TimeSpan DueAt => telling is null || lost ? nextAt : telling.DueAt;

    /// <summary>Registers, unless that is under way already.</summary>
    public void Begin()
    {
        if (telling is not null) return;
        telling = line.Tell(new OpenSession(
            line.Who.Id, Session, line.Epoch, line.Who.Dialect.Subprotocol, line.Gateway.Member.Address,
            line.Gateway.Member.Incarnation, line.Who.RemoteAddress, line.Who.CredentialVersion, line.Gateway.Time.GetUtcNow(),
            line.Who.Rotation, line.Who.SecurityProfile, line.Who.CertificateExpiredAt));
        nextAt = line.Now + WhenLost;
    }

    /// <summary>The entity is gone from where it was: it is looked for at once, and then each second.</summary>
    public void Lost()
    {
        (Entity, telling, lost) = (null, null, true);
        Begin();
    }

    public bool TryHear(long ticket, IActorRef sender)
    {
        if (telling?.Ticket != ticket) return false;
        (Entity, telling, lost) = (sender, null, false);

        // Up to twice as long, by chance: chargers that came together shall not stay in step.
        nextAt = line.Now + (line.Gateway.Settings.RegisterAgain * (1 + line.Gateway.Chance.NextDouble()));
        return true;
    }

    public void Check()
    {
        if (DueAt > line.Now) return;
        if (telling is null) Begin();
        else line.TellAgain(telling);

        // While nothing can be stored nothing can be read: a fleet that asks each second would be all that the journal hears.
        nextAt = line.Now + (line.Gateway.Gate.Strain == Strain.Red
            ? line.Gateway.Settings.RetryAfter * (1 + line.Gateway.Chance.NextDouble())
            : WhenLost);
    }
}
