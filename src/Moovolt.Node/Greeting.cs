using Moovolt.Gateway.Listeners;

namespace Moovolt.Node;

/// <summary>What a person who has just started a node wants to know.</summary>
internal static class Greeting
{
    /// <param name="listening">Where else chargers connect; null when none do here.</param>
    public static void Print(
        IEnumerable<string> urls, ListeningSettings? listening, NodeSettings settings, string keys, string? keyFile)
    {
        var url = urls.FirstOrDefault() ?? settings.Urls;
        var wires = url.Replace("http", "ws", StringComparison.Ordinal);
        Console.WriteLine();
        Console.WriteLine("  Moovolt serves.");
        if (settings.Has("gateway")) Console.WriteLine($"    chargers    {wires}/ocpp/{{identity}}   (OCPP 1.6J, 2.0.1, 2.1)");
        foreach (var plain in listening?.Plain ?? [])
            Console.WriteLine(
                $"                ws://{plain.Url.Authority}/ocpp/{{identity}}   (only, security profile {plain.Profile})");
        foreach (var listener in listening?.Listeners ?? [])
            Console.WriteLine($"                wss://{listener.Url.Authority}/ocpp/{{identity}}   (security profile {string.Join(", ", listener.Profiles)})");
        if (settings.Has("api"))
        {
            Console.WriteLine($"    operators   {url}/api/v1");
            Console.WriteLine($"    docs        {url}/docs");
            // A key that somebody set is theirs to know; one that was made here must be told once.
            Console.WriteLine(keyFile is null ? "    key         as set in MOOVOLT_OPERATOR_KEY" : $"    key         {keys}   (kept in {keyFile})");
        }

        Console.WriteLine($"    health      {url}/healthz/ready");
        Console.WriteLine(settings.Database is null
            ? $"    data        {Path.GetFullPath(settings.DataDirectory)} (SQLite)"
            : "    data        PostgreSQL");
        if (settings.Dev) Console.WriteLine("    Unknown chargers from this machine may connect without a password (MOOVOLT_DEV).");
        Console.WriteLine();
    }
}
