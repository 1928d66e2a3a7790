using System.Globalization;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Run;

/// <summary>What one run came to: a line of the table.</summary>
internal sealed record Row
{
    public required string Id { get; init; }

    public required string Variant { get; init; }

    public required string What { get; init; }

    public required string Load { get; init; }

    public required Held Held { get; init; }

    public int Acknowledged { get; init; }

    public int Lost { get; init; }

    public int Doubled { get; init; }

    public long WattHours { get; init; }

    /// <summary>Charged, by the chargers, less what is stored.</summary>
    public long Difference { get; init; }

    public TimeSpan Longest { get; init; }

    public TimeSpan Allowed { get; init; }

    public TimeSpan Median { get; init; }

    public TimeSpan P99 { get; init; }

    /// <summary>That operators gave to chargers; null in rows of before there were operators.</summary>
    public int? Commands { get; init; }

    /// <summary>Questions of operators that were not answered, or not with what was asked for; null as above.</summary>
    public int? FailedReads { get; init; }

    /// <summary>Whatever else was measured, in words.</summary>
    public string Measured { get; init; } = "";

    public int Seed { get; init; }

    public DateOnly Date { get; init; }

    public string Commit { get; init; } = "";

    public string Name => Variant.Length == 0 ? Id : $"{Id} {Variant}";

    public string Print()
    {
        FormattableString[] cells =
        [
            $"{Id}", $"{Variant}", $"{What}", $"{Load}", $"{Held.Stations}", $"{Held.Running}", $"{Held.Replies:0}",
            $"{Held.Requests:0}", $"{Commands}", $"{FailedReads}",
            $"{Acknowledged}", $"{Lost}", $"{Doubled}", $"{WattHours}", $"{Difference}", $"{Longest.TotalSeconds:0.0}",
            $"{Allowed.TotalSeconds:0}", $"{Median.TotalMilliseconds:0}", $"{P99.TotalSeconds:0.0}", $"{Measured}",
            $"{Seed}", $"{Date:yyyy-MM-dd}", $"{Commit}",
        ];
        return $"| {string.Join(" | ", cells.Select(FormattableString.Invariant))} |";
    }

    /// <summary>Reads a line of the table.</summary>
    /// <param name="columns">The names of the columns; those of operators may be missing, or their cells empty.</param>
    public static Row Read(string line, IReadOnlyList<string> columns)
    {
        var cells = columns.Zip(ResultTable.Cells(line)).ToDictionary(cell => cell.First, cell => cell.Second);
        double Number(string column) => double.Parse(cells[column], CultureInfo.InvariantCulture);
        double? MaybeNumber(string column) =>
            cells.GetValueOrDefault(column) is { Length: > 0 } ? Number(column) : null;
        return new Row
        {
            Id = cells["fault"],
            Variant = cells["way"],
            What = cells["what"],
            Load = cells["load"],
            Held = new Held(
                (int)Number("stations"), (int)Number("running"), Number("replies/s"), MaybeNumber("requests/s")),
            Commands = (int?)MaybeNumber("commands"),
            FailedReads = (int?)MaybeNumber("failed reads"),
            Acknowledged = (int)Number("acked"),
            Lost = (int)Number("lost"),
            Doubled = (int)Number("doubled"),
            WattHours = (long)Number("Wh"),
            Difference = (long)Number("Wh difference"),
            Longest = TimeSpan.FromSeconds(Number("longest gap s")),
            Allowed = TimeSpan.FromSeconds(Number("allowed s")),
            Median = TimeSpan.FromMilliseconds(Number("p50 ms")),
            P99 = TimeSpan.FromSeconds(Number("p99 s")),
            Measured = cells["measured"],
            Seed = (int)Number("seed"),
            Date = DateOnly.ParseExact(cells["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Commit = cells["commit"],
        };
    }
}
