using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Moovolt.Gateway;

namespace Moovolt.Node;

/// <summary>
/// Whether this node is alive, and whether it may be sent new connections. Alive knows nothing of the database and of
/// the cluster: a probe that kills a healthy cluster because its database is away would make an outage of a pause.
/// </summary>
internal sealed class Readiness(
    ActorSystem system, JournalProbe probe, Config config, CheckedClock clock, IServiceProvider rooms)
{
    private readonly TimeSpan unreadyAfter = config.GetTimeSpan("moovolt.brownout.unready-after");
    private readonly GatewayGate? gate = rooms.GetService<ChargerGateway>()?.Gate;
    private volatile bool started;

    /// <summary>The node has joined and its doors may open.</summary>
    public void Started() => started = true;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", Live).ExcludeFromDescription();
        routes.MapGet("/healthz/ready", Ready).ExcludeFromDescription();
    }

    /// <summary>Why the node takes no new connections; nothing when it does.</summary>
    public IEnumerable<string> Obstacles()
    {
        if (system.WhenTerminated.IsCompleted) yield return "the actor system has ended";
        else if (Akka.Cluster.Cluster.Get(system).SelfMember.Status is not (MemberStatus.Up or MemberStatus.WeaklyUp))
            yield return "not a member of the cluster";
        if (!started) yield return "starting";
        if (gate?.State == GateState.Draining) yield return "draining";
        if (clock.Skew is var skew && skew.Duration() > CheckedClock.TooWrong)
            yield return $"{CheckedClock.Sentence(skew)} Set it right, and keep both by NTP.";

        // Not at once: were all nodes unready, a balancer would reset what sits it out, and bring all of it back together.
        if (probe.Judged is { Strain: Strain.Red } red && clock.GetUtcNow() - red.Since >= unreadyAfter)
            yield return $"nothing can be stored since {red.Since:O}: {red.Because}";
    }

    private IResult Live() => system.WhenTerminated.IsCompleted
        ? Results.Json(new { status = "dead" }, statusCode: StatusCodes.Status503ServiceUnavailable)
        : Results.Json(new { status = "alive" });

    private IResult Ready()
    {
        var obstacles = Obstacles().ToList();
        return obstacles.Count == 0
            ? Results.Json(new { status = "ready" })
            : Results.Json(
                new { status = "not ready", because = obstacles }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
