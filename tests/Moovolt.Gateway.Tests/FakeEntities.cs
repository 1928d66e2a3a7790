using System.Collections.Concurrent;
using Akka.Actor;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Gateway.Tests;

/// <summary>Entities that answer what a test wants them to, or nothing, and remember what they were told.</summary>
internal sealed class FakeEntities
{
    private readonly ActorSystem system;
    private readonly ConcurrentQueue<Request> told = new();
    private long epoch;

    public FakeEntities(ActorSystem system)
    {
        this.system = system;
        Entity = system.ActorOf(Props.Empty);
        var region = system.ActorOf(Props.Create(() => new Region(this)));
        Door = new Entities(region, region, region);
    }

    public Entities Door { get; }

    /// <summary>Who the charge point's entity is: a session watches it.</summary>
    public IActorRef Entity { get; private set; }

    /// <summary>The session that registered last.</summary>
    public IActorRef Session { get; private set; } = ActorRefs.Nobody;

    /// <summary>Asked first. Null: as usual; <see cref="Nothing"/>: no answer at all.</summary>
    public Func<Command, Reply?> Answers { get; set; } = _ => null;

    public static readonly Reply Nothing = new Reply.Refused("never sent");

    public Registration? Registered { get; set; } = Registration.Accepted;

    public IReadOnlyList<Request> Told => [.. told];

    public IReadOnlyList<T> ToldOf<T>() => [.. told.Select(request => request.Command).OfType<T>()];

    public void Deliver(Delivery delivery) => Session.Tell(delivery, Entity);

    /// <summary>The entity stops here and begins elsewhere.</summary>
    public void Move()
    {
        var old = Entity;
        Entity = system.ActorOf(Props.Empty);
        system.Stop(old);
    }

    /// <summary>Waits until so many commands of a kind have been told.</summary>
    public async Task<IReadOnlyList<T>> UntilTold<T>(int times = 1)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (ToldOf<T>() is var so && so.Count >= times) return so;
            await Task.Delay(10);
        }

        throw new TimeoutException($"{typeof(T).Name} was told {ToldOf<T>().Count} times in 10 s, not {times}.");
    }

    private Reply? Usual(Command command) => command switch
    {
        OpenSession open => new SessionOpen(open.Epoch > 0 ? open.Epoch : ++epoch, Registered, UnknownTokens.Refuse),
        ReportBoot => new BootAnswered(Registration.Accepted),
        Admit or Authorize => new Judged(Verdict.Accepted),
        _ => new Reply.Accepted(),
    };

    private sealed class Region(FakeEntities fake) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not Request request) return;
            fake.told.Enqueue(request);
            if (request.Command is OpenSession) fake.Session = Sender;
            var reply = fake.Answers(request.Command) ?? fake.Usual(request.Command);
            if (!ReferenceEquals(reply, Nothing)) Sender.Tell(new Answer(request.Ticket, reply!), fake.Entity); // never null
        }
    }
}
