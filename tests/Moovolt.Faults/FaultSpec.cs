using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;
using Xunit;
using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // each run has the machine to itself

namespace Moovolt.Faults;

/// <summary>
/// Faults, one after the other on one cluster, under a small load: what was acknowledged is there, once, to the
/// watt-hour, and nobody waited longer than is allowed. MOOVOLT_FAULT_RUNS=5 for more of each.
/// </summary>
public sealed class FaultSpec(ITestOutputHelper output, FaultSpec.Theatres theatres) : IClassFixture<FaultSpec.Theatres>
{
    private static int Runs =>
        int.TryParse(Environment.GetEnvironmentVariable("MOOVOLT_FAULT_RUNS"), out var runs) ? runs : 1;

    public static TheoryData<string> Names => [.. Plan.Faults.Where(fault => fault.InTests).Select(fault => fault.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Nothing_acknowledged_is_lost_or_doubled_and_nobody_waits_too_long(string name)
    {
        PostgresServer.Needed();
        for (var run = 0; run < Runs; run++)
        {
            var fault = Plan.Faults.First(each => each.Name == name);
            var played = await theatres.Play(fault, Load.Small, Random.Shared.Next());
            output.WriteLine($"{played}");
            Assert.True(played.Breaches.Count == 0, $"{played}");
        }
    }

    /// <summary>One cluster for all that can follow each other, with every line through a proxy.</summary>
    public sealed class Theatres : IAsyncLifetime
    {
        private Theatre? _common;

        internal async Task<Played> Play(Fault fault, Load load, int seed)
        {
            var own = fault.OwnStage is { } open ? await open() : null;
            var theatre = own ?? (_common ??= await Theatre.Open(Wiring.Chargers | Wiring.Peers | Wiring.Database));
            try
            {
                var run = new FaultRun(theatre, fault, fault.Load ?? load, Pace.Tests, seed);
                var row = await run.Play(Path.Combine(AppContext.BaseDirectory, "timelines"));
                return new Played(row, [.. run.Breaches.Select(breach => $"{breach}\n{theatre.Cluster.Printed}")]);
            }
            catch (Exception error)
            {
                // The next fault begins on a stage of its own: this one's is in a state that nobody knows.
                var printed = theatre.Cluster.Printed;
                if (own is null) _common = null;
                await theatre.DisposeAsync();
                throw new InvalidOperationException($"{fault.Name} (--seed {seed}): {error.Message}\n{printed}", error);
            }
            finally
            {
                if (own is not null) await own.DisposeAsync();
            }
        }

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            if (_common is not null) await _common.DisposeAsync();
        }
    }

    internal sealed record Played(Row Row, IReadOnlyList<string> Breaches)
    {
        public override string ToString() => string.Join('\n', [Row.Print(), .. Breaches]);
    }
}
