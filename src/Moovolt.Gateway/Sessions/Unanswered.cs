using Akka.Actor;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// The sessions of this node that hold a transaction message whose entity has not answered at once. While nothing can be
/// stored those that have waited to the end are let go, in random order and at a pace, since a fleet that comes back in
/// one moment would be the next outage; when something can be stored again, all tell their entities again at once.
/// </summary>
internal sealed class Unanswered : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly GatewayGate gate;
    private readonly Random chance;
    private readonly ITimer timer;
    private readonly double perBeat;
    private readonly Lock guard = new();

    /// <summary>Who holds one, and whether it has waited to the end.</summary>
    private readonly Dictionary<IActorRef, bool> holders = [];

    private double allowed;
    private bool wasRed;

    /// <param name="perSecond">How many are let go each second.</param>
    public Unanswered(int perSecond, GatewayGate gate, TimeProvider time, Random chance)
    {
        (this.gate, this.chance) = (gate, chance);
        perBeat = perSecond * Beat.TotalSeconds;
        timer = time.CreateTimer(_ => OnBeat(), null, Timeout.InfiniteTimeSpan, Beat);
    }

    /// <summary>What happened to who holds a message.</summary>
    public enum Sign
    {
        /// <summary>Something can be stored again: tell your entity again.</summary>
        TellAgain,

        /// <summary>Waiting longer would lose what the charger has to say: close the socket, and it keeps it.</summary>
        LetGo,
    }

    public int Count
    {
        get
        {
            lock (guard) return holders.Count;
        }
    }

    /// <param name="toTheEnd">It has waited as long as a charger waits.</param>
    public void Hold(IActorRef session, bool toTheEnd)
    {
        lock (guard)
        {
            if (holders.Count == 0) timer.Change(Beat, Beat);
            holders[session] = toTheEnd;
        }
    }

    public void Release(IActorRef session)
    {
        lock (guard)
        {
            if (holders.Remove(session) && holders.Count == 0) Rest();
        }
    }

    public void Dispose() => timer.Dispose();

    private void OnBeat()
    {
        lock (guard)
        {
            var red = gate.Strain == Strain.Red;
            allowed = (allowed % 1) + perBeat; // what was not used is not saved up
            if (red) LetGo();
            else if (wasRed)
                foreach (var session in holders.Keys) session.Tell(Sign.TellAgain, ActorRefs.NoSender);
            wasRed = red;
        }
    }

    private void LetGo()
    {
        if (allowed < 1) return;
        var waited = holders.Where(holder => holder.Value).Select(holder => holder.Key).ToArray();
        chance.Shuffle(waited); // no charger is always the last
        foreach (var session in waited.Take((int)allowed))
        {
            holders.Remove(session);
            allowed--;
            session.Tell(Sign.LetGo, ActorRefs.NoSender);
        }

        if (holders.Count == 0) Rest();
    }

    private void Rest()
    {
        timer.Change(Timeout.InfiniteTimeSpan, Beat);
        wasRed = false;
    }
}
