using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Cluster.Joining;
using Moovolt.Cluster.Moving;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>What operators ask of members reaches them through the database, and stays said.</summary>
[Collection("Heavy")]
public sealed class MovesSpec(ITestOutputHelper output, SharedServer server) : MemberKit(output)
{
    private const string Gateway = "akka.cluster.roles = [gateway, entities, projections]";

    [Theory]
    [InlineData("300,0,0", 10, "200,0,0")]
    [InlineData("110,100,90", 10, "0,0,0")]
    [InlineData("112,100,88", 10, "12,0,0")]
    [InlineData("4,4,3", 0, "0,0,0")]
    [InlineData("500,400,0", 0, "200,100,0")]
    [InlineData("0,0", 10, "0,0")]
    public void Who_holds_more_than_the_mean_and_the_tolerance_gives_up_what_is_above_the_mean(
        string sockets, int tolerance, string surplus)
    {
        var members = sockets.Split(',').Select((count, i) => new Holding($"m{i}", i, true, "0.2", int.Parse(count), 0, null));

        Assert.Equal(surplus, string.Join(',', Share.Of(members, tolerance).Select(share => share.Surplus)));
    }

    [Fact]
    public void What_a_drained_member_holds_will_be_the_others_and_who_takes_no_chargers_has_no_share()
    {
        var drain = new Drain(200, false, "ana", Given.Noon);
        Holding[] members =
        [
            new("a", 1, true, "0.2", 100, 0, drain), new("b", 2, true, "0.2", 100, 0, null),
            new("c", 3, true, "0.2", 40, 0, null), new("d", 4, false, "0.2", 0, 0, null),
        ];

        Assert.Equal([("b", 0), ("c", 0)], Share.Of(members, 0).Select(share => (share.Address, share.Surplus)));
    }

    [Theory]
    [InlineData("akka.tcp://moovolt@10.0.0.1:4053", "10.0.0.1")]
    [InlineData("10.0.0.1:4053", "10.0.0.1")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.2:4054", "10.0.0.2")]
    [InlineData("10.0.0.2", null)]
    [InlineData("0.0.1:4053", null)]
    public void A_member_is_called_by_what_tells_it_from_the_others(string name, string? host)
    {
        var members = new[] { "10.0.0.1:4053", "10.0.0.2:4053", "10.0.0.2:4054" }
            .Select(address => new Holding($"akka.tcp://moovolt@{address}", 1, true, "0.2", 0, 0, null));

        var found = Moves.Find(name, [.. members]);

        Assert.Equal(host, found is null ? null : Akka.Actor.Address.Parse(found.Address).Host);
    }

    [SkippableFact]
    public async Task A_drain_reaches_its_member_alone_outlives_a_restart_and_is_taken_back()
    {
        await using var book = new ClusterBook(await server.NewDatabase());
        var moves = new Moves(book);
        var (a, b) = (new Member(this, book), new Member(this, book));
        await a.Duties.BeginAsync(CancellationToken.None);
        var alone = Assert.IsType<Moved.Refused>(await moves.Drain(a.Address, 50, false, "ana", default));
        Assert.Equal("nobody-else", alone.Code);
        await b.Duties.BeginAsync(CancellationToken.None);

        Assert.IsType<Moved.Asked>(await moves.Drain(a.Address, 50, leave: false, "ana", default));
        await a.Hear();
        await b.Hear();
        Assert.Equal(["drain 50"], a.Heard);
        Assert.Empty(b.Heard);
        Assert.Equal("nobody-else", Assert.IsType<Moved.Refused>(await moves.Drain(b.Address, 50, false, "ana", default)).Code);

        // Asked again, with another rate; and told again to the next run of the program at that address.
        Assert.IsType<Moved.Asked>(await moves.Drain(a.Address, 20, leave: false, "ana", default));
        await a.Hear();
        await a.Hear();
        var again = new Member(this, book, a.System);
        await again.Hear();
        Assert.Equal(["drain 50", "drain 20"], a.Heard);
        Assert.Equal(["drain 20"], again.Heard);

        Assert.IsType<Moved.Asked>(await moves.Undrain(a.Address, default));
        await again.Hear();
        Assert.Equal(["drain 20", "undrain"], again.Heard);
        Assert.Equal("unknown-member", Assert.IsType<Moved.Refused>(await moves.Drain("nobody", 1, false, "ana", default)).Code);
        Assert.Equal("unknown-member", Assert.IsType<Moved.Refused>(await moves.Undrain("nobody", default)).Code);
    }

    [SkippableFact]
    public async Task A_member_that_was_asked_to_leave_does_when_it_is_empty_and_only_once()
    {
        await using var book = new ClusterBook(await server.NewDatabase());
        var (a, b) = (new Member(this, book) { Sockets = 1 }, new Member(this, book));
        await a.Duties.BeginAsync(CancellationToken.None);
        await b.Duties.BeginAsync(CancellationToken.None);
        await new Moves(book).Drain(a.Address, 50, leave: true, "ana", default);

        await a.Hear();
        Assert.Equal(["drain 50"], a.Heard);
        a.Sockets = 0;
        await a.Hear();
        Assert.Equal(["drain 50", "leave"], a.Heard);

        var again = new Member(this, book, a.System);
        await again.Hear();
        Assert.Equal(["drain 50"], again.Heard); // drained still, and it stays
    }

    [SkippableFact]
    public async Task A_surplus_is_told_once_and_to_the_run_of_the_program_that_it_was_counted_of()
    {
        await using var book = new ClusterBook(await server.NewDatabase());
        var (a, b) = (new Member(this, book) { Sockets = 90 }, new Member(this, book));
        await a.Duties.BeginAsync(CancellationToken.None);
        await b.Duties.BeginAsync(CancellationToken.None);

        var shared = Assert.IsType<Moved.Shared>(await new Moves(book).Rebalance(20, 10, "ana", default));
        Assert.Equal([0, 45], shared.Of.Select(share => share.Surplus).Order());
        await a.Hear();
        await a.Hear();
        await b.Hear();
        Assert.Equal(["give up 45 at 20"], a.Heard);
        Assert.Empty(b.Heard);
    }

    [Fact]
    public async Task A_node_by_itself_says_that_there_is_nobody()
    {
        await using var book = new ClusterBook(null);
        var moves = new Moves(book);

        Moved[] answers =
        [
            await moves.Drain("here", 1, false, "ana", default), await moves.Undrain("here", default),
            await moves.Rebalance(1, 1, "ana", default),
        ];

        Assert.All(answers, answer => Assert.Equal("alone", Assert.IsType<Moved.Refused>(answer).Code));
        Assert.Empty(await moves.Look(default));
    }

    /// <summary>A member with sockets that are only counted.</summary>
    private sealed class Member : IHoldsChargers
    {
        public Member(MovesSpec kit, ClusterBook book, Akka.Actor.ActorSystem? system = null)
        {
            System = system ?? kit.Start(Gateway);
            Duties = new Duties(System, book, this, NullLogger<Duties>.Instance);
        }

        public Akka.Actor.ActorSystem System { get; }

        public Duties Duties { get; }

        public string Address => Akka.Cluster.Cluster.Get(System).SelfAddress.ToString();

        public int Sockets { get; set; }

        public List<string> Heard { get; } = [];

        public Task Hear() => Duties.BeginAsync(CancellationToken.None);

        public (int Sockets, int Charging) Count() => (Sockets, 0);

        public void Drain(Drain asked) => Heard.Add($"drain {asked.Rate}");

        public void Undrain() => Heard.Add("undrain");

        public void GiveUp(int sockets, int rate) => Heard.Add($"give up {sockets} at {rate}");

        public void Leave() => Heard.Add("leave");
    }
}
