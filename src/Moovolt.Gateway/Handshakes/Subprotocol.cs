using Microsoft.Extensions.Primitives;
using Moovolt.Ocpp;

namespace Moovolt.Gateway.Handshakes;

/// <summary>The version that both sides speak (<c>Sec-WebSocket-Protocol</c>; OCPP-J 1.6, 3.1.2).</summary>
/// <param name="Echo">What goes back in the header: exactly what was offered; null when nothing was.</param>
internal sealed record Subprotocol(Dialect Dialect, string? Echo)
{
    /// <summary>The first that the charger prefers and we speak; null for none.</summary>
    public static Subprotocol? Choose(StringValues offered, bool assume16)
    {
        var any = false;
        foreach (var name in Names(offered))
        {
            any = true;
            if (Dialect.Find(name) is { } dialect) return new Subprotocol(dialect, name);
        }

        return assume16 && !any ? new Subprotocol(Dialect.V16, null) : null;
    }

    /// <summary>What was offered, for people to read: bounded; null for nothing.</summary>
    public static string? Printable(StringValues offered)
    {
        var all = string.Join(", ", Names(offered));
        return all.Length == 0 ? null : all[..Math.Min(all.Length, 200)];
    }

    /// <summary>Why there is none, for whoever stands before the charger.</summary>
    public static string WhyNone(StringValues offered)
    {
        var ours = string.Join(", ", Dialect.All.Select(dialect => dialect.Subprotocol));
        return Printable(offered) is { } theirs
            ? $"The charger offers {theirs}; spoken here: {ours}."
            : $"The charger offers no subprotocol (Sec-WebSocket-Protocol); spoken here: {ours}.";
    }

    private static IEnumerable<string> Names(StringValues offered) =>
        offered.SelectMany(header => (header ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
