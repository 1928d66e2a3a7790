using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

// dotnet run -c Release --project tests/Moovolt.Faults -- all | F-04 | "F-04 fast" … [--seed N] [--times N] [--small]
var small = args.Contains("--small");
var given = After("--seed");
string[] wanted = [.. args.Where((each, index) => each[0] != '-' && (index == 0 || args[index - 1] is not ("--seed" or "--times")))];
IReadOnlyList<Fault> once = wanted is ["all"]
    ? Plan.Faults
    : [.. Plan.Faults.Where(fault => wanted.Contains(fault.Id) || wanted.Contains(fault.Name))];
IReadOnlyList<Fault> faults = [.. Enumerable.Repeat(once, After("--times") ?? 1).SelectMany(each => each)];
if (faults.Count == 0 || !PostgresServer.IsHere)
{
    var names = string.Join(", ", Plan.Faults.Select(fault => fault.Name));
    Console.Error.WriteLine($"Say all, or some of: {names}. PostgreSQL must be installed.");
    return 1;
}

var failed = 0;
var pictures = small
    ? Path.Combine(AppContext.BaseDirectory, "timelines")
    : Path.Combine(Tree.Root, "tests", "Moovolt.Faults", "timelines");
// A small load bears a proxy on every line, and so all can follow each other on one stage.
Wiring WiringOf(Fault fault) => small ? Wiring.Chargers | Wiring.Peers | Wiring.Database : fault.Wiring;
foreach (var group in faults.GroupBy(fault => (Wiring: WiringOf(fault), Own: fault.OwnStage is null ? null : fault)))
{
    Theatre? theatre = null;
    foreach (var fault in group)
    {
        var (seed, load) = (given ?? Random.Shared.Next(), small ? Load.Small : Load.Full);
        Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {fault.Name}: {fault.What} (--seed {seed})");
        List<string> breaches;
        try
        {
            theatre ??= await (fault.OwnStage?.Invoke() ?? Theatre.Open(group.Key.Wiring));
            var run = new FaultRun(
                theatre, fault, fault.Load ?? (fault.HalfLoad ? load.Half : load), small ? Pace.Tests : Pace.Table, seed);
            var row = await run.Play(pictures);
            Console.WriteLine(row.Print());
            if (run.Breaches.Count == 0 && !small) ResultTable.Write(row);
            breaches = [.. run.Breaches];
            if (breaches.Count > 0) breaches.Add(await Keep(theatre, fault, seed));
        }
        catch (Exception error)
        {
            // Whatever it is, the other faults are still to be made, on a stage of their own.
            breaches = [$"{error}"];
            if (theatre is not null)
            {
                breaches.Add(await Keep(theatre, fault, seed));
                await theatre.DisposeAsync();
                theatre = null;
            }
        }

        foreach (var breach in breaches) Console.WriteLine($"  NOT KEPT: {breach}");
        if (breaches.Count > 0) failed++;
    }

    if (theatre is not null) await theatre.DisposeAsync();
}

Console.WriteLine($"{faults.Count - failed} of {faults.Count} faults were survived.");
return failed == 0 ? 0 : 2;

async Task<string> Keep(Theatre theatre, Fault fault, int seed)
{
    var file = Path.Combine(AppContext.BaseDirectory, $"{fault.Name.Replace(' ', '-')}-{seed}.log");
    await File.WriteAllTextAsync(file, theatre.Cluster.Printed);
    return $"What the nodes printed is in {file}";
}

int? After(string option) => Array.IndexOf(args, option) is >= 0 and var at
    ? int.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture)
    : null;
