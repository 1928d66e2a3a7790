using Moovolt.Cluster.Oldest;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Simulation.World;

/// <summary>
/// What one node does for all: the program's own clock, with a model of the table that it reads, and a model of who
/// ends the sessions of members that are gone.
/// </summary>
internal sealed class Oldest : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly SimulatedWorld world;
    private ModelNode? where;
    private CancellationTokenSource stopping = new();

    public Oldest(SimulatedWorld world)
    {
        this.world = world;
        Watch();
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private void Watch()
    {
        if (where is null or { IsDead: true })
        {
            Dispose();
            stopping = new CancellationTokenSource();
            where = world.Living.FirstOrDefault(node => !world.Homes.CutOff.Contains(node));
            if (where is { } node)
            {
                var clock = new Clock(
                    node.Entities,
                    (now, after, _) => Task.FromResult<IReadOnlyList<DueRow>>([.. after is null ? DueAt(now) : []]),
                    node.Time,
                    StopPatience.Usual, BrokenReports.UsualSilence);
                _ = clock.Loop.Run(stopping.Token);
            }
        }

        if (where is { IsDead: false } living) EndLostSessions(living);
        world.Loop.After(Look, Watch);
    }

    private IEnumerable<DueRow> DueAt(DateTimeOffset now)
    {
        foreach (var (entity, state) in world.Journal.States)
        {
            var reason = state switch
            {
                ChargePoint known when known.Asked.Any(request => IsDue(request, now)) => "due",
                Transaction.Ended { Untold.IsEmpty: false } => "due",
                Transaction.Running { Began: var began } when !KnowsOf(began) => Untold.Begin,
                Transaction.Running { Began: var began } when !Keeps(began) => Untold.Place,
                _ => null,
            };
            if (reason is not null) yield return new DueRow(DateTimeOffset.MinValue, entity, reason);
        }
    }

    private bool KnowsOf(TransactionBegan began) => !Untold.ConcernsChargePoint(began)
        || (world.Journal.States.GetValueOrDefault($"charge-point/{began.Id.ChargePoint}") is ChargePoint known
            && known.Open.Any(open => open.LocalId == began.Id.LocalId));

    private bool Keeps(TransactionBegan began) => !Untold.ConcernsToken(began)
        || !(world.Journal.States.GetValueOrDefault($"token/{new TokenId(began.Token).Key}") is Token known
            && known.Places.Any(place => place.Key == began.Verdict.Place && place.Transaction is null));

    private static bool IsDue(TrackedRequest request, DateTimeOffset now) => request.State switch
    {
        RequestState.Queued => request.QueueUntil <= now,
        RequestState.Sent => TrackedRequest.AnswerDueAt(request.SentAt ?? request.At, request.Patience) <= now,
        _ => request.EffectUntil <= now,
    };

    private void EndLostSessions(ModelNode oldest)
    {
        foreach (var state in world.Journal.States.Values.OfType<ChargePoint>())
        {
            if (state.Session is not { } session) continue;
            if (world.Living.Any(node => node.Address == session.Node && node.Incarnation == session.Incarnation))
                continue;
            oldest.Entities.Tell(
                new CloseSession(session.Id, session.Epoch, SessionEnd.NodeLost, oldest.Time.GetUtcNow()));
        }
    }
}
