using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

[Collection("Heavy")]
public sealed class RegionsSpec(ITestOutputHelper output) : MemberKit(output)
{
    private const string Journal = """
        akka.persistence.journal.plugin = "slow"
        slow.class = "Moovolt.Cluster.Tests.SlowSharedJournal, Moovolt.Cluster.Tests"
        """;

    private const string Crashes = "akka.coordinated-shutdown.run-by-actor-system-terminate = off";

    private readonly string run = $"{Guid.NewGuid():N}"[..8];

    [Fact]
    public async Task Members_share_all_shards_and_each_reaches_every_entity()
    {
        var (a, b) = (Start(Journal), Start(Journal));
        var (fromA, fromB) = (Regions.Start(a, host: true), Regions.Start(b, host: true));
        await Join(a, b);

        var view = new ClusterView(b, fromB);
        await Until(async () => await Total(view) is [100, 100, 100]);
        var picture = await view.Look(CancellationToken.None);
        Assert.Equal(2, picture.Members.Length);
        Assert.All(picture.Members, member => Assert.True(member.Reachable && member.Status == "Up"));
        Assert.Equal(Akka.Cluster.Cluster.Get(b).SelfAddress.ToString(), picture.Self);
        Assert.NotNull(picture.Leader);
        Assert.Equal(Akka.Cluster.Cluster.Get(a).SelfAddress.ToString(), picture.Oldest);

        for (var n = 0; n < 20; n++)
        {
            Assert.IsType<Reply.Accepted>(await fromA.Ask(Define(n), CancellationToken.None));
            Assert.IsType<Reply.Repeated>(await fromB.Ask(Define(n), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_member_without_entities_reaches_those_of_others()
    {
        var (host, door) = (Start(Journal), Start(Journal, "akka.cluster.roles = [gateway]"));
        Regions.Start(host, host: true);
        var entities = Regions.Start(door, host: false);
        await Join(host, door);

        Assert.IsType<Reply.Accepted>(await entities.Ask(Define(1), CancellationToken.None));
        Assert.Single((await new ClusterView(door, entities).Look(CancellationToken.None)).Members, member => !member.Shards.IsEmpty);
    }

    [Fact]
    public async Task What_a_leaving_member_has_answered_is_stored_and_the_rest_is_answered_elsewhere()
    {
        var (a, b) = (Start(Journal), Start(Journal));
        var (fromA, fromB) = (Regions.Start(a, host: true), Regions.Start(b, host: true));
        await Join(a, b);
        await Until(async () => await Total(new ClusterView(a, fromA)) is [100, 100, 100]);

        var accepted = new ConcurrentBag<int>();
        var asking = Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (n, cancellation) =>
        {
            if (await fromA.Ask(Define(n), cancellation) is Reply.Accepted) accepted.Add(n);
        });
        await Until(() => accepted.Count > 60);
        await LeaveCluster(b);
        await asking;

        Assert.NotEmpty(accepted);
        foreach (var n in Enumerable.Range(0, 400))
            Assert.IsType<Reply.Repeated>(await fromA.Ask(Define(n), CancellationToken.None));
    }

    [Fact]
    public async Task A_member_that_leaves_first_gives_its_shards_away_a_few_at_a_time()
    {
        var (a, b) = (Start(Journal), Start(Journal));
        var view = new ClusterView(a, Regions.Start(a, host: true));
        Regions.Start(b, host: true);
        await Join(a, b);
        await Until(async () => await Total(view) is [100, 100, 100]);
        var leaver = Akka.Cluster.Cluster.Get(b).SelfAddress.ToString();
        await Until(async () => await Shards(view, leaver) > 60);

        var left = LeaveCluster(b);
        HashSet<int> seen = [];
        while (!left.IsCompleted)
        {
            seen.Add(await Shards(view, leaver));
            await Task.Delay(100);
        }

        Assert.True(seen.Count > 4, $"Of its shards it had one after the other {string.Join(", ", seen)}.");
        await Until(async () => await Total(view) is [100, 100, 100]);
    }

    [Fact]
    public async Task A_session_on_one_member_is_given_calls_by_a_charge_point_on_any()
    {
        var (a, b) = (Start(Journal), Start(Journal, "akka.cluster.roles = [gateway]"));
        Regions.Start(a, host: true);
        var fromB = Regions.Start(b, host: false);
        await Join(a, b);
        var inbox = Inbox.Create(b);

        var station = new ChargePointId($"CP-{run}");
        fromB.Tell(Given.Open("a") with { Id = station }, 7, inbox.Receiver);
        var answer = (Answer)await inbox.ReceiveAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(7, answer.Ticket);
        var epoch = Assert.IsType<SessionOpen>(answer.Reply).Epoch;
        fromB.Tell(Given.Boot(epoch) with { Id = station }, 8, inbox.Receiver);
        await inbox.ReceiveAsync(TimeSpan.FromSeconds(10));
        await fromB.Ask(Given.Request("r-1") with { Id = station }, CancellationToken.None);

        Assert.Equal("r-1", Assert.IsType<CallStation>(await inbox.ReceiveAsync(TimeSpan.FromSeconds(10))).RequestId);
    }

    [Fact]
    public async Task An_entity_stops_at_a_bug_and_its_session_notices()
    {
        var member = Start(Journal);
        var entities = Regions.Start(member, host: true);
        await Join(member);
        var inbox = Inbox.Create(member);
        var station = new ChargePointId($"CP-{run}");
        entities.Tell(Given.Open("a") with { Id = station }, 1, inbox.Receiver);
        await inbox.ReceiveAsync(TimeSpan.FromSeconds(20));
        var entity = await member.ActorSelection($"/system/sharding/{Kinds.ChargePoint}/*/CP-{run}")
            .ResolveOne(TimeSpan.FromSeconds(5));
        inbox.Watch(entity);

        entities.ChargePoints.Tell(new Request(2, new Misdirected(station.Value)));

        Assert.IsType<Terminated>(await inbox.ReceiveAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_node_whose_region_has_ended_ends_too()
    {
        var member = Start(Journal);
        var entities = Regions.Start(member, host: true);
        await Join(member);

        entities.Tokens.Tell(PoisonPill.Instance);

        await member.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(30));
        var reason = Assert.IsType<GivingUp>(CoordinatedShutdown.Get(member).ShutdownReason);
        Assert.Equal(GivingUp.Code, reason.ExitCode);
        Assert.Contains(Kinds.Token, reason.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_that_is_told_late_that_a_shard_lives_on_a_member_that_is_gone_does_not_believe_it_for_long()
    {
        var (a, b, door) = (Start(Journal), Start(Journal, Crashes), Start(Journal, "akka.cluster.roles = [gateway]"));
        Regions.Start(a, host: true);
        Regions.Start(b, host: true);
        var entities = Regions.Start(door, host: false);
        await Join(a, b, door);
        var view = new ClusterView(door, entities);
        await Until(async () => await Total(view) is [100, 100, 100]);
        var token = Define(1);
        Assert.IsType<Reply.Accepted>(await entities.Ask(token, CancellationToken.None));
        var gone = await door.ActorSelection($"{Akka.Cluster.Cluster.Get(b).SelfAddress}/system/sharding/{Kinds.Token}")
            .ResolveOne(TimeSpan.FromSeconds(5));
        await b.Terminate();
        await Until(() => Akka.Cluster.Cluster.Get(door).State.Members.Count == 2);
        Assert.IsType<Reply.Repeated>(await entities.Ask(token, CancellationToken.None)); // it lives with the first one

        // A coordinator answers by what it knew before, while the watcher of members forgets who watches: a race, which is
        // made here by putting the one right behind the other.
        var watcher = (IInternalActorRef)await door.ActorSelection("/system/remote-watcher").ResolveOne(TimeSpan.FromSeconds(5));
        watcher.Suspend();
        entities.Tokens.Tell(OfAkka<Akka.Cluster.Sharding.ClusterSharding>(
            "Akka.Cluster.Sharding.ShardCoordinator+ShardHome", $"{ShardKey.ShardOf(token.EntityId)}", gone));
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        watcher.Tell(OfAkka<Akka.Remote.RemoteWatcher>("Akka.Remote.RemoteWatcher+UnwatchRemote", gone, entities.Tokens));
        watcher.Resume();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Until(async () => await entities.Ask(token, CancellationToken.None) is Reply.Repeated);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void A_frame_size_that_would_lose_messages_is_refused_at_start()
    {
        var member = Start("akka.remote.dot-netty.tcp.maximum-frame-size = 128000b");

        var refused = Assert.Throws<ConfigurationException>(() => Regions.Start(member, host: true));

        Assert.Contains("maximum-frame-size", refused.Message, StringComparison.Ordinal);
    }

    // Messages that Akka keeps to itself.
    private static object OfAkka<TNeighbour>(string type, params object[] arguments) =>
        Activator.CreateInstance(typeof(TNeighbour).Assembly.GetType(type)!, arguments)!;

    private DefineToken Define(int n) => Given.Define(1) with { Id = new TokenId($"{run}-{n}") };

    private static async Task<int> Shards(ClusterView view, string member) =>
        (await view.Look(CancellationToken.None)).Members.SingleOrDefault(each => each.Address == member)?.Shards.Values
            .Sum(kind => kind.Shards) ?? 0;

    private static async Task<List<int>> Total(ClusterView view)
    {
        var picture = await view.Look(CancellationToken.None);
        return [.. new[] { Kinds.ChargePoint, Kinds.Transaction, Kinds.Token }
            .Select(kind => picture.Members.Sum(member => member.Shards.GetValueOrDefault(kind)?.Shards ?? 0))];
    }

    /// <summary>A command that the charge point's functions do not know: a bug.</summary>
    private sealed record Misdirected(string Id) : Command
    {
        public override string EntityId => Id;
    }
}
