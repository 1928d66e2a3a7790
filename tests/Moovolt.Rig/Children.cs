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

    /// <summary>kill -9, by id, and waits until it is gone.</summary>
    public static void Kill(Process child)
    {
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
