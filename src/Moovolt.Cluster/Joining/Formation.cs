using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Moovolt.Cluster.Joining;

/// <summary>
/// Brings this node into its cluster: through the database that all its nodes share, by seeds that an operator names,
/// or alone. Who belongs together is decided here; membership from then on is Akka's.
/// </summary>
public sealed class Formation
{
    /// <summary>How often joining is tried before the node gives up and leaves it to its supervisor.</summary>
    private const int Attempts = 5;

    private static readonly TimeSpan AttemptPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A member that is silent on the network and has not written its heartbeat for so long is gone: alive without
    /// the database it could store nothing, and would have stopped itself.
    /// </summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(90);

    private readonly ActorSystem system;
    private readonly Akka.Cluster.Cluster cluster;
    private readonly TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly WireVersion version;

    private Formation(ActorSystem system, WireVersion? version = null)
    {
        this.system = system;
        this.version = version ?? WireVersion.Current;
        cluster = Akka.Cluster.Cluster.Get(system);
        cluster.RegisterOnMemberUp(() => up.TrySetResult());
    }

    /// <summary>A cluster of one. Ends when it is up.</summary>
    public static async Task Alone(ActorSystem system, CancellationToken cancellation)
    {
        var formation = new Formation(system);
        formation.cluster.Join(formation.cluster.SelfAddress);
        await formation.up.Task.WaitAsync(cancellation);
    }

    /// <summary>
    /// Joins what an operator named; the first of the seeds may found, as Akka's rule is. Ends when this node is up.
    /// </summary>
    /// <exception cref="ClusterJoinFailedException">It could not join; the process is about to end.</exception>
    public static async Task WithSeeds(ActorSystem system, IEnumerable<string> seeds, CancellationToken cancellation)
    {
        var formation = new Formation(system);
        var addresses = seeds.Select(Address.Parse).ToImmutableArray();
        for (var failed = 0; !await formation.Join(addresses, cancellation);)
            await formation.Failed(++failed, cancellation);
    }

    /// <summary>
    /// Joins the cluster whose nodes share this database, or founds it. Waits for a database that is not there yet.
    /// Ends when this node is up; its row is kept fresh until the actor system shuts down, and then taken back.
    /// </summary>
    /// <exception cref="ClusterJoinFailedException">It could not join; the process is about to end.</exception>
    public static Task ThroughDatabase(ActorSystem system, string connectionString, CancellationToken cancellation) =>
        ThroughDatabase(system, connectionString, WireVersion.Current, cancellation);

    /// <inheritdoc cref="ThroughDatabase(ActorSystem, string, CancellationToken)"/>
    /// <param name="version">What this node says to others.</param>
    internal static async Task ThroughDatabase(
        ActorSystem system, string connectionString, WireVersion version, CancellationToken cancellation)
    {
        var formation = new Formation(system, version);
        var row = await formation.Announce(connectionString, cancellation);
        for (var failed = 0; !formation.up.Task.IsCompleted;)
        {
            var step = await row.Try(table => formation.NextStep(table, row, cancellation), cancellation);
            if (step is Step.Failed) await formation.Failed(++failed, cancellation);
            else if (step is not Step.Joined) await Task.Delay(Pause, cancellation);
        }

        row.Standing = Standing.Up;
    }

    private async Task<OwnRow> Announce(string connectionString, CancellationToken cancellation)
    {
        try
        {
            return await OwnRow.Announce(system, connectionString, version.ToString(), cancellation);
        }
        catch (AddressTakenException taken)
        {
            throw GiveUp(taken.Message);
        }
    }

    private async Task<Step> NextStep(MemberTable table, OwnRow row, CancellationToken cancellation)
    {
        var others = await table.Others(cancellation);
        if (others.FirstOrDefault(other => other.IsFresh && !Understands(other)) is { } stranger)
            throw GiveUp(WhyNot(stranger));

        var signs = await Task.WhenAll(others.Select(other => Probe.Try(other.Address, cancellation)));
        var seen = others.Zip(signs, (other, sign) => (Other: other, Sign: sign)).ToImmutableArray();

        var seeds = seen
            .Where(one =>
                one is { Other: { IsFresh: true, Standing: Standing.Founding or Standing.Up }, Sign: Sign.Answers })
            .Select(one => Address.Parse(one.Other.Address))
            .Take(5)
            .ToImmutableArray();
        if (!seeds.IsEmpty) return await Join(seeds, cancellation) ? Step.Joined : Step.Failed;

        foreach (var (other, sign) in seen.Where(one => !IsGone(one.Other, one.Sign)))
        {
            row.Say($"Waiting: {other.Address} may still be a member ({other.Standing}; on the network {sign}).");
            return Step.Wait;
        }

        if (!await table.TryFound(others.Select(other => other.Address).ToHashSet(), cancellation)) return Step.Wait;
        row.Standing = Standing.Founding;
        row.Say("No cluster is known in the database: this node founds it.");
        cluster.Join(cluster.SelfAddress);
        return await IsUp(cancellation) ? Step.Joined : Step.Failed;
    }

    private bool Understands(OtherMember other) =>
        WireVersion.Parse(other.Version) is { } theirs && version.Understands(theirs);

    private string WhyNot(OtherMember other) =>
        $"This program is of version {version} between members, and {other.Address} of {other.Version}: they may "
        + "differ by one minor, or they would not understand each other. Upgrade, or go back, one release at a time: all "
        + "members to the one between first.";

    // A fresh heartbeat is life, whatever the network says; an answer is life, whatever the database says.
    private static bool IsGone(OtherMember other, Sign sign) => sign switch
    {
        _ when other.IsFresh => false,
        Sign.Refuses => true,
        Sign.Silent => other.Age > GivenUpAfter,
        _ => false,
    };

    private Task<bool> Join(ImmutableArray<Address> seeds, CancellationToken cancellation)
    {
        system.Log.Info("Joining {0}.", string.Join(", ", seeds));
        cluster.JoinSeedNodes(seeds);
        return IsUp(cancellation);
    }

    private async Task<bool> IsUp(CancellationToken cancellation)
    {
        try
        {
            await up.Task.WaitAsync(AttemptPatience, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task Failed(int times, CancellationToken cancellation)
    {
        system.Log.Warning(
            "Not joined within {0} s, attempt {1} of {2}.", AttemptPatience.TotalSeconds, times, Attempts);
        if (times >= Attempts) throw GiveUp($"The cluster could not be joined in {Attempts} attempts.");
        await Task.Delay(Pause * (1 + Random.Shared.NextDouble()), cancellation);
    }

    private ClusterJoinFailedException GiveUp(string why)
    {
        GivingUp.Now(system, why);
        return new ClusterJoinFailedException(why);
    }

    private enum Step
    {
        Wait,
        Failed,
        Joined,
    }
}
