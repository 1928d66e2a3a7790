using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Commands;

namespace Moovolt.ReadModel.Storage;

/// <summary>The few columns that hold JSON: a sample's readings, a wish's members, what a change tells.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TransactionIdText() },
    };

    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    public static string Write(ImmutableArray<Reading> readings) => JsonSerializer.Serialize(readings, Options);

    public static string Write(StationRequest wish) => Wishes.Write(wish);

    public static ImmutableArray<Reading> Readings(string json) =>
        JsonSerializer.Deserialize<ImmutableArray<Reading>>(json, Options);

    public static string Write(ImmutableArray<StepGap> gaps) => JsonSerializer.Serialize(gaps, Options);

    public static ImmutableArray<StepGap> Gaps(string json) =>
        JsonSerializer.Deserialize<ImmutableArray<StepGap>>(json, Options);

    public static ModelVariable Variable(string json) =>
        JsonSerializer.Deserialize<ModelVariable>(json, Options) ?? throw new JsonException("No variable");

    private sealed class TransactionIdText : JsonConverter<TransactionId>
    {
        public override TransactionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TransactionId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, TransactionId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
