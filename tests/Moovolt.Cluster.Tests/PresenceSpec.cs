using System.Collections.Concurrent;
using Akka.Actor;
using Moovolt.Cluster.Oldest;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

[Collection("Heavy")]
public sealed class PresenceSpec(ITestOutputHelper output) : MemberKit(output)
{
    [Fact]
    public async Task Only_a_session_whose_member_and_incarnation_live_stays_online()
    {
        var (a, b) = (Start(), Start());
        await Join(a, b);
        var inbox = Inbox.Create(a);
        using var stopping = new CancellationTokenSource();
        var stations = new Dictionary<Holder, string>
        {
            [Of(a)] = "here",
            [Of(b)] = "there",
            [Of(b) with { Incarnation = 1 }] = "before-the-restart",
            [Of(b) with { Node = "akka.tcp://moovolt@127.0.0.1:1" }] = "elsewhere",
        };
        IReadOnlyList<Holder> online = [.. stations.Keys];
        var asked = new ConcurrentBag<string>();
        var running = new Presence(
            a,
            new Entities(inbox.Receiver, ActorRefs.Nobody, ActorRefs.Nobody),
            _ => Task.FromResult(online),
            (gone, _) =>
            {
                asked.Add(stations[gone]);
                return Task.FromResult<IReadOnlyList<OnlineSession>>([new(new ChargePointId(stations[gone]), 7)]);
            },
            TimeProvider.System)
            .Loop.Run(stopping.Token);

        CloseSession[] closed = [await Closed(inbox), await Closed(inbox)];
        Assert.Equal(["before-the-restart", "elsewhere"], closed.Select(close => close.Id.Value).Order(StringComparer.Ordinal));
        Assert.All(closed, close => Assert.Equal((7, SessionEnd.NodeLost), (close.Epoch, close.Reason)));

        // A member that is gone without a word is first unreachable, and lives; then it is removed, and does not.
        Assert.Equal(["before-the-restart", "elsewhere"], asked.Distinct().Order(StringComparer.Ordinal)); // no other is read
        online = [Of(b)];
        await LeaveCluster(b);
        Assert.Equal("there", (await Closed(inbox)).Id.Value);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static Holder Of(ActorSystem member)
    {
        var self = Akka.Cluster.Cluster.Get(member).SelfUniqueAddress;
        return new Holder(self.Address.ToString(), self.Uid);
    }

    private static async Task<CloseSession> Closed(Inbox inbox) =>
        Assert.IsType<CloseSession>(((Request)await inbox.ReceiveAsync(TimeSpan.FromSeconds(30))).Command);
}
