using System.Globalization;
using System.Text.Json.Nodes;
using Moovolt.Faults.Checker;
using Moovolt.Rig;
using Moovolt.Simulator;
using Npgsql;

namespace Moovolt.Faults;

/// <summary>
/// The fault: three nodes on PostgreSQL, a hundred chargers charging, a third of them of each version, and one node gone
/// by kill -9 at a moment that nobody chose. The chargers come back elsewhere and repeat what was not answered, and some
/// that was.
/// </summary>
internal sealed record NodeKill(Victim Victim, int Seed)
{
    private const int Chargers = 102; // divides by three
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(5);

    /// <summary>The program, for the test of the test; null for the product as it is.</summary>
    public string? Program { get; init; }

    /// <summary>Which fault of <see cref="Mutants"/> that program has; null for none.</summary>
    public string? Mutant { get; init; }

    /// <summary>Hold up all commits for so long before the kill: what was answered without a commit is then surely lost.</summary>
    public TimeSpan StallBefore { get; init; }

    /// <summary>No run ends before so many messages were acknowledged.</summary>
    public int AtLeast { get; init; } = 3_000;

    public async Task<Report> Run()
    {
        await using var server = await PostgresServer.Start();
        var environment = new Dictionary<string, string> { ["MOOVOLT_DEV"] = "true" };
        if (Mutant is not null) environment[Mutants.Variable] = Mutant;
        await using var cluster = await MoovoltCluster.Start(
            await server.NewDatabase(), environment: environment, program: Program);
        var ledgerFile = Path.Combine(Path.GetTempPath(), $"moovolt-ledger-{Guid.NewGuid():N}.jsonl");
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(1, Chargers),
                new ParallelOptions { MaxDegreeOfParallelism = 6 },
                async (number, _) => await cluster.Nodes[number % cluster.Nodes.Count].Api.Accept(FleetPlan.IdTag(number)));
            var victim = await cluster.Find(Victim);
            await using var fleet = Fleet.Start(Plan(cluster, ledgerFile));
            var (killedAt, rate) = await Kill(fleet, victim, cluster.Database);
            await Eventually.Is(
                () => fleet.Snapshot().Acknowledged >= AtLeast && DateTimeOffset.UtcNow - killedAt > TimeSpan.FromSeconds(25),
                TimeSpan.FromSeconds(120));
            var allAnswered = await fleet.Drain(TimeSpan.FromSeconds(90));

            var seen = fleet.Snapshot();
            var survivor = cluster.Nodes.First(node => node != victim);
            await CaughtUp(survivor.Api);
            var ledger = Checker.Ledger.Read(ledgerFile);
            var stored = await StoredTransaction.ReadAll(cluster.Database);
            var shown = await survivor.Api.All("transactions?limit=200");
            return new Report(
                Victim,
                Seed,
                ledger.Acknowledged.Count,
                ledger.Acknowledged.Count(message => (message.Wall - killedAt).Duration() <= Around),
                rate,
                seen.Reconnects,
                seen.LongestWaitMs,
                allAnswered,
                Verdict.Of(ledger, stored, shown),
                [.. ledger.Stations.OrderBy(spoke => spoke.Key).Select(spoke => Version(ledger, spoke, stored, shown))]);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{error.Message}\n{cluster.Printed}", error);
        }
        finally
        {
            File.Delete(ledgerFile);
        }
    }

    private static Share Version(
        Checker.Ledger ledger, IGrouping<string, string> spoke,
        IReadOnlyDictionary<string, StoredTransaction> stored, IReadOnlyList<JsonNode> shown)
    {
        var (mine, stations) = (ledger.Of(spoke.Key), spoke.ToHashSet());
        return new Share(spoke.Key, stations.Count, mine.Acknowledged.Count, Verdict.Of(
            mine,
            stored.Where(each => stations.Contains(each.Value.Station)).ToDictionary(),
            [.. shown.Where(each => stations.Contains(each["chargePoint"]!.GetValue<string>()))]));
    }

    private FleetPlan Plan(MoovoltCluster cluster, string ledgerFile) => new()
    {
        Nodes = [.. cluster.Nodes.Select(node => new Uri(node.Ocpp.ToString().TrimEnd('/')))],
        Chargers = Chargers,
        Protocols = [.. Enum.GetValues<Protocol>()],
        Ramp = TimeSpan.FromSeconds(5),
        LedgerPath = ledgerFile,
        Seed = Seed,
        Behaviour = new ChargerBehaviour
        {
            SessionLength = TimeSpan.FromSeconds(10),
            MeterEvery = TimeSpan.FromSeconds(1),
            Pause = TimeSpan.FromSeconds(1),
            Misbehaviour = new Misbehaviour { Duplicates = 0.02, Replays = 2 },
        },
    };

    private async Task<(DateTimeOffset At, double Rate)> Kill(Fleet fleet, MoovoltProcess victim, string database)
    {
        await Task.Delay(TimeSpan.FromSeconds(10)); // all have come, and most of them charge
        await Task.Delay(TimeSpan.FromSeconds(5 * new Random(Seed).NextDouble()));
        var (before, span) = (fleet.Snapshot().Acknowledged, TimeSpan.FromSeconds(2));
        await Task.Delay(span);
        var rate = (fleet.Snapshot().Acknowledged - before) / span.TotalSeconds;
        await using (await Stall(database))
        {
            await Task.Delay(StallBefore);
            victim.Kill9();
        }

        return (DateTimeOffset.UtcNow, rate);
    }

    /// <summary>No row is written to the journal until this is disposed of.</summary>
    private async Task<IAsyncDisposable?> Stall(string database)
    {
        if (StallBefore == TimeSpan.Zero) return null;
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE journal IN EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection; // a transaction ends with its connection
    }

    private static async Task CaughtUp(Api api) => await Eventually.Get(
        () => api.Get("cluster"),
        picture => picture["projection"]?["lagEvents"]?.GetValue<long>() == 0,
        TimeSpan.FromSeconds(30));

    /// <summary>What one run came to.</summary>
    /// <param name="AroundKill">Acknowledged within five seconds before and after the kill.</param>
    /// <param name="Rate">Replies a second before the kill.</param>
    /// <param name="AllAnswered">At the end nothing waited for an answer.</param>
    /// <param name="Verdict">Of all together.</param>
    /// <param name="Versions">The same of each version's chargers alone.</param>
    internal sealed record Report(
        Victim Victim,
        int Seed,
        int Acknowledged,
        int AroundKill,
        double Rate,
        long Reconnects,
        double LongestWaitMs,
        bool AllAnswered,
        Verdict Verdict,
        IReadOnlyList<Share> Versions)
    {
        public bool IsGood => AllAnswered && Verdict.IsGood && Versions.Count == 3
            && Versions.All(version => version.Verdict.IsGood && version.Acknowledged > 0 && version.Chargers == Chargers / 3);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Victim} killed (seed {Seed}): {Acknowledged} acknowledged, {AroundKill} of them in the 10 s around the kill, {Rate:0} a second before it, {Reconnects} reconnects, longest wait {LongestWaitMs / 1000:0.0} s, {(AllAnswered ? "all answered" : "NOT ALL ANSWERED")}, {Verdict}{string.Concat(Versions)}");
    }

    /// <summary>What it came to for the chargers of one version.</summary>
    internal sealed record Share(string Protocol, int Chargers, int Acknowledged, Verdict Verdict)
    {
        public override string ToString() => $"\n  {Protocol}: {Chargers} chargers, {Acknowledged} acknowledged, {Verdict}";
    }
}
