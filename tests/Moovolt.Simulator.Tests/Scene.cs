using System.Text.Json.Nodes;

namespace Moovolt.Simulator.Tests;

/// <summary>A canned server, a ledger in a temporary file, and chargers that hurry.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Scene(CannedServer server) => Server = server;

    public CannedServer Server { get; }

    public string LedgerPath { get; } = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}.jsonl");

    /// <summary>Two sessions of a few meter values each, at a pace that a test can wait for.</summary>
    public static ChargerBehaviour Hurried => new()
    {
        SessionsEach = 2,
        SessionLength = TimeSpan.FromMilliseconds(120),
        MeterEvery = TimeSpan.FromMilliseconds(25),
        Pause = TimeSpan.FromMilliseconds(10),
        Watts = 7_200_000,
        CallTimeout = TimeSpan.FromMilliseconds(400),
        RetryInterval = TimeSpan.FromMilliseconds(10),
        BackOff = new BackOff { Minimum = TimeSpan.FromMilliseconds(10), RandomRange = TimeSpan.FromMilliseconds(20) },
    };

    public static async Task<Scene> Start() => new(await CannedServer.Start());

    public Fleet Switch(ChargerBehaviour behaviour, int chargers = 1, Func<FleetPlan, FleetPlan>? with = null)
    {
        var plan = new FleetPlan
        {
            Nodes = [Server.Address],
            Chargers = chargers,
            Ramp = TimeSpan.FromMilliseconds(chargers),
            LedgerPath = LedgerPath,
            Behaviour = behaviour,
        };
        return Fleet.Start(with is null ? plan : with(plan));
    }

    /// <summary>The ledger as it is on disk at this moment, also while it is being written.</summary>
    public IReadOnlyList<JsonObject> Ledger()
    {
        using var file = new FileStream(LedgerPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(file);
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    public IEnumerable<JsonObject> Lines(string kind) => Ledger().Where(line => (string?)line["kind"] == kind);

    public static async Task Until(Func<bool> true_)
    {
        for (var since = Environment.TickCount64; !true_(); await Task.Delay(5))
            Assert.True(Environment.TickCount64 - since < Patience.TotalMilliseconds, "It did not come to that in time.");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        File.Delete(LedgerPath);
    }
}
