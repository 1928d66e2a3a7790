using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>
/// A vendor's own message (OCPP 1.6, 5.8; 2.0.1, P01), which is the same in all versions: a charger takes those of the
/// vendor that it says it is of, and its data tells one command from another.
/// </summary>
internal static class OwnTransfer
{
    /// <summary>What chargers boot as.</summary>
    public const string Vendor = "Moovolt";

    /// <summary>Of what is written down, at most; it is somebody else's text.</summary>
    private const int LongestMark = 100;

    public static string StatusOf(JsonElement payload) =>
        payload.Text("vendorId") == Vendor ? "Accepted" : "UnknownVendorId";

    /// <summary>The data of such a message; null of all others.</summary>
    public static string? MarkOf(string action, JsonElement payload) =>
        action == "DataTransfer" && payload.Text("data") is { Length: <= LongestMark } mark ? mark : null;
}
