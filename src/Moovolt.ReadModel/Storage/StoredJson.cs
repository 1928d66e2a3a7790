using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;

namespace Moovolt.ReadModel.Storage;

/// <summary>The few columns that hold JSON: a sample's readings, a wish's members, what a change tells.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TransactionIdText() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutVerb } },
    };

    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    public static string Write(ImmutableArray<Reading> readings) => JsonSerializer.Serialize(readings, Options);

    /// <summary>The payload of a raw call as it was given; else the members of the wish.</summary>
    public static string Write(StationRequest request) =>
        request is RawCall raw ? raw.Payload : JsonSerializer.Serialize(request, request.GetType(), Options);

    public static ImmutableArray<Reading> Readings(string json) =>
        JsonSerializer.Deserialize<ImmutableArray<Reading>>(json, Options);

    // The verb has a column of its own.
    private static void WithoutVerb(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(StationRequest))) return;
        foreach (var verb in type.Properties.Where(property => property.Name == "verb").ToArray()) type.Properties.Remove(verb);
    }

    private sealed class TransactionIdText : JsonConverter<TransactionId>
    {
        public override TransactionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TransactionId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, TransactionId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
