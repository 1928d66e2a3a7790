using System.Runtime.InteropServices;

namespace Moovolt.Rig;

/// <summary>What a process is told by the operating system. The numbers are Linux's.</summary>
public enum Signal
{
    /// <summary>PostgreSQL: end now, and finish nothing that is being done (fast).</summary>
    Interrupt = 2,

    /// <summary>PostgreSQL: end without a word to the disk (immediate).</summary>
    Quit = 3,

    /// <summary>Ends it, and it cannot say a word.</summary>
    Kill = 9,

    /// <summary>Please end.</summary>
    Terminate = 15,

    /// <summary>Goes on after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>Stands still, as in a stall of its machine: sockets stay open, and nobody answers.</summary>
    Stop = 19,
}

/// <summary>Signals, and who is whose child, as /proc has it.</summary>
public static class Signals
{
    /// <returns>Whether it reached somebody.</returns>
    public static bool Send(int process, Signal signal) => Kill(process, (int)signal) == 0;

    /// <summary>To a process and its children, the children last.</summary>
    public static void SendToFamily(int process, Signal signal)
    {
        Send(process, signal);
        foreach (var child in ChildrenOf(process)) Send(child, signal);
    }

    public static IReadOnlyList<int> ChildrenOf(int process)
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            try
            {
                // "id (name) state parent …": a name may hold anything, a bracket too.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
                if (int.Parse(parent, System.Globalization.CultureInfo.InvariantCulture) == process) children.Add(id);
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return children;
    }

    /// <summary>Whether there is such a process; one that is dead and not yet waited for is none.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
