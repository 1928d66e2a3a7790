using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>Members of what the other side sent, when they are there and of the kind that was looked for.</summary>
internal static class Payload
{
    public static JsonElement? Member(this JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(this JsonElement payload, string name) =>
        payload.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Number(this JsonElement payload, string name) =>
        payload.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? value : null;

    public static IEnumerable<JsonElement> Items(this JsonElement payload, string name) =>
        payload.Member(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];
}
