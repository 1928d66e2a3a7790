using System.Collections.Concurrent;
using System.Diagnostics;

namespace Moovolt.Rig;

/// <summary>The processes that were started here: none outlives the one that runs the tests.</summary>
public static class Children
{
    private static readonly ConcurrentDictionary<int, Process> Alive = new();

    static Children() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Alive.Values) Kill(child);
    };

    public static Process Start(ProcessStartInfo how)
    {
        var child = Process.Start(how) ?? throw new InvalidOperationException($"{how.FileName} did not start.");
        Alive[child.Id] = child;
        return child;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; with all that it printed.</exception>
    public static async Task Run(string folder, params string[] command)
    {
        using var child = Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        });
        var output = new Output();
        output.Follow(child);
        await child.WaitForExitAsync();
        Alive.TryRemove(child.Id, out _);
        if (child.ExitCode != 0) throw new InvalidOperationException($"{command[0]} ended with {child.ExitCode}:\n{output}");
    }

    /// <summary>kill -9, by id, and waits until it is gone.</summary>
    public static void Kill(Process child)
    {
        Alive.TryRemove(child.Id, out _);
        try
        {
            child.Kill(entireProcessTree: true);
            child.WaitForExit(TimeSpan.FromSeconds(10));
            Alive.TryRemove(child.Id, out _);
        }
        catch (InvalidOperationException)
        {
            // It is gone already, and whoever started it has let go of it: it has not even an id.
        }
    }
}
