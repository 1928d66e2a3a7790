using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Moovolt.Domain;

namespace Moovolt.ReadModel.Commands;

/// <summary>
/// A raw call's payload as people may read it: without the passwords in addresses. What is looked at is what the JSON
/// says and not how it is written, for a slash may stand there as \/, and any character as \u (RFC 8259, 7).
/// </summary>
internal static class RawPayload
{
    private const string Withheld = "\"(a payload that cannot be read and may hold a secret)\"";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As it was given, when there is nothing to hide; else printed anew, member for member.</summary>
    public static string WithoutUser(string json)
    {
        if (!json.Contains('@', StringComparison.Ordinal) && !json.Contains("\\u", StringComparison.Ordinal)) return json;
        var printed = new ArrayBufferWriter<byte>(json.Length);
        try
        {
            using var payload = JsonDocument.Parse(json);
            using var writer = new Utf8JsonWriter(printed, Relaxed);
            if (!Write(payload.RootElement, writer)) return json;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return Withheld; // InvalidOperationException: half a surrogate pair, which is no text
        }

        return Encoding.UTF8.GetString(printed.WrittenSpan);
    }

    // Whether anything was hidden.
    private static bool Write(JsonElement value, Utf8JsonWriter writer)
    {
        var hidden = false;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    hidden |= Hide(member.Name, out var name);
                    writer.WritePropertyName(name);
                    hidden |= Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) hidden |= Write(item, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                hidden = Hide(value.GetString() ?? "", out var text);
                writer.WriteStringValue(text);
                break;
            default:
                writer.WriteRawValue(value.GetRawText());
                break;
        }

        return hidden;
    }

    private static bool Hide(string text, out string shown)
    {
        shown = FileAddress.WithoutUser(text);
        return shown != text;
    }
}
