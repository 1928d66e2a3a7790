using System.Collections.Immutable;
using Moovolt.Faults.Run;
using Moovolt.Simulator;

namespace Moovolt.Faults.Stage;

/// <summary>The chargers of one run: idle ones, charging ones and probes.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>60 % of them 1.6, 30 % 2.0.1, 10 % 2.1.</summary>
    public static readonly ImmutableArray<Protocol> Usual =
        [.. Enumerable.Repeat(Protocol.Ocpp16, 6), .. Enumerable.Repeat(Protocol.Ocpp201, 3), Protocol.Ocpp21];

    /// <summary>A third of each version.</summary>
    public static readonly ImmutableArray<Protocol> Thirds = [Protocol.Ocpp16, Protocol.Ocpp201, Protocol.Ocpp21];

    private readonly List<Fleet> _fleets = [];
    private readonly int _seed;
    private readonly Func<ChargerBehaviour, ChargerBehaviour> _habits;
    private readonly ImmutableArray<Uri> _nodes;
    private readonly ImmutableArray<Protocol> _protocols;

    private Crowd(Theatre theatre, Fault fault, string prefix, int seed, string folder)
    {
        (Prefix, _seed, Folder, _habits, _protocols) = (prefix, seed, folder, fault.Habits, fault.Protocols);
        _nodes = [.. fault.Addresses(theatre)];
    }

    /// <summary>What the identities of all of them begin with, and of nobody else.</summary>
    public string Prefix { get; }

    /// <summary>What the identities of those begin with that only are there.</summary>
    public string IdlePrefix => $"{Prefix}I-";

    /// <summary>Where their ledgers are.</summary>
    public string Folder { get; }

    /// <summary>Also of those that a fault has brought along.</summary>
    public IEnumerable<string> Ledgers =>
        Directory.EnumerateFiles(Folder, "ledger-*.jsonl").Order(StringComparer.Ordinal);

    public IEnumerable<SimulatedCharger> Chargers => _fleets.SelectMany(fleet => fleet.Chargers);

    public int Connected => Chargers.Count(charger => charger.IsOnline);

    public int Running => Chargers.Count(charger => charger.IsCharging);

    /// <summary>How long the oldest of what happened to any of them has waited to be acknowledged.</summary>
    public TimeSpan OldestWait => Chargers.Max(charger => charger.OldestWait);

    /// <summary>Transaction messages acknowledged since the beginning.</summary>
    public long Acknowledged => _fleets.Sum(fleet => fleet.Snapshot().Acknowledged);

    /// <param name="fault">Says where they dial, what they speak and what they do otherwise than usual.</param>
    public static async Task<Crowd> Gather(Theatre theatre, Fault fault, Load load, string prefix, int seed, string folder)
    {
        var crowd = new Crowd(theatre, fault, prefix, seed, folder);
        await theatre.Welcome(Math.Max(load.Charging, load.Probes));
        await Parallel.ForEachAsync(
            Enumerable.Range(1, load.Probes),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (number, _) => await theatre.Nodes[0].Api.Register($"{prefix}P-{number:D4}", theatre.Password));
        crowd.Add("I", load.Idle, new ChargerBehaviour { Workload = Workload.Idle });
        crowd.Add("C", load.Charging, Sessions(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(10)));
        crowd.Add("P", load.Probes, Sessions(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(1)), theatre.Password);
        return crowd;
    }

    /// <summary>Sessions end, everything is acknowledged, all switch off.</summary>
    /// <returns>Whether everything was acknowledged.</returns>
    public async Task<bool> Finish(TimeSpan patience)
    {
        var all = await Task.WhenAll(_fleets.Select(fleet => fleet.Drain(patience)));
        return all.All(done => done);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var fleet in _fleets) await fleet.DisposeAsync();
    }

    private static ChargerBehaviour Sessions(TimeSpan length, TimeSpan meterEvery) => new()
    {
        SessionLength = length,
        MeterEvery = meterEvery,
        Pause = TimeSpan.FromSeconds(1),
        Misbehaviour = new Misbehaviour { Duplicates = 0.02, Replays = 2 },
    };

    private void Add(string kind, int chargers, ChargerBehaviour behaviour, string? password = null)
    {
        if (chargers == 0) return;
        var plan = new FleetPlan
        {
            Nodes = _nodes,
            Chargers = chargers,
            Protocols = _protocols,
            Prefix = $"{Prefix}{kind}-",
            Password = password,
            Ramp = TimeSpan.FromSeconds(Math.Max(3, chargers / 100.0)),
            LedgerPath = Path.Combine(Folder, $"ledger-{_fleets.Count}.jsonl"),
            Seed = _seed,
            // Back after 1 to 3 s, and never more than twice that: what is measured is the server.
            Behaviour = _habits(behaviour with { BackOff = new BackOff { Doublings = 1 } }),
        };
        _fleets.Add(Fleet.Start(plan));
    }
}
