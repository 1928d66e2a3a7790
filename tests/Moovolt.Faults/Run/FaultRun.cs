using System.Text.Json.Nodes;
using Moovolt.Faults.Checker;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Run;

/// <summary>How long load is held around a fault.</summary>
/// <param name="Slack">
/// How many times longer than allowed things may take. The table is made on a machine that does nothing else, and has
/// none; tests run on whatever there is, and find what is stuck.
/// </param>
internal sealed record Pace(TimeSpan Before, TimeSpan After, int Slack)
{
    public static readonly Pace Table = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40), 1);
    public static readonly Pace Tests = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), 4);
}

/// <summary>
/// One fault from its beginning to its row: the crowd comes, load is held, the fault strikes, load is held, the crowd
/// finishes, and everything is compared.
/// </summary>
internal sealed class FaultRun(Theatre theatre, Fault fault, Load load, Pace pace, int seed)
{
    private static readonly TimeSpan UntilHeld = TimeSpan.FromSeconds(120);
    private static int _runs;

    /// <summary>What was not as it was promised, in sentences; none when all was.</summary>
    public List<string> Breaches { get; } = [];

    /// <summary>What the checker says, after the run.</summary>
    public Verdict Verdict { get; private set; } = new();

    /// <summary>How long the chargers have in the end until everything is acknowledged.</summary>
    public TimeSpan PatienceAtEnd { get; init; } = TimeSpan.FromSeconds(120);

    /// <param name="pictures">Where the timeline is written.</param>
    public async Task<Row> Play(string pictures)
    {
        var folder = Directory.CreateTempSubdirectory("moovolt-ledgers-");
        try
        {
            await theatre.Restore();
            // Of this run alone, also where the same fault is run twice on one stage.
            var prefix = fault.Id.Replace('-', (char)('a' + Interlocked.Increment(ref _runs) % 26));
            await using var crowd = await Crowd.Gather(theatre, fault, load, prefix, seed, folder.FullName);
            await Gathered(crowd);
            await using var operators = new Operator(theatre, crowd, load.Requests, seed);
            var scene = new Scene(theatre, crowd, operators, load, seed, pace);
            await using var clock = new Timeline(crowd);
            var held = await Hold(crowd, operators);
            var resident = theatre.Nodes.Where(node => node.IsRunning).Sum(node => node.ResidentBytes);

            var struck = DateTimeOffset.UtcNow;
            await fault.Strike(scene);
            var over = DateTimeOffset.UtcNow;
            scene.Mark("over");
            await Task.Delay(pace.After);
            await Converges(crowd);
            await operators.Rest();
            if (load.Requests > 0) Breaches.AddRange(await operators.Works(TimeSpan.FromSeconds(15) * pace.Slack));
            if (!await crowd.Finish(PatienceAtEnd)) Breaches.Add("Not everything was acknowledged in the end.");
            await theatre.CaughtUp();

            var commands = await Settled(prefix);
            var evidence = new Evidence(
                struck, over, Ledger.Read(crowd.Ledgers),
                await StoredSessions.ReadAll(theatre.Source, prefix),
                await StoredTransaction.ReadAll(theatre.Source, prefix),
                await Shown(prefix));
            Verdict = await Check(evidence, prefix);
            Verdict.Wrong.AddRange(Obedience.Breaches(evidence.Ledger, operators.Commands, commands));
            if (!Verdict.IsGood) Breaches.Add($"{Verdict}");
            Count(scene, operators, commands);
            Breaches.AddRange(await fault.Judge(scene, evidence));
            var waits = Waits.Of(evidence.Since);
            if (waits.Longest > fault.Allowed * pace.Slack)
                Breaches.Add($"The longest gap was {waits.Longest.TotalSeconds:0.0} s: {waits.Worst}.");
            if (!held.Is(load)) Breaches.Add($"The load was not held: {held}.");
            await Quiet(scene, resident);
            Secrets(crowd.Ledgers);

            var row = new Row
            {
                Id = fault.Id,
                Variant = fault.Variant,
                What = fault.What,
                Load = load.Name,
                Held = held,
                Acknowledged = evidence.Ledger.Acknowledged.Count,
                Lost = Verdict.Lost.Count,
                Doubled = Verdict.Doubled.Count,
                WattHours = Verdict.WattHours.Truth,
                Difference = Verdict.WattHours.Truth - Verdict.WattHours.Stored,
                Longest = waits.Longest,
                Allowed = fault.Allowed,
                Median = waits.Median,
                P99 = waits.P99,
                Commands = operators.Commands.Count,
                FailedReads = operators.FailedReads.Values.Sum(),
                Measured = string.Join(
                    "; ", scene.Measured.OrderBy(each => each.Key).Select(each => $"{each.Key} {each.Value}")),
                Seed = seed,
                Date = DateOnly.FromDateTime(DateTime.UtcNow),
                Commit = await Commits.Current(),
            };
            Directory.CreateDirectory(pictures);
            await clock.Draw(Path.Combine(pictures, $"{fault.Name.Replace(' ', '-')}.svg"), fault, scene, evidence);
            return row;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<bool> Gathered(Crowd crowd) => Eventually.Is(
        () => crowd.Connected >= load.Stations && crowd.Running >= load.Running, UntilHeld);

    private async Task<Held> Hold(Crowd crowd, Operator operators)
    {
        // A bridge that nobody has asked yet is slow at first.
        await Eventually.Is(() => operators.Answered >= 2 * load.Requests, UntilHeld);
        var (replies, requests) = (crowd.Acknowledged, operators.Answered);
        await Task.Delay(pace.Before);
        double PerSecond(long count) => count / pace.Before.TotalSeconds;
        return new Held(
            crowd.Connected, crowd.Running,
            PerSecond(crowd.Acknowledged - replies), PerSecond(operators.Answered - requests));
    }

    /// <summary>
    /// All commands, when none of them waits any more: those that were given to a connection that is gone are over with
    /// it, and those that wait for a charger are after 15 s.
    /// </summary>
    private async Task<IReadOnlyList<StoredCommand>> Settled(string prefix)
    {
        IReadOnlyList<StoredCommand> commands = [];
        await Eventually.Is(
            async () => (commands = await StoredCommand.ReadAll(theatre.Source, prefix)).All(command => command.IsOver),
            TimeSpan.FromSeconds(90));
        return commands;
    }

    private static void Count(Scene scene, Operator operators, IReadOnlyList<StoredCommand> commands)
    {
        if (commands.Count > 0)
            scene.Measure("commands", string.Join(" ", commands.GroupBy(command => command.State)
                .OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Key} {state.Count()}")));
        if (operators.FailedReads.Count > 0)
            scene.Measure("reads without an answer", string.Join(" ", operators.FailedReads
                .OrderBy(why => why.Key, StringComparer.Ordinal).Select(why => $"{why.Key} {why.Value}")));
    }

    private async Task<IReadOnlyList<JsonNode>> Shown(string prefix)
    {
        var survivor = theatre.Nodes.First(node => node.IsRunning);
        return
        [
            .. (await survivor.Api.All("transactions?limit=200"))
                .Where(each => each["chargePoint"]!.GetValue<string>().StartsWith(prefix, StringComparison.Ordinal)),
        ];
    }

    private async Task<Verdict> Check(Evidence evidence, string prefix)
    {
        var verdict = Verdict.Of(evidence.Ledger, evidence.Stored, evidence.Shown);
        verdict.SumsAre(await ShownSums.Read(theatre.Source, prefix), evidence.Stored);
        verdict.Wrong.AddRange(evidence.Sessions.Wrong);
        return verdict;
    }

    /// <summary>Whoever is there is shown to be there: everybody is back.</summary>
    private async Task Converges(Crowd crowd)
    {
        var shown = 0L;
        var all = await Eventually.Is(
            async () =>
            {
                shown = (await ShownSums.Read(theatre.Source, crowd.Prefix)).Online;
                return crowd.Connected == load.Stations && shown == load.Stations;
            },
            TimeSpan.FromSeconds(60));
        if (!all) Breaches.Add($"{crowd.Connected} of {load.Stations} are back, and {shown} are shown to be there.");
    }

    /// <summary>
    /// Nobody is left, and the nodes hold little more than they held before: nothing makes a runtime give back at once
    /// what it has, and no row of the table ever came to more.
    /// </summary>
    private async Task Quiet(Scene scene, long before)
    {
        var left = await Eventually.Is(
            async () => (await ShownSums.Read(theatre.Source, scene.Crowd.Prefix)).Online == 0, TimeSpan.FromSeconds(60));
        if (!left) Breaches.Add("Chargers are shown to be there that have left.");
        var after = theatre.Nodes.Where(node => node.IsRunning).Sum(node => node.ResidentBytes);
        scene.Measure("RSS MiB", $"{before >> 20} to {after >> 20}");
        if (after > 1.3 * before + pace.Slack * (100L << 20))
            Breaches.Add($"The nodes hold {after >> 20} MiB; it was {before >> 20}.");
    }

    private void Secrets(IEnumerable<string> ledgers)
    {
        foreach (var secret in new[] { theatre.Password, theatre.OperatorKey })
        {
            if (theatre.Cluster.Printed.Contains(secret, StringComparison.Ordinal))
                Breaches.Add("A node has printed a secret.");
            if (ledgers.Any(file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal)))
                Breaches.Add("A ledger has a secret.");
        }
    }
}
