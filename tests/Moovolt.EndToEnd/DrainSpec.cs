using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>A member of three is drained through another one, started anew, and undrained.</summary>
[Collection(Processes.Name)]
public sealed class DrainSpec : IAsyncLifetime
{
    private const string Password = "a-password-of-16";
    private const int Idle = 6;
    private const int Busy = 2;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private readonly List<MoovoltProcess> _nodes = [];
    private readonly ConcurrentQueue<string> _closed = new();
    private readonly ConcurrentBag<RawCharger> _chargers = [];
    private PostgresServer? _server;
    private string _database = "";
    private string _memberA = "";

    private MoovoltProcess A => _nodes[0];

    private MoovoltProcess B => _nodes[1];

    private MoovoltProcess C => _nodes[2];

    public async Task InitializeAsync()
    {
        if (!PostgresServer.IsHere && !Needs.Everything) return;
        _server = await PostgresServer.Start();
        _database = await _server.NewDatabase();
        foreach (var port in Enumerable.Range(0, 3).Select(_ => Ports.Free()))
        {
            _nodes.Add(new MoovoltProcess(new Dictionary<string, string>
            {
                ["MOOVOLT_DB"] = _database,
                ["MOOVOLT_REMOTING_PORT"] = $"{port}", // a drained address stays drained: it must be the same again
            }).Start());
            if (_memberA.Length == 0) _memberA = $"127.0.0.1:{port}";
        }

        await Task.WhenAll(_nodes.Select(node => node.Ready(TimeSpan.FromSeconds(120))));
        await SeesThree();
    }

    public async Task DisposeAsync()
    {
        foreach (var charger in _chargers) await charger.DisposeAsync();
        foreach (var node in _nodes) await node.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_drained_member_moves_its_chargers_once_stays_a_member_and_serves_when_it_is_undrained()
    {
        PostgresServer.Needed();
        await B.Api.Accept("CAFE");
        var moves = (await Task.WhenAll(Enumerable.Range(0, Idle + Busy).Select(Connect)))
            .Select((charger, i) => MoveOn(charger, i)).ToArray();
        var numbers = await Task.WhenAll(_chargers.Where(IsBusy).Select(async charger =>
            (charger.Identity, Number: await charger.Start("CAFE", 100))));

        var drain = await B.Api.Put($"cluster/members/{_memberA}/drain", new { rate = 1 });

        Assert.True(drain.Status == HttpStatusCode.OK, $"{drain}");
        Assert.Equal(1, drain["rate"]!.GetValue<int>());
        var moved = await Task.WhenAll(moves).WaitAsync(TimeSpan.FromSeconds(120));
        Assert.All(_closed.Take(Idle), identity => Assert.StartsWith("IDLE", identity, StringComparison.Ordinal));
        Assert.Equal(Idle + Busy, _closed.Distinct().Count());

        // It refuses, is not ready, and is a member whose entities are served.
        await Assert.ThrowsAsync<WebSocketException>(() => RawCharger.Connect(A.Ocpp, "IDLE-0", Password));
        Assert.False(await A.Answers("/healthz/ready"));
        var member = await Member(B);
        Assert.True(member["draining"]!.GetValue<bool>());
        Assert.Equal("Up", member["status"]!.GetValue<string>());
        Assert.True(member["shards"]!["charge-point"]!["shards"]!.GetValue<int>() > 0, member.ToJsonString());

        // Who charged goes on elsewhere: one transaction each, whole.
        foreach (var (identity, number) in numbers)
        {
            var charger = moved.Single(charger => charger.Identity == identity);
            Charging.Result(await charger.Call("StopTransaction", Charging.StopTransaction(number, 350)));
            var ended = await Eventually.Get(
                () => B.Api.All($"transactions?chargePoint={identity}"),
                all => all.Count == 1 && all[0]["state"]!.GetValue<string>() == "ended",
                Soon);
            Assert.Equal(250, ended[0]["deliveredWh"]!.GetValue<long>());
        }

        Assert.All(moved, charger => Assert.False(charger.IsGone, $"{charger.Identity} was moved again"));

        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(C.Url, "/metrics"));
        Assert.Matches(@"(?m)^moovolt_cluster_split\S* 0", metrics);

        // From the command line, with nothing but the database: there is nothing left to wait for.
        var (waited, said) = await Moovolt("drain", _memberA, "--wait");
        Assert.True(waited == 0 && said.Contains("No sockets are left.", StringComparison.Ordinal), said);

        await A_restart_does_not_undrain();

        var (undrained, answer) = await Moovolt("undrain", _memberA);
        Assert.True(undrained == 0, answer);
        await A.Ready(Soon);
        Assert.False((await Member(B))["draining"]!.GetValue<bool>());
        _chargers.Add(await RawCharger.Boot(A.Ocpp, "IDLE-0", Password));
    }

    private async Task A_restart_does_not_undrain()
    {
        Assert.Equal(0, await A.Terminate(TimeSpan.FromSeconds(90)));
        A.Start();
        await SeesThree();
        await Eventually.Is(() => A.Answers("/healthz/live"), Soon);
        Assert.True(await A.Prints("This node is drained, as", Soon), A.Printed);
        Assert.False(await A.Answers("/healthz/ready"));
        Assert.True((await Member(B))["draining"]!.GetValue<bool>());
    }

    private static bool IsBusy(RawCharger charger) => charger.Identity.StartsWith("BUSY", StringComparison.Ordinal);

    private async Task<RawCharger> Connect(int i)
    {
        var identity = i < Idle ? $"IDLE-{i}" : $"BUSY-{i}";
        await B.Api.Register(identity, Password);
        var charger = await RawCharger.Boot(A.Ocpp, identity, Password);
        _chargers.Add(charger);
        return charger;
    }

    // As a charger does: it waits to be closed, and comes back where the load balancer sends it.
    private async Task<RawCharger> MoveOn(RawCharger charger, int i)
    {
        Assert.Equal((WebSocketCloseStatus)1012, await charger.Closed(TimeSpan.FromSeconds(60)));
        _closed.Enqueue(charger.Identity);
        var again = await RawCharger.Boot((i % 2 == 0 ? B : C).Ocpp, charger.Identity, Password);
        _chargers.Add(again);
        return again;
    }

    private async Task<JsonNode> Member(MoovoltProcess seenBy) => (await seenBy.Api.Get("cluster"))["members"]!.AsArray()
        .Single(member => member!["address"]!.GetValue<string>().EndsWith($"@{_memberA}", StringComparison.Ordinal))!;

    private async Task SeesThree()
    {
        await Eventually.Get(
            () => B.Api.Get("cluster"),
            seen => seen["members"]?.AsArray() is { Count: 3 } all
                && all.All(member => member!["status"]!.GetValue<string>() == "Up" && member["version"] is not null),
            TimeSpan.FromSeconds(90));
    }

    private async Task<(int Exit, string Said)> Moovolt(params string[] arguments)
    {
        await using var command = new MoovoltProcess(new Dictionary<string, string> { ["MOOVOLT_DB"] = _database });
        command.Start(arguments);
        return (await command.Ends(Soon), command.Printed);
    }
}
