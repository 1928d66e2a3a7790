using Moovolt.Faults.Checker;
using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;
using Moovolt.Simulator;
using Xunit;
using Xunit.Abstractions;

namespace Moovolt.Faults;

/// <summary>
/// The test of the test: the product broken on purpose, and a database that does not keep its word. Each must be found
/// by the invariant that is about it. Cost and what is sent to other systems have no mutants: there is neither yet.
/// </summary>
public sealed class MutantSpec(ITestOutputHelper output, Mutants mutants) : IClassFixture<Mutants>
{
    [SkippableFact]
    public async Task A_reply_before_the_commit_is_found_out()
    {
        var verdict = await Play(new AllKilledInAStall(), mutant: "reply-before-commit");
        Assert.NotEmpty(verdict.Lost);
    }

    [SkippableFact]
    public async Task A_database_that_answers_before_it_has_written_is_found_out()
    {
        var verdict = await Play(new DatabaseCrashed(), settings: ["synchronous_commit=off", "wal_buffers=64MB"]);
        Assert.NotEmpty(verdict.Lost);
    }

    [SkippableFact]
    public async Task Repeats_that_count_sockets_without_an_epoch_and_tables_without_an_event_are_found_out()
    {
        var verdict = await Play(new Twins(), mutant: "no-repeat-check,no-new-epoch,projection-leaves-out");
        Assert.NotEmpty(verdict.Doubled);
        Assert.Contains(verdict.Wrong, wrong => wrong.Contains("was opened after", StringComparison.Ordinal));
        Assert.Contains(verdict.WrongEnergy, wrong => wrong.StartsWith("The tables have", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_command_on_a_socket_that_is_not_the_newest_is_found_out()
    {
        var verdict = await Play(new TwinsCommanded(), mutant: "no-epoch-check");
        Assert.Contains(verdict.Wrong, wrong => wrong.Contains("was sent DataTransfer on", StringComparison.Ordinal));
    }

    private async Task<Verdict> Play(Fault fault, string? mutant = null, IReadOnlyList<string>? settings = null)
    {
        PostgresServer.Needed();
        var environment = new Dictionary<string, string>();
        if (mutant is not null) environment[Mutants.Variable] = mutant;
        var program = mutant is null ? null : (await mutants.Program()).Assembly;
        await using var theatre = await Theatre.Open(environment: environment, program: program, settings: settings);
        var run = new FaultRun(theatre, fault, Load.Small, Pace.Tests, Random.Shared.Next())
        {
            PatienceAtEnd = TimeSpan.FromSeconds(20),
        };
        await run.Play(Path.Combine(AppContext.BaseDirectory, "timelines", "mutants"));
        foreach (var breach in run.Breaches) output.WriteLine(breach);
        return run.Verdict;
    }

    // What they repeat of their own accord would mend what was lost.
    private static ChargerBehaviour Truthful(ChargerBehaviour usual) => usual with { Misbehaviour = new Misbehaviour() };

    /// <summary>All nodes are killed while no commit comes through: what was answered without one is lost.</summary>
    private sealed class AllKilledInAStall : Fault
    {
        public override string Id => "M-1";

        public override string What => "all commits are held up for three seconds, then all nodes are killed";

        public override TimeSpan Allowed => TimeSpan.FromMinutes(5);

        public override ChargerBehaviour Habits(ChargerBehaviour usual) => Truthful(usual);

        public override async Task Strike(Scene scene)
        {
            await using (await scene.Theatre.LockJournal())
            {
                await Task.Delay(TimeSpan.FromSeconds(3));
                foreach (var node in scene.Nodes) scene.Kill(node);
            }

            await scene.StartAgain(scene.Nodes);
        }
    }

    /// <summary>The database ends without a word to its disk, and starts again.</summary>
    private sealed class DatabaseCrashed : Fault
    {
        public override string Id => "M-2";

        public override string What => "PostgreSQL ends at once, and starts again";

        public override TimeSpan Allowed => TimeSpan.FromMinutes(5);

        public override ChargerBehaviour Habits(ChargerBehaviour usual) => Truthful(usual);

        public override async Task Strike(Scene scene)
        {
            // What is said to be written is in the server's memory until its writer of the log comes by, page after page:
            // one that is held up is as near as one comes to a machine that loses its power.
            var writer = await scene.Theatre.Ask<int>(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'");
            Signals.Send(writer, Signal.Stop);
            await Scene.Until(
                async () => await scene.Theatre.Ask<decimal>(
                    "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), pg_current_wal_lsn())") > 100_000,
                TimeSpan.FromSeconds(60),
                "nothing is left to write");
            await scene.Theatre.Server.End(Signal.Quit);
            await scene.Theatre.Server.Open();
        }
    }

    /// <summary>Chargers come a second time while they are there, and everybody repeats much of what was answered.</summary>
    private class Twins : Fault
    {
        protected const int Pairs = 10;

        public override string Id => "M-3";

        public override string What => "chargers come twice";

        public override TimeSpan Allowed => TimeSpan.FromMinutes(5);

        public override ChargerBehaviour Habits(ChargerBehaviour usual) =>
            usual with { Misbehaviour = new Misbehaviour { Duplicates = 0.2, Replays = 2 } };

        public override async Task Strike(Scene scene)
        {
            await using var twins = Fleet.Start(new FleetPlan
            {
                Nodes = [.. scene.Theatre.Addresses.AsEnumerable().Reverse()],
                Chargers = Pairs,
                Protocols = [Protocol.Ocpp16],
                Prefix = scene.Crowd.IdlePrefix,
                LedgerPath = Path.Combine(scene.Crowd.Folder, "ledger-twins.jsonl"),
                Behaviour = new ChargerBehaviour { Workload = Workload.Idle },
            });
            await WhileTheyAreThere(scene);
        }

        protected virtual Task WhileTheyAreThere(Scene scene) => Task.Delay(TimeSpan.FromSeconds(6));
    }

    /// <summary>The same, and an operator has something to say to those who are there twice.</summary>
    private sealed class TwinsCommanded : Twins
    {
        public override string Id => "M-4";

        protected override async Task WhileTheyAreThere(Scene scene)
        {
            await base.WhileTheyAreThere(scene);
            var idle = scene.Crowd.Chargers.Select(charger => charger.Id)
                .Where(id => id.StartsWith(scene.Crowd.IdlePrefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);
            await Task.WhenAll(idle.Take(Pairs).Select(scene.Operator.Transfer));
            await Task.Delay(TimeSpan.FromSeconds(3));
        }
    }
}
