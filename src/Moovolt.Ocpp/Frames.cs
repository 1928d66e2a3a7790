using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Moovolt.Ocpp;

/// <summary>Reads and prints frames. Reading never throws, whatever the other side sends.</summary>
public static class Frames
{
    private const int MaxDepth = 32;
    private const int LongestDescription = 255;
    private const int LargestKeptBuffer = 64 * 1024;

    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    public static Frame Parse(ReadOnlyMemory<byte> utf8, Dialect dialect) => Parse(utf8.Span, dialect.Framing);

    public static Frame Parse(ReadOnlySpan<byte> utf8, Framing framing) => Parse(utf8, framing, out _);

    /// <summary>Reads one message. What it returns holds its own copy of the payload.</summary>
    /// <param name="flaws">What is not as it should be, and did not keep it from being read.</param>
    public static Frame Parse(ReadOnlySpan<byte> utf8, Framing framing, out FrameFlaws flaws)
    {
        var header = new Header(null, null, Mending.FlawsOf(utf8));
        var frame = Parse(utf8, framing, ref header);
        flaws = header.Flaws;
        return frame;
    }

    private static Frame Parse(ReadOnlySpan<byte> utf8, Framing framing, ref Header header)
    {
        if (!Mending.TryMend(utf8, out var text)) return Broken(framing, header, "not UTF-8");

        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return Read(ref reader, ref header, framing);
        }
        catch (JsonException)
        {
            return Broken(
                framing, header, $"not JSON, or nested deeper than {MaxDepth}") with { TooDeep = IsTooDeep(text) };
        }
    }

    /// <summary>
    /// A frame as the text that <see cref="Parse(ReadOnlySpan{byte}, Framing)"/> reads, so that whoever looks at it later
    /// reads what was read; of one that is not UTF-8, what can be told of it.
    /// </summary>
    public static string Text(ReadOnlySpan<byte> utf8) =>
        Encoding.UTF8.GetString(Mending.TryMend(utf8, out var mended) ? mended : utf8);

    public static byte[] PrintCall(string id, string action, ReadOnlySpan<byte> payload)
    {
        var json = Begin(2, id);
        json.WriteStringValue(action);
        json.WriteRawValue(payload, skipInputValidation: true);
        return End(json);
    }

    public static byte[] PrintResult(string id, ReadOnlySpan<byte> payload)
    {
        var json = Begin(3, id);
        json.WriteRawValue(payload, skipInputValidation: true);
        return End(json);
    }

    /// <summary>Always five elements; a description that is too long is cut.</summary>
    public static byte[] PrintError(string id, Fault fault) => PrintFault(4, id, fault);

    /// <summary>What a result is answered with that cannot be used (from 2.1 on); as <see cref="PrintError"/>.</summary>
    public static byte[] PrintResultError(string id, Fault fault) => PrintFault(5, id, fault);

    private static byte[] PrintFault(int type, string id, Fault fault)
    {
        var json = Begin(type, id);
        json.WriteStringValue(fault.Code);
        json.WriteStringValue(Cut(fault.Description));
        json.WriteStartObject();
        json.WriteEndObject();
        return End(json);
    }

    // Asked of frames that could not be read only; the reader does not say which of the two it was.
    private static bool IsTooDeep(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
                    && reader.CurrentDepth == MaxDepth)
                    return true;
            }
        }
        catch (JsonException)
        {
            // broken before it was too deep
        }

        return false;
    }

    private static Frame Read(ref Utf8JsonReader reader, ref Header header, Framing framing)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return Broken(framing, header, "not an array");

        Next(ref reader);
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var type)) header.Type = type;
        Next(ref reader);
        header.Id = ReadId(ref reader, out var isString);
        if (header.Id is not null && !isString) header.Flaws |= FrameFlaws.IdNotText;
        if (header.Id is { Length: > Framing.LongestLawfulId }) header.Flaws |= FrameFlaws.IdTooLong;

        if (header.Type is { } number && !IsKnown(number, framing)) return Unknown(number, header.Id, framing);
        if (header is not { Type: not null, Id: not null }) return Broken(framing, header, "no message type and id");
        if (header.Id.Length > framing.LongestId || (!isString && framing.UnreadableId is not null))
            return Broken(framing, header, $"the message id must be a string of up to {framing.LongestId} characters");

        Next(ref reader);
        return header.Type switch
        {
            2 or 6 => ReadCall(ref reader, header, framing),
            3 => ReadResult(ref reader, header, framing),
            _ => ReadError(ref reader, ref header, framing),
        };
    }

    private static Frame ReadCall(ref Utf8JsonReader reader, Header header, Framing framing)
    {
        if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { } action)
            return Broken(framing, header, "no action");
        Next(ref reader);
        if (ReadValue(ref reader) is not { } payload) return Broken(framing, header, "no payload");
        if (!EndsHere(ref reader)) return Broken(framing, header, "too many elements");

        var id = header.Id!; // Read() comes here only with one
        return header.Type == 2 ? new Frame.Call(id, action, payload) : new Frame.Send(id, action, payload);
    }

    private static Frame ReadResult(ref Utf8JsonReader reader, Header header, Framing framing) =>
        ReadValue(ref reader) is { } payload && EndsHere(ref reader)
            ? new Frame.CallResult(header.Id!, payload) // Read() comes here only with an id
            : Broken(framing, header, "no payload");

    // Chargers leave out the details, and the description too: the refusal is what counts.
    private static Frame ReadError(ref Utf8JsonReader reader, ref Header header, Framing framing)
    {
        var id = header.Id!; // Read() comes here only with one
        var code = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (code is null) return Broken(framing, header, "no error code");

        Next(ref reader);
        var description = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        ReadValue(ref reader);
        Next(ref reader);
        if (reader.TokenType == JsonTokenType.EndArray) header.Flaws |= FrameFlaws.ShortCallError;
        var details = ReadValue(ref reader) ?? Nothing;
        return header.Type == 4
            ? new Frame.CallError(id, code, description ?? "", details)
            : new Frame.CallResultError(id, code, description ?? "", details);
    }

    // Past the end of the outer array there is nothing more to read: it stays where it is.
    private static void Next(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0) return;
        reader.Read();
    }

    /// <summary>The value under the reader, null taken for an empty object; nothing at the end of the frame.</summary>
    private static JsonElement? ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndArray) return null;
        return reader.TokenType == JsonTokenType.Null ? Nothing : JsonElement.ParseValue(ref reader);
    }

    private static bool EndsHere(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read();

    private static string? ReadId(ref Utf8JsonReader reader, out bool isString)
    {
        isString = reader.TokenType == JsonTokenType.String;
        var id = isString ? reader.GetString()
            : reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan)
            : null;
        return id is { Length: <= Framing.LongestEcho } ? id : null;
    }

    private static bool IsKnown(int type, Framing framing) =>
        type is 2 or 3 or 4 || (type is 5 or 6 && framing.HasSend);

    private static Frame Unknown(int type, string? id, Framing framing) => framing.UnknownType is { } code
        ? new Frame.Unreadable(new Fault(code, $"There is no message type {type}"), id ?? framing.UnreadableId)
        : new Frame.Ignored(type);

    // An answer that broke is never answered, nor is a SEND: only who sent a CALL waits for something.
    private static Frame.Unreadable Broken(Framing framing, Header header, string why)
    {
        var id = header.Id ?? framing.UnreadableId;
        return header.Type is null or 2 && id is not null
            ? new Frame.Unreadable(new Fault(framing.Malformed, $"The frame cannot be read: {why}"), id)
            : new Frame.Unreadable(null, header.Id);
    }

    private static Utf8JsonWriter Begin(int type, string id)
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        writer ??= new Utf8JsonWriter(
            buffer, new JsonWriterOptions { SkipValidation = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartArray();
        writer.WriteNumberValue(type);
        writer.WriteStringValue(id);
        return writer;
    }

    private static byte[] End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.Flush();
        var frame = buffer!.WrittenSpan.ToArray(); // made by Begin
        if (buffer.Capacity > LargestKeptBuffer)
        {
            (buffer, writer) = (null, null);
            return frame;
        }

        buffer.ResetWrittenCount();
        json.Reset();
        return frame;
    }

    private static ReadOnlySpan<char> Cut(string text)
    {
        if (text.Length <= LongestDescription) return text;
        var end = char.IsHighSurrogate(text[LongestDescription - 1]) ? LongestDescription - 1 : LongestDescription;
        return text.AsSpan(0, end);
    }

    /// <summary>What was read before a frame broke.</summary>
    private record struct Header(int? Type, string? Id, FrameFlaws Flaws);
}
