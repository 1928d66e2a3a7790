using System.CommandLine;
using BenchmarkDotNet.Running;
using Moovolt.Benchmarks;

// Two things in one program: micro-benchmarks (whatever BenchmarkDotNet's own arguments say), and the journal's ceiling.
if (args is not ["journal-ceiling", .. var rest])
{
    BenchmarkSwitcher.FromAssembly(typeof(FrameBenchmarks).Assembly).Run(args);
    return 0;
}

var postgres = new Option<string?>("--postgres") { Description = "Connection string of an empty database; without it SQLite in a temporary directory." };
var actors = new Option<int>("--actors") { Description = "How many write at once.", DefaultValueFactory = _ => 200 };
var seconds = new Option<int>("--seconds") { Description = "How long is measured.", DefaultValueFactory = _ => 10 };
var warmUp = new Option<int>("--warm-up") { Description = "Seconds before that.", DefaultValueFactory = _ => 5 };
var command = new RootCommand("How many events a second the journal takes, and how fast, when nobody does anything else.")
{
    postgres, actors, seconds, warmUp,
};
command.SetAction(async (given, cancellation) =>
{
    var ceiling = new JournalCeiling(
        given.GetValue(actors), TimeSpan.FromSeconds(given.GetValue(warmUp)), TimeSpan.FromSeconds(given.GetValue(seconds)));
    Console.WriteLine(await ceiling.Measure(given.GetValue(postgres), cancellation));
});
return await command.Parse(rest).InvokeAsync();
