using System.Collections.Immutable;
using System.Globalization;
using Moovolt.Domain;

namespace Moovolt.Simulator;

/// <summary>How many chargers there are, who they are, and where they dial.</summary>
public sealed record FleetPlan
{
    /// <summary>
    /// Addresses up to the identity: ws://host/ocpp. Charger n begins with the n-th of them; of several protocols, as
    /// many chargers in turn as there are, one of each.
    /// </summary>
    public required ImmutableArray<Uri> Nodes { get; init; }

    /// <summary>What they speak, in turn: charger n the n-th of them.</summary>
    public ImmutableArray<Protocol> Protocols { get; init; } = [Protocol.Ocpp16];

    public int Chargers { get; init; } = 20;

    /// <summary>The time over which they appear, evenly.</summary>
    public TimeSpan Ramp { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Identities are this and a number of at least four digits, from 1.</summary>
    public string Prefix { get; init; } = "SIM-";

    public string? Password { get; init; }

    /// <summary>Transaction messages that the whole fleet sends in a second at most; null: as many as it can.</summary>
    public double? Rate { get; init; }

    /// <summary>Where the <see cref="Simulator.Ledger"/> is written; null: nowhere.</summary>
    public string? LedgerPath { get; init; }

    public int Seed { get; init; }

    public ChargerBehaviour Behaviour { get; init; } = new();

    /// <summary>The charger's identity; <paramref name="number"/> counts from 1.</summary>
    public string Identity(int number) => Prefix + number.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>The token of the driver who comes to that charger.</summary>
    public static string IdTag(int number) => "DRIVER-" + number.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>What is wrong with the plan, in a sentence; null when it can be carried out.</summary>
    public string? Objection()
    {
        if (Nodes.IsDefaultOrEmpty) return "A fleet needs at least one address to dial.";
        if (Nodes.FirstOrDefault(node => node.Scheme is not ("ws" or "wss")) is { } odd)
            return $"\"{odd}\" is no address of a charger's server: it must begin with ws:// or wss://.";
        if (Protocols.IsDefaultOrEmpty) return "A fleet must speak something.";
        if (Chargers is < 1 or > 100_000) return "The number of chargers must be between 1 and 100000.";
        if (!ChargePointId.TryParse(Identity(Chargers), out _))
            return $"\"{Identity(Chargers)}\" is no identity that a charger may have: choose another prefix.";
        if (Rate is <= 0) return "The rate must be above 0 messages per second.";
        return OpenFiles.Objection(Chargers, Nodes.Distinct().Count());
    }
}

/// <summary>A number of pretend chargers that live in this process, their ledger, and what they have seen.</summary>
public sealed class Fleet : IAsyncDisposable
{
    private readonly CancellationTokenSource off = new();
    private readonly Ledger ledger;
    private readonly Task running;

    private Fleet(FleetPlan plan)
    {
        ledger = new Ledger(plan.LedgerPath);
        ledger.Run(plan.Seed, plan.Chargers);
        var pacer = plan.Rate is { } rate ? new Pacer(rate) : null;
        Chargers =
        [
            .. Enumerable.Range(1, plan.Chargers).Select(number => new SimulatedCharger(
                new ChargerPlate(
                    plan.Identity(number), FleetPlan.IdTag(number), plan.Nodes,
                    (number - 1) / plan.Protocols.Length, plan.Password, SeedOf(plan.Seed, number),
                    plan.Protocols[(number - 1) % plan.Protocols.Length]),
                plan.Behaviour, ledger, Statistics, pacer)),
        ];
        running = Task.WhenAll(Chargers.Select((charger, index) => Live(charger, plan.Ramp * index / plan.Chargers)));
    }

    public ImmutableArray<SimulatedCharger> Chargers { get; }

    public FleetStatistics Statistics { get; } = new();

    /// <summary>Completes when every charger has charged its last session and has every message acknowledged.</summary>
    public Task Finished => running;

    /// <summary>Switches the chargers on.</summary>
    /// <exception cref="ArgumentException">The plan cannot be carried out; the message says why.</exception>
    public static Fleet Start(FleetPlan plan) =>
        plan.Objection() is { } objection ? throw new ArgumentException(objection, nameof(plan)) : new Fleet(plan);

    public FleetSnapshot Snapshot() => Statistics.Read(Chargers);

    /// <summary>Ends all sessions, waits until everything is acknowledged, and switches off.</summary>
    /// <param name="patience">How long that may take.</param>
    /// <returns>Whether everything was acknowledged.</returns>
    public async Task<bool> Drain(TimeSpan patience)
    {
        foreach (var charger in Chargers) charger.Finish();
        await Task.WhenAny(running, Task.Delay(patience));
        await Stop();
        return Chargers.All(charger => charger.Pending == 0);
    }

    /// <summary>Switches off at once. What is not acknowledged stays so; the ledger says what was going on.</summary>
    public async Task Stop()
    {
        await off.CancelAsync();
        await running;
        ledger.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        off.Dispose();
    }

    private async Task Live(SimulatedCharger charger, TimeSpan appears)
    {
        try
        {
            await Task.Delay(appears, off.Token);
            await charger.Run(off.Token);
        }
        catch (OperationCanceledException)
        {
        }
        catch (LedgerException)
        {
            await off.CancelAsync(); // nobody else need go on
            throw;
        }
    }

    // Not System.HashCode, which differs from run to run: the same seed makes the same fleet.
    private static int SeedOf(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 7_919));
}
