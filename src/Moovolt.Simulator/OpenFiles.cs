using System.Globalization;

namespace Moovolt.Simulator;

/// <summary>Each charger is a socket, and a process may open only so many, from only so many local ports.</summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Ports = "/proc/sys/net/ipv4/ip_local_port_range";
    private const int OwnFiles = 150;

    /// <summary>What to do when the machine does not allow that many; null when it does, or does not tell.</summary>
    public static string? Objection(int chargers, int nodes)
    {
        if (MostFiles() is { } files && files < chargers + OwnFiles)
            return string.Create(CultureInfo.InvariantCulture,
                $"{chargers} chargers need about {chargers + OwnFiles} open files, and this process may have {files}: " +
                $"raise the limit (ulimit -n {chargers + OwnFiles}) or ask for {Math.Max(0, files - OwnFiles)} chargers at most.");
        if (MostPorts() is { } ports && (long)ports * nodes < chargers)
            return string.Create(CultureInfo.InvariantCulture,
                $"{chargers} chargers need as many local ports, and this machine has {ports} for each address that is dialled: " +
                $"name more addresses (--url), or widen net.ipv4.ip_local_port_range.");
        return null;
    }

    private static long? MostFiles() => File.Exists(Limits)
        && File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
        && long.TryParse(Words(line)[3], CultureInfo.InvariantCulture, out var soft) ? soft : null;

    private static int? MostPorts() => File.Exists(Ports) && Words(File.ReadAllText(Ports)) is [var first, var last]
        ? int.Parse(last, CultureInfo.InvariantCulture) - int.Parse(first, CultureInfo.InvariantCulture) + 1
        : null;

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
