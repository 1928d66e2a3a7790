using Moovolt.Cluster.Oldest;
using Moovolt.Domain.ChargePoints;
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
                    node.Entities, (now, _) => Task.FromResult<IReadOnlyList<DueRow>>([.. DueAt(now)]), node.Time,
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
            var due = state switch
            {
                ChargePoint known => known.Asked.Any(request => IsDue(request, now)),
                Transaction.Ended ended => !ended.Untold.IsEmpty,
                _ => false,
            };
            if (due) yield return new DueRow(entity, "due");
        }
    }

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
