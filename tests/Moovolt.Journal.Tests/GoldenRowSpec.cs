using System.Reflection;
using Moovolt.Domain;
using Xunit;

namespace Moovolt.Journal.Tests;

/// <summary>
/// Rows as some version of this program has written them: name, bytes in hexadecimal, what they say. A line may be
/// added to golden/rows.txt, never edited, never removed: every line stays readable for ever. What an event has gained
/// since a line was written is empty when the line is read.
/// </summary>
public sealed class GoldenRowSpec
{
    private const string Snapshot = "-snapshot-";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", "rows.txt"));

    public static TheoryData<string> Rows => [.. Lines.Where(line => line.Length > 0)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_was_stored_can_always_be_read(string row)
    {
        var (name, bytes, says) = Split(row);
        if (IsFormerSnapshot(name)) return;

        var today = Printed.Of(JournalFormat.Read(name, bytes));
        Assert.Null(PrintedTree.Parse(says).Unlike(PrintedTree.Parse(today)));
    }

    [Fact]
    public void What_is_written_today_is_what_the_last_row_of_its_name_holds()
    {
        var changed = Lines.Select(Split).GroupBy(row => row.Name).Select(rows => rows.Last())
            .Where(row => !IsFormerSnapshot(row.Name))
            .Where(row => !JournalFormat.Write(JournalFormat.Read(row.Name, row.Bytes)).AsSpan().SequenceEqual(row.Bytes));
        Assert.Empty(changed);
    }

    // It may lack what its program did not know, and costs a replay.
    [Fact]
    public void A_snapshot_of_a_former_name_is_not_taken()
    {
        var former = Lines.Where(line => line.Length > 0).Select(Split).Where(row => IsFormerSnapshot(row.Name)).ToArray();

        Assert.NotEmpty(former);
        Assert.All(former, row => Assert.IsType<UnknownStored>(JournalFormat.Read(row.Name, row.Bytes)));
    }

    [Fact]
    public void Every_stored_name_has_a_golden_row()
    {
        var stored = typeof(Command).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<JournaledAttribute>() is not null)
            .Select(type => (type, name: type.GetCustomAttribute<JournaledAttribute>()!.Name));
        var missing = stored.Where(entry => !Lines.Any(line => IsRowOf(line, entry.name, entry.type)))
            .Select(entry => SampleValues.Full(entry.type))
            .Select(value => $"{JournalFormat.ManifestOf(value)} {Convert.ToHexString(JournalFormat.Write(value))} {Printed.Of(value)}");

        Assert.True(!missing.Any(), "Add to golden/rows.txt:\n" + string.Join('\n', missing));
    }

    private static bool IsFormerSnapshot(string name) =>
        name.Contains(Snapshot, StringComparison.Ordinal) && !JournalFormat.Known.Values.Contains(name);

    // An event that has gained members needs a row that says them. A snapshot needs one row: it gets a new name with each
    // new set of members (SnapshotShapeSpec).
    private static bool IsRowOf(string line, string name, Type type) =>
        line.StartsWith(name + " ", StringComparison.Ordinal)
        && (name.Contains(Snapshot, StringComparison.Ordinal) || Split(line).Says == Printed.Of(SampleValues.Full(type)));

    private static (string Name, byte[] Bytes, string Says) Split(string row)
    {
        var parts = row.Split(' ', 3);
        return (parts[0], Convert.FromHexString(parts[1]), parts[2]);
    }
}
