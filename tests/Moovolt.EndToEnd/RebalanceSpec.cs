using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// A third member joins two that hold all chargers: shards come to it by themselves and at a pace, sockets when an operator
/// says so. All the while chargers tell things, and again when they heard no answer.
/// </summary>
[Collection(Processes.Name)]
public sealed class RebalanceSpec : IAsyncLifetime
{
    private const string Password = "a-password-of-16";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    private readonly List<Teller> _idle = [];
    private readonly List<RawCharger> _busy = [];
    private PostgresServer? _server;
    private MoovoltCluster? _cluster;

    private MoovoltProcess A => _cluster!.Nodes[0]; // there is one when PostgreSQL is there

    private MoovoltProcess B => _cluster!.Nodes[1]; // as above

    private MoovoltProcess C => _cluster!.Nodes[2]; // as above

    public async Task InitializeAsync()
    {
        if (!PostgresServer.IsHere && !Needs.Everything) return;
        _server = await PostgresServer.Start();
        _cluster = await MoovoltCluster.Start(await _server.NewDatabase(), nodes: 2);
    }

    public async Task DisposeAsync()
    {
        foreach (var charger in _idle) await charger.DisposeAsync();
        foreach (var charger in _busy) await charger.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [SkippableFact]
    public async Task After_a_scale_up_sockets_and_shards_are_shared_out_each_charger_moves_once_and_nothing_is_lost()
    {
        PostgresServer.Needed();
        await A.Api.Accept("CAFE");
        for (var i = 0; i < 5; i++) await Plug($"IDLE-A{i}", A);
        for (var i = 0; i < 5; i++) await Plug($"IDLE-B{i}", B);
        var charging = await Task.WhenAll(Enumerable.Range(0, 2).Select(Charge));
        await Hold(7, 5); // nobody can have twice the mean of two, so asking moves nothing

        await Join();
        var shares = await A.Api.Post("cluster/rebalance", new { rate = 2, tolerance = 0 });
        Assert.True(shares.Status == HttpStatusCode.Accepted, $"{shares}");
        Assert.Equal([(0, 0), (5, 1), (7, 3)], Shares(shares).Order());

        await Hold(4, 4, 4);
        Assert.Equal([1, 3], new[] { "IDLE-B", "IDLE-A" }.Select(home => _idle.Count(charger => charger.Moves == 1
            && charger.Identity.StartsWith(home, StringComparison.Ordinal))));
        Assert.All(_busy, charger => Assert.False(charger.IsGone, $"{charger.Identity} charges, and was moved"));

        // Each has its share: whoever asks again, from a command line this time, moves nobody.
        var (exit, said) = await Moovolt("rebalance", "--rate", "2", "--tolerance", "0");
        Assert.True(exit == 0, said);
        Assert.Equal(3, said.Split("holds 4 sockets and gives up 0.").Length - 1);
        await TellFive();

        foreach (var charger in _idle)
        {
            Assert.InRange(charger.Moves, 0, 1);
            await charger.Stop();
            await AllIsKept(charger);
        }

        foreach (var (charger, number) in charging)
        {
            Charging.Result(await charger.Call("StopTransaction", Charging.StopTransaction(number, 350)));
            var ended = await Eventually.Get(
                () => C.Api.All($"transactions?chargePoint={charger.Identity}"),
                all => all.Count == 1 && all[0]["state"]!.GetValue<string>() == "ended",
                Soon);
            Assert.Equal(250, ended[0]["deliveredWh"]!.GetValue<long>());
        }
    }

    private async Task Plug(string identity, MoovoltProcess at)
    {
        await A.Api.Register(identity, Password);
        _idle.Add(await Teller.Begin(identity, at.Ocpp, () => C.Ocpp));
    }

    private async Task<(RawCharger Charger, int Number)> Charge(int i)
    {
        await A.Api.Register($"BUSY-{i}", Password);
        var charger = await RawCharger.Boot(A.Ocpp, $"BUSY-{i}", Password);
        lock (_busy) _busy.Add(charger);
        return (charger, await charger.Start("CAFE", 100));
    }

    private async Task Join()
    {
        _cluster!.Add(new MoovoltProcess(new Dictionary<string, string>
        {
            ["MOOVOLT_DB"] = _cluster.Database, ["MOOVOLT_REMOTING_PORT"] = "0",
        }));
        await _cluster.Start();
        foreach (var kind in new[] { "charge-point", "transaction", "token" })
        {
            await Eventually.Get(
                () => B.Api.Get("cluster"),
                seen => seen["members"]?.AsArray() is { Count: 3 } all && all.Select(member => Shards(member!, kind)).ToArray() is var homes
                    && homes.Sum() == 100 && homes.Min() > 0,
                Soon);
        }
    }

    // By the members' own count, which they say every two seconds.
    private async Task Hold(params int[] sockets) => await Eventually.Get(
        () => A.Api.Post("cluster/rebalance", new { rate = 1, tolerance = 100 }),
        seen => seen["members"] is not null && Shares(seen).Select(share => share.Sockets).Order().SequenceEqual(sockets.Order()),
        Soon);

    // Everybody goes on for a while where it is.
    private async Task TellFive()
    {
        var then = _idle.Select(charger => charger.Answered + 5).ToArray();
        Assert.True(
            await Eventually.Is(() => _idle.Select((charger, i) => charger.Answered >= then[i]).All(goesOn => goesOn), Soon),
            string.Join('\n', _idle));
    }

    private async Task AllIsKept(Teller charger)
    {
        var wanted = Enumerable.Range(0, charger.Answered).Select(n => $"{n}").ToArray();
        await Eventually.Get(
            async () => (await C.Api.All($"charge-points/{charger.Identity}/security-events?limit=500"))
                .Select(kept => kept["details"]!.GetValue<string>())
                .OrderBy(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray(),
            kept => kept.SequenceEqual(wanted),
            Soon);
    }

    private async Task<(int Exit, string Said)> Moovolt(params string[] arguments)
    {
        await using var command = new MoovoltProcess(new Dictionary<string, string> { ["MOOVOLT_DB"] = _cluster!.Database });
        command.Start(arguments);
        return (await command.Ends(Soon), command.Printed);
    }

    private static IEnumerable<(int Sockets, int GivesUp)> Shares(Api.Answer answer) => answer["members"]!.AsArray()
        .Select(share => (share!["sockets"]!.GetValue<int>(), share["givesUp"]!.GetValue<int>()));

    private static int Shards(JsonNode member, string kind) => member["shards"]?[kind]?["shards"]?.GetValue<int>() ?? 0;

    /// <summary>A charger that tells one thing after the other, and once more to whom it comes next when it was not answered.</summary>
    private sealed class Teller : IAsyncDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

        private readonly CancellationTokenSource _stop = new();
        private readonly Func<Uri> _next;
        private RawCharger _charger;
        private Task _telling = Task.CompletedTask;
        private int _answered;
        private int _moves;

        private Teller(RawCharger charger, Func<Uri> next) => (_charger, _next) = (charger, next);

        public string Identity => _charger.Identity;

        /// <summary>How many things it was answered; they are called 0, 1, 2 and so on.</summary>
        public int Answered => Volatile.Read(ref _answered);

        public int Moves => Volatile.Read(ref _moves);

        public static async Task<Teller> Begin(string identity, Uri at, Func<Uri> next)
        {
            var teller = new Teller(await RawCharger.Boot(at, identity, Password), next);
            teller._telling = teller.Tell();
            return teller;
        }

        /// <summary>Ends when it has been answered what it told last; fails if anything was not as it should be.</summary>
        public async Task Stop()
        {
            await _stop.CancelAsync();
            await _telling;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _charger.DisposeAsync();
            await _telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _charger.DisposeAsync();
            _stop.Dispose();
        }

        public override string ToString() => $"{Identity}: {Answered} answered, {Moves} moves, {_telling.Status} {_telling.Exception}";

        private async Task Tell()
        {
            while (!_stop.IsCancellationRequested)
            {
                var what = new { type = "SettingSystemTime", timestamp = Charging.Now, techInfo = $"{Answered}" };
                while (!await IsAnswered(what)) await MoveOn();
                Interlocked.Increment(ref _answered);
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async Task<bool> IsAnswered(object what)
        {
            if (_charger.IsGone) return false;
            try
            {
                Charging.Result(await _charger.Call("SecurityEventNotification", what));
                return true;
            }
            catch (WebSocketException)
            {
                return false; // closed before the answer came, or before it was said at all
            }
        }

        private async Task MoveOn()
        {
            Assert.Equal((WebSocketCloseStatus)1012, await _charger.Closed(Soon));
            Interlocked.Increment(ref _moves);
            await _charger.DisposeAsync();
            _charger = await RawCharger.Boot(_next(), Identity, Password);
        }
    }
}
