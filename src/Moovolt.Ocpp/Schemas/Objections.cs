using Moovolt.Ocpp.Compliance;

namespace Moovolt.Ocpp.Schemas;

/// <summary>In what way a payload is not what its schema says.</summary>
internal enum ObjectionKind
{
    Missing,
    Unknown,
    Duplicate,
    Null,
    WrongType,
    OtherForm,
    TooLong,
    OtherWord,
    UnreadableTime,
    NoOffset,
    Senseless,
    OutOfRange,
    TooFine,
    TooFewItems,
    TooManyItems,
}

/// <summary>One thing that is wrong with a payload.</summary>
/// <param name="Path">Where, such as <c>meterValue[0].timestamp</c>.</param>
/// <param name="Words">What, as the rest of a sentence that begins with the path.</param>
/// <param name="Forgiven">From chargers it is taken as it comes: counted, and neither a fault nor an oddity.</param>
internal readonly record struct Objection(ObjectionKind Kind, string Path, string Words, bool Forgiven)
{
    public override string ToString() => Path.Length == 0 ? $"The payload {Words}" : $"{Path} {Words}";
}

/// <summary>Collects what is wrong with one payload; costs next to nothing while nothing is.</summary>
/// <param name="manner">
/// Whose payload is read: what we are about to send, and what a charger in strict mode sends, must be exactly the
/// schema.
/// Others are forgiven unknown members, null for absent, times without an offset, and what
/// <see cref="AsItComesAttribute"/> allows.
/// </param>
internal sealed class Objections(Manner manner)
{
    /// <summary>A frame of a megabyte may be wrong a hundred thousand times; a reader needs the first few.</summary>
    private const int Kept = 16;

    private Findings? found;

    public bool Forgiving => !manner.Strict;

    /// <summary>The zone of times without an offset; null: UTC.</summary>
    public TimeZoneInfo? Zone => manner.Zone;

    /// <summary>All that was said, forgiven or not: where <see cref="Within"/> goes on from.</summary>
    public int Count => found?.List.Count ?? 0;

    /// <summary>Nothing at all was said.</summary>
    public bool IsEmpty => found is null;

    /// <summary>How many more there were than are kept.</summary>
    public int Beyond => found?.Beyond ?? 0;

    /// <summary>A required member has no value, so what was read of the payload cannot stand for it.</summary>
    public bool Lacks => found?.Lacks ?? false;

    /// <summary>What is not forgiven.</summary>
    public IEnumerable<Objection> Faults => found?.List.Where(objection => !objection.Forgiven) ?? [];

    public IReadOnlyList<Objection> All => found?.List ?? (IReadOnlyList<Objection>)[];

    public void Add(ObjectionKind kind, string words, string path = "")
    {
        found ??= new Findings();
        if (found.Faults++ < Kept) found.List.Add(new Objection(kind, path, words, Forgiven: false));
        else found.Beyond++;
    }

    /// <summary>Nothing would be gained by noting one more of that kind.</summary>
    public bool Knows(ObjectionKind kind) => found is not null && (found.Noted & (1 << (int)kind)) != 0;

    /// <summary>
    /// Objects, or only notes it when it is one of those things that chargers are forgiven: the first of a kind.
    /// </summary>
    public void AddForgivable(ObjectionKind kind, string words, string path = "")
    {
        if (!Forgiving) Add(kind, words, path);
        else Note(kind, words, path);
    }

    /// <summary>Notes what is no matter of the schemas: it is forgiven to the letter, too.</summary>
    public void Note(ObjectionKind kind, string words, string path = "")
    {
        found ??= new Findings();
        if (Knows(kind)) return;
        found.Noted |= 1 << (int)kind;
        found.List.Add(new Objection(kind, path, words, Forgiven: true));
    }

    /// <summary>A required member could not be read.</summary>
    public void Lack() => (found ??= new Findings()).Lacks = true;

    /// <summary>Everything since <paramref name="from"/> was said of a part of the payload: says which.</summary>
    public void Within(int from, string part)
    {
        for (var i = from; i < Count; i++)
        {
            var objection = found!.List[i]; // Count is its count
            var dot = objection.Path.Length == 0 || objection.Path[0] == '[' ? "" : ".";
            found.List[i] = objection with { Path = part + dot + objection.Path };
        }
    }

    private sealed class Findings
    {
        public List<Objection> List { get; } = [];
        public int Faults { get; set; }
        public int Beyond { get; set; }
        public int Noted { get; set; }
        public bool Lacks { get; set; }
    }
}
