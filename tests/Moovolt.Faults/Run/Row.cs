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
            $"{Acknowledged}", $"{Lost}", $"{Doubled}", $"{WattHours}", $"{Difference}", $"{Longest.TotalSeconds:0.0}",
            $"{Allowed.TotalSeconds:0}", $"{Median.TotalMilliseconds:0}", $"{P99.TotalSeconds:0.0}", $"{Measured}",
            $"{Seed}", $"{Date:yyyy-MM-dd}", $"{Commit}",
        ];
        return $"| {string.Join(" | ", cells.Select(FormattableString.Invariant))} |";
    }

    /// <summary>Reads a line of the table.</summary>
    public static Row Read(string line)
    {
        var cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
        double Number(int cell) => double.Parse(cells[cell], CultureInfo.InvariantCulture);
        return new Row
        {
            Id = cells[0],
            Variant = cells[1],
            What = cells[2],
            Load = cells[3],
            Held = new Held((int)Number(4), (int)Number(5), Number(6)),
            Acknowledged = (int)Number(7),
            Lost = (int)Number(8),
            Doubled = (int)Number(9),
            WattHours = (long)Number(10),
            Difference = (long)Number(11),
            Longest = TimeSpan.FromSeconds(Number(12)),
            Allowed = TimeSpan.FromSeconds(Number(13)),
            Median = TimeSpan.FromMilliseconds(Number(14)),
            P99 = TimeSpan.FromSeconds(Number(15)),
            Measured = cells[16],
            Seed = (int)Number(17),
            Date = DateOnly.ParseExact(cells[18], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Commit = cells[19],
        };
    }
}
