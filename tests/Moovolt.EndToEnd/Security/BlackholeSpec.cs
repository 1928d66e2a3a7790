using System.Diagnostics;
using System.Net;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>A charger whose line went dead without a word to anybody dials again while its old socket seems to be open.</summary>
[Collection(Processes.Name)]
public sealed class BlackholeSpec(OneNode one) : IClassFixture<OneNode>
{
    private static readonly TimeSpan InAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(5);

    // Whoever looks looks now and then, and a measurement of the node's may be some moments old.
    private static readonly TimeSpan Seen = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    // A busy machine may take its time once. Whoever waits for the old line, which answers nothing for a minute, does
    // each time.
    private const int Rounds = 3;

    private MoovoltProcess Node => one.Node;

    [Fact]
    [Trait("sec", "SEC-22")]
    public async Task A_charger_whose_old_line_is_dead_is_in_again_within_a_second_and_the_old_socket_is_cut_within_five()
    {
        var rounds = new List<(TimeSpan InAgain, TimeSpan Cut)>();
        do rounds.Add(await Round($"DEAD-LINE-{rounds.Count}"));
        while (!IsInTime(rounds[^1]) && rounds.Count < Rounds);

        Assert.True(IsInTime(rounds[^1]), $"In each round: {string.Join(", ", rounds)}");
    }

    private static bool IsInTime((TimeSpan InAgain, TimeSpan Cut) round) => round.InAgain < InAgain && round.Cut <= Cut + Seen;

    private async Task<(TimeSpan InAgain, TimeSpan Cut)> Round(string identity)
    {
        var nearEnd = new IPEndPoint(IPAddress.Loopback, Ports.Free());
        await using var line = new TcpProxy(nearEnd, new IPEndPoint(IPAddress.Loopback, Node.Port));
        await using var old = await RawCharger.Boot(new Uri($"ws://{nearEnd}/ocpp/"), identity);
        Assert.True(await Eventually.Is(async () => await Sockets() == 1, Patience));

        // From here on nothing arrives any more at either end, and neither is told.
        (line.Up.Timeout, line.Down.Timeout) = (true, true);
        var clock = Stopwatch.StartNew();
        await using var renewed = await RawCharger.Boot(Node.Ocpp, identity);
        var inAgain = clock.Elapsed;
        await Eventually.Is(async () => await Sockets() == 2, Cut); // or what it said before would be taken for the end
        Assert.True(await Eventually.Is(async () => await Sockets() == 1, Patience));
        var cut = clock.Elapsed;
        Assert.False(old.IsGone); // it has heard nothing of it

        // What is left of the old line arrives late, and changes nothing.
        (line.Up.Timeout, line.Down.Timeout) = (false, false);
        await old.Closed(Patience);
        Charging.Result(await renewed.Call("Heartbeat", new { }));
        Assert.True((await Node.Api.Get($"charge-points/{identity}"))["connection"]!["online"]!.GetValue<bool>());
        renewed.Vanish();
        Assert.True(await Eventually.Is(async () => await Sockets() == 0, Patience));
        return (inAgain, cut);
    }

    private Task<double?> Sockets() => Node.Metric("moovolt_ocpp_connections");
}
