using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Moovolt.Cluster.Joining;

/// <summary>Who takes itself for the leader, and of whom.</summary>
/// <param name="Address">The leader's.</param>
/// <param name="Members">All that it holds for members, itself included.</param>
/// <param name="At">When it said so, by the database's clock.</param>
public sealed record Leadership(string Address, ImmutableArray<string> Members, DateTimeOffset At);

/// <summary>
/// A net under the split-brain resolver: leaders write down every 5 s whom they lead, and two that have no member in
/// common are two clusters on one database. It raises an alarm and decides nothing: who goes down is the resolver's.
/// </summary>
public sealed class SplitWatch
{
    /// <summary>Three times the interval: who has not written for so long leads nobody any more.</summary>
    private const string Young = "interval '15 seconds'";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly Meter Meter = new("Moovolt.Cluster");

    private readonly Akka.Cluster.Cluster cluster;
    private readonly ClusterBook book;
    private readonly ILogger<SplitWatch> log;
    private volatile bool split;

    /// <param name="system">Whose member this is.</param>
    /// <param name="book">Where leaders write; a node by itself has nothing to watch.</param>
    /// <param name="log">Where the alarm goes.</param>
    public SplitWatch(ActorSystem system, ClusterBook book, ILogger<SplitWatch> log)
    {
        (this.book, this.log) = (book, log);
        cluster = Akka.Cluster.Cluster.Get(system);
        Meter.CreateObservableGauge(
            "moovolt_cluster_split", () => split ? 1 : 0,
            description: "1 while two clusters work on one database, as this node sees it.");
    }

    /// <summary>The clusters that are at work on this database, when they are two or more; else none.</summary>
    public async Task<ImmutableArray<Leadership>> SidesAsync(CancellationToken cancellation) =>
        book.IsShared ? SidesOf(await Read(cancellation)) : [];

    /// <summary>Writes and looks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!book.IsShared) return;
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                try
                {
                    await LookAsync(cancellation);
                }
                catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException
                    && !cancellation.IsCancellationRequested)
                {
                    // The heartbeat says it, once.
                    log.LogDebug("{Place} does not answer: {Reason}", book.Place, e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        finally
        {
            await Abdicate();
        }
    }

    /// <summary>Those that have no member in common with another one; in the order given.</summary>
    internal static ImmutableArray<Leadership> SidesOf(ImmutableArray<Leadership> leaders) =>
    [
        .. leaders.Where(one => leaders.Any(other =>
            other.Address != one.Address && !other.Members.Intersect(one.Members).Any())),
    ];

    internal async Task LookAsync(CancellationToken cancellation)
    {
        if (cluster.IsUp && cluster.State.Leader == cluster.SelfAddress) await Write(cancellation);
        var sides = SidesOf(await Read(cancellation));
        if (!sides.IsEmpty && !split) log.LogCritical("{Alarm}", Alarm(sides));
        if (sides.IsEmpty && split) log.LogWarning("The cluster is one again: no two leaders are left.");
        split = !sides.IsEmpty;
    }

    private static string Alarm(ImmutableArray<Leadership> sides) =>
        "THE CLUSTER IS SPLIT: " + string.Join(
            "; and ", sides.Select(side => $"{side.Address} leads {string.Join(", ", side.Members)}"))
        + ". Two clusters work on one database. Nothing is stored twice, for the journal takes one writer of each "
        + "entity; but chargers and operators get answers from one side that the other does not know. Mend the network "
        + "between the members (their remoting port); if it does not heal within a minute, stop all members of the "
        + "smaller side.";

    private async Task Write(CancellationToken cancellation)
    {
        await using var command = book.Database.CreateCommand(
            """
            insert into cluster_identity default values on conflict do nothing; -- with seeds nobody has founded
            insert into cluster_leader (address, cluster_id, members)
            select @address, cluster_id, @members from cluster_identity
            on conflict (address) do update set
              cluster_id = excluded.cluster_id, members = excluded.members, at = now()
            """);
        command.Parameters.AddWithValue("address", cluster.SelfAddress.ToString());
        command.Parameters.AddWithValue("members", Members());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<ImmutableArray<Leadership>> Read(CancellationToken cancellation)
    {
        await using var command = book.Database.CreateCommand(
            $"""
            select l.address, l.members, l.at from cluster_leader l join cluster_identity i using (cluster_id)
            where l.at > now() - {Young}
            order by l.address
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var leaders = ImmutableArray.CreateBuilder<Leadership>();
        while (await reader.ReadAsync(cancellation))
        {
            leaders.Add(new Leadership(
                reader.GetString(0),
                [.. reader.GetFieldValue<string[]>(1)],
                reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return leaders.ToImmutable();
    }

    // Whoever founds anew in the moment after must not look like the other half of a split.
    private async Task Abdicate()
    {
        try
        {
            await using var command =
                book.Database.CreateCommand("delete from cluster_leader where address = @address");
            command.Parameters.AddWithValue("address", cluster.SelfAddress.ToString());
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            log.LogDebug("{Place} does not answer: {Reason}", book.Place, e.Message);
        }
    }

    private string[] Members() =>
    [
        .. cluster.State.Members
            .Where(member => member.Status is not (MemberStatus.Down or MemberStatus.Removed))
            .Select(member => member.Address.ToString()).Order(StringComparer.Ordinal),
    ];
}
