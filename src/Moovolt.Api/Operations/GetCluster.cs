using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Cluster;
using Moovolt.Cluster.Joining;
using Moovolt.Cluster.Moving;
using Moovolt.ReadModel.Clock;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Api.Operations;

/// <summary>GET /cluster: who is there, what lives where, and how far behind is what people look at.</summary>
internal static class GetCluster
{
    /// <param name="Self">The node that answers.</param>
    /// <param name="Leader">Whom it holds for the leader; null before it has joined.</param>
    /// <param name="Oldest">Where the projector and the clock run.</param>
    /// <param name="Split">
    /// Empty, as it must be; else each leader and its members, who are two clusters on one database: an alarm.
    /// </param>
    internal sealed record Picture(
        string Self, string? Leader, string? Oldest,
        ImmutableArray<Node> Members, JournalState Journal, ProjectionState Projection, ClockState Clock,
        ImmutableArray<Side> Split);

    /// <param name="Leader">Who leads it.</param>
    /// <param name="Members">Addresses.</param>
    /// <param name="At">When the leader said so, by the database's clock.</param>
    internal sealed record Side(string Leader, ImmutableArray<string> Members, DateTimeOffset At);

    /// <param name="Incarnation">Which run of the program at that address.</param>
    /// <param name="Status">Akka's word: Joining, WeaklyUp, Up, Leaving, Exiting, Down.</param>
    /// <param name="Reachable">False while somebody cannot reach it.</param>
    /// <param name="Shards">
    /// By kind: charge-point, transaction, token; one that did not answer in time is missing.
    /// </param>
    /// <param name="Sessions">How many chargers' sockets it holds.</param>
    /// <param name="Draining">An operator has asked that it hold none; see /cluster/members/{member}/drain.</param>
    /// <param name="Version">
    /// Which messages it understands: members may differ by one minor. Null for one that has not said so lately.
    /// </param>
    internal sealed record Node(
        string Address,
        long Incarnation,
        ImmutableArray<string> Roles,
        string Status,
        bool Reachable,
        ImmutableDictionary<string, ShardCount> Shards,
        int Sessions,
        bool Draining,
        string? Version);

    /// <param name="LatencyMs">
    /// How long the latest probe of the node that answers took to store something; null while the journal does not
    /// answer.
    /// </param>
    /// <param name="State">
    /// How well that node can store: green; yellow, when storing takes long and no new charger is let in; red, when
    /// nothing can be stored.
    /// </param>
    /// <param name="Because">Why it is not green, in words; else null.</param>
    internal sealed record JournalState(double? LatencyMs, string State, string? Because);

    /// <param name="LagEvents">How many stored events the tables do not show yet; counted up to 10,000.</param>
    /// <param name="LagMs">How long the oldest of them has waited.</param>
    /// <param name="HeldBy">
    /// Whose write transaction, open somewhere on the database server, the tables wait for; null when it is nobody's,
    /// or not for ten seconds yet.
    /// </param>
    internal sealed record ProjectionState(long LagEvents, double LagMs, string? HeldBy);

    /// <param name="SkewSeconds">
    /// How far the clock of the node that answers is ahead of the database's, below 0 when it is behind: beyond 2 it
    /// goes by the database's, beyond 30 it is not ready for chargers. 0 where both are one.
    /// </param>
    internal sealed record ClockState(double SkewSeconds);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cluster", Handle)
            .WithName(nameof(GetCluster))
            .WithSummary("Members, shards, sessions, and how far behind the tables are");

    private static async Task<Ok<Picture>> Handle(
        ClusterView view, Moves moves, SplitWatch splits, Presence presence, Freshness freshness, JournalPulse journal,
        CancellationToken cancellation)
    {
        var cluster = await view.Look(cancellation);
        var sessions = (await presence.CountAsync(cancellation))
            .ToDictionary(count => count.Holder, count => count.Sessions);
        var holdings = (await moves.Look(cancellation)).ToDictionary(holding => holding.Address);
        var lag = await freshness.LagAsync(cancellation);
        var heldBy = await freshness.HeldByAsync(lag, cancellation);

        var members = cluster.Members.Select(member => new Node(
            member.Address,
            member.Incarnation,
            member.Roles,
            member.Status,
            member.Reachable,
            member.Shards,
            sessions.GetValueOrDefault(new SessionHolder(member.Address, member.Incarnation)),
            holdings.GetValueOrDefault(member.Address) is { Drain: not null },
            holdings.GetValueOrDefault(member.Address)?.Version));
        return TypedResults.Ok(new Picture(
            cluster.Self,
            cluster.Leader,
            cluster.Oldest,
            [.. members],
            new JournalState(
                journal.Latency is { } latency ? Milliseconds(latency) : null,
                journal.State,
                journal.Because.Length > 0 ? journal.Because : null),
            new ProjectionState(lag.Events, Milliseconds(lag.Age), heldBy),
            new ClockState(Math.Round(journal.ClockSkew.TotalSeconds, 3)),
            [
                .. (await splits.SidesAsync(cancellation))
                    .Select(side => new Side(side.Address, side.Members, side.At)),
            ]));
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
