using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moovolt.Api.Http;

/// <summary>
/// How JSON looks here: camelCase, words for enums, RFC 3339 times in Z, nothing unknown taken, nothing guessed.
/// </summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Stored = Configured();

    public static void Configure(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // names are Portuguese; the type is JSON, never HTML
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Times());
        options.Converters.Add(new SettableConverter());
    }

    /// <summary>A stored JSON text as the shape that it was stored from.</summary>
    public static T Read<T>(string text)
        where T : class => JsonSerializer.Deserialize<T>(text, Stored) ?? throw new JsonException("null was stored");

    /// <summary>A stored JSON text as a member of an answer.</summary>
    public static JsonElement? Parse(string? text)
    {
        if (text is null) return null;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static JsonSerializerOptions Configured()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }

    private sealed class Times : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            // A time without an offset would be read in this machine's zone, which the sender cannot know.
            if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
                && reader.GetString() is { } text && HasOffset(text)) return time.ToUniversalTime();
            throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Rfc3339(value));

        private static bool HasOffset(string text) =>
            text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
    }

    public static string Rfc3339(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
