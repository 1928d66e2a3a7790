using System.Diagnostics;

namespace Moovolt.Rig;

/// <summary>
/// A disk of a few megabytes in memory, mounted over a folder, and only for those who are started
/// <see cref="Inside"/>: a mount namespace of its own, so that nothing of it is left when it is disposed of.
/// </summary>
public sealed class SmallDisk(string folder, int megabytes) : IDisposable
{
    private const string Filler = "full";

    private Process? _holder;

    /// <summary>Skips the test, or fails it where CI=true, without the right to mount.</summary>
    public static void Needed() =>
        Needs.The(
            Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare"), "root, for a disk of its own", "run it as root");

    /// <summary>What a command is put behind to see the disk.</summary>
    public IReadOnlyList<string> Inside => ["nsenter", $"--mount=/proc/{Holder.Id}/ns/mnt", "--"];

    private Process Holder => _holder ?? throw new InvalidOperationException("It is not mounted.");

    public async Task Mount()
    {
        Needed();
        _holder = Children.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "sleep", "infinity"]));
        // It is a process of ours until it has unshared itself and become the sleeper.
        await Eventually.Is(() => File.ReadAllText($"/proc/{_holder.Id}/comm").Trim() == "sleep", TimeSpan.FromSeconds(10));
        await Children.Run("/", [.. Inside, "mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder]);
    }

    public void Fill()
    {
        using var file = new FileStream(Seen(Filler), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var piece = new byte[64 * 1024]; ;) file.Write(piece);
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    public void Empty() => File.Delete(Seen(Filler));

    public void Dispose()
    {
        if (_holder is not null) Children.Kill(_holder);
    }

    private string Seen(string file) => Path.Combine($"/proc/{Holder.Id}/root", folder.TrimStart('/'), file);
}
