using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moovolt.Api.Http;

/// <summary>A member of a body that can be left out (it stays), be null (it is cleared), or be given.</summary>
internal readonly record struct Settable<T>(T? Value)
{
    /// <summary>True when the member was there, null or not.</summary>
    public bool IsSet { get; } = true;

    /// <summary>What the member comes to, over what was there before.</summary>
    public T? Over(T? before) => IsSet ? Value : before;

    /// <summary>The member's flag, when it was there.</summary>
    public TFlags As<TFlags>(TFlags member)
        where TFlags : struct, Enum => IsSet ? member : default;
}

/// <summary>Reads a <see cref="Settable{T}"/>: that the member is there at all is what makes it set.</summary>
internal sealed class SettableConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Settable<>);

    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The program is not trimmed.")]
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Settable<T>>
    {
        public override bool HandleNull => true;

        public override Settable<T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Null ? default : Inner(options).Read(ref reader, typeof(T), options));

        public override void Write(Utf8JsonWriter writer, Settable<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);

        // Not through JsonSerializer: what the value's own converter objects to must keep the path to it.
        private static JsonConverter<T> Inner(JsonSerializerOptions options) =>
            (JsonConverter<T>)options.GetConverter(typeof(T));
    }
}
