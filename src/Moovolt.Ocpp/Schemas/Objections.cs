namespace Moovolt.Ocpp.Schemas;

/// <summary>In what way a payload is not what its schema says.</summary>
internal enum ObjectionKind
{
    Missing,
    Unknown,
    Duplicate,
    WrongType,
    TooLong,
    OtherWord,
    UnreadableTime,
    Senseless,
    TooFine,
    TooFewItems,
    TooManyItems,
}

/// <summary>One thing that is wrong with a payload.</summary>
/// <param name="Path">Where, such as <c>meterValue[0].timestamp</c>.</param>
/// <param name="Words">What, as the rest of a sentence that begins with the path.</param>
internal readonly record struct Objection(ObjectionKind Kind, string Path, string Words)
{
    public override string ToString() => Path.Length == 0 ? $"The payload {Words}" : $"{Path} {Words}";
}

/// <summary>Whose payload is read: that decides what is forgiven.</summary>
internal enum Manners
{
    /// <summary>Exactly the schema: what we are about to send.</summary>
    AsSpecified,

    /// <summary>What chargers send: unknown members, null for absent, and what <see cref="AsItComesAttribute"/> allows.</summary>
    AsChargersSpeak,
}

/// <summary>Collects what is wrong with one payload; costs next to nothing while nothing is.</summary>
internal sealed class Objections(Manners manners)
{
    /// <summary>A frame of a megabyte may be wrong a hundred thousand times; a reader needs the first few.</summary>
    private const int Kept = 16;

    private List<Objection>? list;

    public bool Forgiving { get; } = manners == Manners.AsChargersSpeak;

    public int Count => list?.Count ?? 0;

    /// <summary>How many more there were than are kept.</summary>
    public int Beyond { get; private set; }

    public IReadOnlyList<Objection> All => list ?? (IReadOnlyList<Objection>)[];

    public void Add(ObjectionKind kind, string words, string path = "")
    {
        if (Count == Kept) Beyond++;
        else (list ??= []).Add(new Objection(kind, path, words));
    }

    /// <summary>Everything since <paramref name="from"/> was said of a part of the payload: says which.</summary>
    public void Within(int from, string part)
    {
        for (var i = from; i < Count; i++)
        {
            var objection = list![i]; // Count is its count
            var dot = objection.Path.Length == 0 || objection.Path[0] == '[' ? "" : ".";
            list[i] = objection with { Path = part + dot + objection.Path };
        }
    }
}
