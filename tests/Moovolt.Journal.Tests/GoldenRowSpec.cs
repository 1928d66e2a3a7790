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
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", "rows.txt"));

    public static TheoryData<string> Rows => [.. Lines.Where(line => line.Length > 0)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_was_stored_can_always_be_read(string row)
    {
        var (name, bytes, says) = Split(row);

        var today = Printed.Of(JournalFormat.Read(name, bytes));
        Assert.Null(PrintedTree.Parse(says).Unlike(PrintedTree.Parse(today)));
    }

    [Fact]
    public void What_is_written_today_is_what_the_last_row_of_its_name_holds()
    {
        var changed = Lines.Select(Split).GroupBy(row => row.Name).Select(rows => rows.Last())
            .Where(row => !JournalFormat.Write(JournalFormat.Read(row.Name, row.Bytes)).AsSpan().SequenceEqual(row.Bytes));
        Assert.Empty(changed);
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

    // An event that has gained members needs a row that says them. A snapshot needs one row: it gains members often,
    // and one that cannot be read costs a replay and nothing else.
    private static bool IsRowOf(string line, string name, Type type) =>
        line.StartsWith(name + " ", StringComparison.Ordinal)
        && (name.Contains("-snapshot-", StringComparison.Ordinal) || Split(line).Says == Printed.Of(SampleValues.Full(type)));

    private static (string Name, byte[] Bytes, string Says) Split(string row)
    {
        var parts = row.Split(' ', 3);
        return (parts[0], Convert.FromHexString(parts[1]), parts[2]);
    }
}
