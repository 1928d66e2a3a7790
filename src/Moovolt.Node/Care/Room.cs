using Moovolt.Gateway;

namespace Moovolt.Node.Care;

/// <summary>
/// How many chargers a node has room for: what it is told, and no more than it may open files and use memory for. One
/// charger too many is answered 503 and goes elsewhere; one that is let in beyond the memory ends the process, and with
/// it all others.
/// </summary>
/// <param name="Chargers">At most; one at least.</param>
/// <param name="Because">What bounds it, as a sentence.</param>
internal sealed record Room(int Chargers, string Because)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Of this process: in a container .NET knows its limit of memory, and keeps to three quarters of it.</summary>
    public static Room Here(GatewaySettings settings) =>
        Of(settings, OpenFiles.Most(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <param name="files">How many files may be open; null where that is not known.</param>
    /// <param name="memory">Bytes that the process may use; 0 where that is not known.</param>
    public static Room Of(GatewaySettings settings, long? files, long memory)
    {
        var room = new Room(settings.MaxConnections, $"moovolt.gateway.max-connections is {settings.MaxConnections}.");
        if (files is { } most && OpenFiles.RoomFor(most) < room.Chargers)
            room = new Room(OpenFiles.RoomFor(most), $"it may open {most} files (ulimit -n), and needs some itself.");
        if (memory > 0 && InMemory(settings, memory) is var chargers && chargers < room.Chargers)
        {
            room = new Room(
                chargers,
                $"it may use {memory / Mebibyte} MiB of memory, {settings.MemoryPerConnection / 1024} KiB a charger "
                + $"beside {settings.MemoryBesideConnections / Mebibyte} MiB for all else.");
        }

        return room;
    }

    private static int InMemory(GatewaySettings settings, long memory) => (int)Math.Clamp(
        (memory - settings.MemoryBesideConnections) / settings.MemoryPerConnection, 1, int.MaxValue);
}
