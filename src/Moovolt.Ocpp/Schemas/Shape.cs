using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Ocpp.Schemas;

/// <summary>
/// How one kind of value is checked and read, in one pass. A shape always reads what can be read, and objects to the
/// rest; whether an objection is a fault is for whoever asked.
/// </summary>
internal abstract class Shape
{
    /// <summary>The value, or null when there is nothing in it that can be used.</summary>
    public abstract object? Read(JsonElement value, Objections objections);

    protected static object? WrongType(Objections objections, string expected)
    {
        objections.Add(ObjectionKind.WrongType, $"must be {expected}");
        return null;
    }

    /// <summary>Of another type, and what is meant can be read all the same.</summary>
    protected static void OtherForm(Objections objections, string expected) =>
        objections.Add(ObjectionKind.OtherForm, $"must be {expected}");
}

/// <summary>Any text, or one of some words.</summary>
/// <param name="oneOf">The words; empty for any text.</param>
/// <param name="seen">Words that no standard has and that are taken all the same.</param>
internal sealed class TextShape(int? maxLength, string[] oneOf, string[] seen, bool asItComes) : Shape
{
    /// <summary>
    /// As much of an over-long text as is used, unless the standard allows more; its frame is kept whole. It fits every
    /// index, and it is longer than any token: what was cut must not be taken for another's.
    /// </summary>
    private readonly int longestUsed = Math.Max(TokenId.MaxLength + 1, maxLength ?? 0);

    private readonly (string Word, byte[] Utf8)[] words =
        [.. oneOf.Select(word => (word, Encoding.UTF8.GetBytes(word)))];

    public int? MaxLength => maxLength;

    public IReadOnlyList<string> Words => oneOf;

    public override object? Read(JsonElement value, Objections objections)
    {
        if (value.ValueKind != JsonValueKind.String) return ReadOther(value, objections);

        foreach (var (word, utf8) in words)
        {
            if (value.ValueEquals(utf8)) return word;
        }

        var text = value.GetString() ?? "";
        if (words.Length > 0)
        {
            var forgivable = asItComes || seen.Contains(text);
            if (!forgivable || !objections.Knows(ObjectionKind.OtherWord))
                Object(objections, forgivable, ObjectionKind.OtherWord, $"must be one of {string.Join(", ", oneOf)}");
        }

        if (text.Length > maxLength)
            Object(objections, asItComes, ObjectionKind.TooLong,
                $"must have at most {maxLength} characters, and has {text.Length}");
        return Cut(text);
    }

    private static void Object(Objections objections, bool forgivable, ObjectionKind kind, string words)
    {
        if (forgivable) objections.AddForgivable(kind, words);
        else objections.Add(kind, words);
    }

    private string? ReadOther(JsonElement value, Objections objections)
    {
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
        {
            WrongType(objections, "a string");
            return null;
        }

        Object(objections, asItComes
            && value.ValueKind == JsonValueKind.Number, ObjectionKind.OtherForm, "must be a string");
        return Cut(value.GetRawText());
    }

    private string Cut(string text) => (maxLength is null && words.Length == 0) || text.Length <= longestUsed
        ? text
        : text[..(char.IsHighSurrogate(text[longestUsed - 1]) ? longestUsed + 1 : longestUsed)];
}

/// <summary>Where to fetch or to upload: an absolute URI of any scheme.</summary>
internal sealed class UriShape : Shape
{
    public override object? Read(JsonElement value, Objections objections)
    {
        if (value.ValueKind != JsonValueKind.String) return WrongType(objections, "a string");
        var text = value.GetString() ?? "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out _))
            objections.Add(ObjectionKind.Senseless, "must be an absolute URI, such as https://host/path");
        return text;
    }
}

/// <summary>Any kind of number.</summary>
internal abstract class NumericShape(Bounds bounds) : Shape
{
    public Bounds Bounds => bounds;
}

/// <summary>A whole number that fits <typeparamref name="T"/>.</summary>
internal sealed class IntegerShape<T>(Bounds bounds) : NumericShape(bounds)
    where T : struct, IConvertible
{
    private static readonly (long Min, long Max) Range =
        typeof(T) == typeof(int) ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);

    public override object? Read(JsonElement value, Objections objections)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            if (!NumberShape.TryRead(value, out var given)) return WrongType(objections, "an integer");
            var whole = decimal.Floor(given);
            if (value.ValueKind != JsonValueKind.Number) OtherForm(objections, "an integer");
            else if (whole != given) WrongType(objections, "an integer");
            if (whole < long.MinValue || whole > long.MaxValue) return Senseless(objections, "is out of range");
            number = (long)whole;
        }

        if (number < Range.Min || number > Range.Max) return Senseless(objections, "is out of range");
        if (!Bounds.Admit(number, objections)) return null;
        return typeof(T) == typeof(int) ? (object)(int)number : number;
    }

    private static object? Senseless(Objections objections, string words)
    {
        objections.Add(ObjectionKind.Senseless, words);
        return null;
    }
}

/// <summary>A decimal number.</summary>
internal sealed class NumberShape(int? decimals, Bounds bounds) : NumericShape(bounds)
{
    public int? Decimals => decimals;

    public override object? Read(JsonElement value, Objections objections)
    {
        if (!TryRead(value, out var number)) return WrongType(objections, "a number");
        if (value.ValueKind != JsonValueKind.Number) OtherForm(objections, "a number");
        if (decimals is { } most && decimal.Round(number, most) != number)
            objections.Add(ObjectionKind.TooFine, $"must have at most {most} decimals");
        return Bounds.Admit(number, objections) ? number : null;
    }

    /// <summary>A number, or text that is one, in whatever manner it is written.</summary>
    public static bool TryRead(JsonElement value, out decimal number)
    {
        number = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out number),
            JsonValueKind.String => MeterText.TryRead(value.GetString(), out number),
            _ => false,
        };
    }
}

/// <summary>A whole number, in a member that later versions have as any number.</summary>
internal sealed class WholeNumberShape(Bounds bounds) : NumericShape(bounds)
{
    public override object? Read(JsonElement value, Objections objections)
    {
        if (!NumberShape.TryRead(value, out var number)) return WrongType(objections, "an integer");
        if (value.ValueKind != JsonValueKind.Number) OtherForm(objections, "an integer");
        if (decimal.Floor(number) != number) WrongType(objections, "an integer");
        return Bounds.Admit(number, objections) ? number : null;
    }
}

/// <summary>Any JSON at all: what two vendors agree on.</summary>
internal sealed class AnyShape : Shape
{
    public override object? Read(JsonElement value, Objections objections) => value.Clone();
}

/// <summary>True or false.</summary>
internal sealed class FlagShape : Shape
{
    public override object? Read(JsonElement value, Objections objections)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        if (value.ValueKind != JsonValueKind.String || !bool.TryParse(value.GetString(), out var flag))
            return WrongType(objections, "true or false");
        OtherForm(objections, "true or false");
        return flag;
    }
}

/// <summary>A moment, in UTC.</summary>
internal sealed class MomentShape : Shape
{
    public override object? Read(JsonElement value, Objections objections)
    {
        if (value.ValueKind != JsonValueKind.String) return WrongType(objections, "a date-time");
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        var text = raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(value.GetString() ?? "") : raw;
        if (!Moments.TryRead(text, out var moment, out var hasOffset))
        {
            objections.Add(ObjectionKind.UnreadableTime, "cannot be read as a date-time of our days");
            return null;
        }

        if (hasOffset) return moment;
        objections.AddForgivable(ObjectionKind.NoOffset, "must say its offset from UTC");
        // An hour that is there twice is meant the second time, and one that is skipped an hour later: the offset of
        // winter, either way.
        return objections.Zone is { } zone ? moment - zone.GetUtcOffset(moment.DateTime) : moment;
    }
}

/// <summary>Any number of items of one shape.</summary>
internal abstract class ListShape(Shape item, int? minItems, int? maxItems) : Shape
{
    public Shape Item => item;

    public int? MinItems => minItems;

    public int? MaxItems => maxItems;
}

/// <summary>
/// A list that is read into an array of <typeparamref name="T"/>; an item that cannot be used is left out.
/// </summary>
/// <param name="mostSent">No more than these are sent; whoever sends us more is heard.</param>
internal sealed class ListShape<T>(Shape item, int? minItems, int? maxItems, int? mostSent)
    : ListShape(item, minItems, maxItems)
{
    public override object? Read(JsonElement value, Objections objections)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            WrongType(objections, "an array"); // a single item is at least that
            return Item.Read(value, new Objections(Manner.Usual)) is T single ? ImmutableArray.Create(single) : null;
        }

        var length = value.GetArrayLength();
        if (length < MinItems) objections.Add(ObjectionKind.TooFewItems, $"must have at least {MinItems} items");
        var most = objections.Forgiving ? MaxItems : MaxItems ?? mostSent;
        if (length > most)
            objections.Add(ObjectionKind.TooManyItems, $"must have at most {most} items, and has {length}");
        var items = ImmutableArray.CreateBuilder<T>(length);
        var at = 0;
        foreach (var element in value.EnumerateArray())
        {
            var before = objections.Count;
            if (Item.Read(element, objections) is T read) items.Add(read);
            if (objections.Count > before) objections.Within(before, $"[{at}]");
            at++;
        }

        return items.DrainToImmutable();
    }
}
