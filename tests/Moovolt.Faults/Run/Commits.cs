using System.Diagnostics;
using Moovolt.Rig;

namespace Moovolt.Faults.Run;

/// <summary>Which state of the sources is run.</summary>
internal static class Commits
{
    /// <summary>The short name of the commit that is checked out, with a plus when the tree differs from it.</summary>
    public static async Task<string> Current()
    {
        var name = await Git("rev-parse", "--short", "HEAD");
        var changed = await Git("status", "--porcelain", "--untracked-files=no", "--", "src", "hocon");
        return changed.Length == 0 ? name : $"{name}+";
    }

    private static async Task<string> Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Tree.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("git did not start.");
        var said = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? said.Trim() : "unknown";
    }
}
