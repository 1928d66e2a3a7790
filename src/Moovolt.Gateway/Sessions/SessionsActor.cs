using Akka.Actor;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// The parent of all sessions of a node. One that fails is not restarted: its charger comes again, with a new socket.
/// </summary>
internal sealed class SessionsActor(GatewayParts gateway) : UntypedActor
{
    /// <summary>Begin a session. Answered with its reference.</summary>
    public sealed record Open(Who Who, SocketPump Pump);

    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    protected override void OnReceive(object message)
    {
        if (message is Open open)
            Sender.Tell(Context.ActorOf(Props.Create<SessionActor>(open.Who, open.Pump, gateway)));
        else Unhandled(message);
    }
}
