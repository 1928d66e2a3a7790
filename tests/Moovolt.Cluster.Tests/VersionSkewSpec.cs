using Akka.Actor;
using Moovolt.Cluster.Joining;
using Moovolt.Domain;
using Moovolt.Journal;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>Members of two versions: one minor apart they serve side by side, farther apart the newcomer stays out.</summary>
[Collection("Heavy")]
public sealed class VersionSkewSpec(ITestOutputHelper output, SharedServer server) : MemberKit(output)
{
    [Theory]
    [InlineData("0.2", true)]
    [InlineData("0.1", true)]
    [InlineData("0.3", true)]
    [InlineData("0.1.0+4f2a", true)]
    [InlineData("0.4", false)]
    [InlineData("1.2", false)]
    [InlineData("0", false)]
    [InlineData("main", false)]
    public void Members_may_differ_by_one_minor(string theirs, bool understood) => Assert.Equal(
        understood, WireVersion.Parse(theirs) is { } version && new WireVersion(0, 2).Understands(version));

    [SkippableFact]
    public async Task A_node_that_is_two_minors_away_from_a_member_ends_and_says_both_versions_and_what_to_do()
    {
        var database = await server.NewDatabase();
        var (old, next, late) = (Start(), Start(), Start());
        await Form(old, new WireVersion(3, 1));
        await Form(next, new WireVersion(3, 2));

        await Assert.ThrowsAsync<Akka.Cluster.ClusterJoinFailedException>(() => Form(late, new WireVersion(3, 3)));

        await late.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(30));
        var reason = Assert.IsType<GivingUp>(CoordinatedShutdown.Get(late).ShutdownReason);
        Assert.Equal(GivingUp.Code, reason.ExitCode);
        Assert.Contains("of version 3.3", $"{reason}", StringComparison.Ordinal);
        Assert.Contains($"{Akka.Cluster.Cluster.Get(old).SelfAddress} of 3.1", $"{reason}", StringComparison.Ordinal);
        Assert.Contains("one release at a time", $"{reason}", StringComparison.Ordinal);
        await Until(() => UpMembers(old) == 2 && UpMembers(next) == 2);

        Task Form(ActorSystem node, WireVersion version) =>
            Formation.ThroughDatabase(node, database, version, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_message_from_a_newer_member_that_nobody_knows_is_dropped_and_harms_nobody()
    {
        var (older, newer) = (Start(), Start());
        var (fromOlder, fromNewer) = (Regions.Start(older, host: true), Regions.Start(newer, host: true));
        await Join(older, newer);
        var unknown = new UnknownStored("?from-the-future", [1, 0, 0, 0, 0, 0, 0, 0, 8, 1], "a test");

        foreach (var kind in new[] { "charge-point", "transaction", "token" })
        {
            var region = newer.ActorSelection($"{Akka.Cluster.Cluster.Get(older).SelfAddress}/system/sharding/{kind}");
            for (var n = 0; n < 10; n++) region.Tell(unknown);
        }

        for (var n = 0; n < 10; n++)
        {
            var token = Given.Define(1) with { Id = new TokenId($"SKEW-{n}") };
            Assert.IsNotType<Reply.Refused>(await fromNewer.Ask(token, CancellationToken.None));
            Assert.IsType<Reply.Repeated>(await fromOlder.Ask(token, CancellationToken.None));
        }

        Assert.False(older.WhenTerminated.IsCompleted);
        await Until(() => UpMembers(older) == 2 && UpMembers(newer) == 2);
    }
}
