using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp;

namespace Moovolt.Gateway.Sessions;

/// <summary>Who is at the other end of a socket.</summary>
/// <param name="CredentialVersion">The credential that the charger used; 0 for none.</param>
internal sealed record Who(ChargePointId Id, Dialect Dialect, string RemoteAddress, int CredentialVersion);

/// <summary>What the parts of one session share: whose it is, its socket, its clock, and its way to the entities.</summary>
internal sealed class Line(Who who, SocketPump pump, GatewayParts gateway, IActorRef self)
{
    private readonly long startedAt = gateway.Time.GetTimestamp();
    private long tickets;

    public Who Who => who;
    public SocketPump Pump => pump;
    public GatewayParts Gateway => gateway;

    /// <summary>0 until the session is registered.</summary>
    public long Epoch { get; private set; }

    public bool IsRegistered => Epoch > 0;

    /// <summary>What the last BootNotification was answered, to this session or one before; null when there was none.</summary>
    public Registration? Registration { get; set; }

    public UnknownTokens UnknownTokens { get; private set; }

    /// <summary>How long there has been a session: what its deadlines are counted in.</summary>
    public TimeSpan Now => gateway.Time.GetElapsedTime(startedAt);

    public void Registered(SessionOpen open)
    {
        Epoch = open.Epoch;
        Registration = open.Registered;
        UnknownTokens = open.UnknownTokens ?? Gateway.Settings.UnknownTokens;
    }

    /// <summary>Tells an entity something that it is to answer.</summary>
    public Telling Tell(Command command)
    {
        var telling = new Telling(++tickets, command, Now, gateway.Settings.RetryAfter);
        gateway.Entities.Tell(command, telling.Ticket, self);
        return telling;
    }

    /// <summary>Tells an entity something that nobody waits for; it is not told again.</summary>
    public void Mention(Command command) => gateway.Entities.Tell(command);

    public void TellAgain(Telling telling)
    {
        telling.ToldAgain();
        gateway.Entities.Tell(telling.Command, telling.Ticket, self);
    }

    /// <summary>Puts a frame on the wire, and on record.</summary>
    public void Write(byte[] frame, string? action)
    {
        pump.Send(frame);
        gateway.Witness.Sent(who.Id, Epoch, action, frame);
    }
}
