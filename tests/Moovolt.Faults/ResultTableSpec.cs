using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Xunit;

namespace Moovolt.Faults;

/// <summary>The table that runs write: what is printed is read again, and what is wrong with it is said.</summary>
public sealed class ResultTableSpec
{
    private static readonly Load Load = Load.Full;

    private static Row Good(Fault fault) => new()
    {
        Id = fault.Id,
        Variant = fault.Variant,
        What = fault.What,
        Load = LoadOf(fault).Name,
        Held = new Held(LoadOf(fault).Stations, LoadOf(fault).Running, LoadOf(fault).Replies, LoadOf(fault).Requests),
        Commands = 400,
        FailedReads = 3,
        Acknowledged = 9_000,
        WattHours = 70_000,
        Longest = fault.Allowed,
        Allowed = fault.Allowed,
        Median = TimeSpan.FromMilliseconds(8),
        P99 = TimeSpan.FromSeconds(1.5),
        Measured = "killed A; RSS MiB 869 to 940",
        Seed = 345175466,
        Date = new DateOnly(2026, 11, 26),
        Commit = "6b45dd5",
    };

    private static Load LoadOf(Fault fault) => fault.Load ?? (fault.HalfLoad ? Load.Half : Load);

    private static IReadOnlyList<Row> Whole => [.. Plan.Faults.Select(Good)];

    [Fact]
    public void What_is_printed_is_read_again()
    {
        var read = ResultTable.Read(ResultTable.Print(Whole).Split('\n'));
        Assert.Equal(Whole, read);
    }

    [Fact]
    public void A_row_of_before_there_were_operators_is_read_too()
    {
        string[] table =
        [
            "| fault | way | what | load | stations | running | replies/s | acked | lost | doubled | Wh "
                + "| Wh difference | longest gap s | allowed s | p50 ms | p99 s | measured | seed | date | commit |",
            "| F-04 | fast | PostgreSQL ends | L | 1000 | 220 | 82 | 6817 | 0 | 0 | 53174 | 0 | 9.7 | 25 | 14 | 9.0 "
                + "| RSS MiB 822 to 1011 | 2001335817 | 2026-11-26 | 6b45dd5 |",
        ];
        var row = Assert.Single(ResultTable.Read(table));
        Assert.Equal(("F-04 fast", 6_817, "6b45dd5"), (row.Name, row.Acknowledged, row.Commit));
        Assert.Equal((null, null, null), (row.Held.Requests, row.Commands, row.FailedReads));
        Assert.True(row.Held.Is(Load));
        Assert.Equal(row, Assert.Single(ResultTable.Read(ResultTable.Print([row]).Split('\n'))));
    }

    [Fact]
    public void A_whole_table_in_which_all_was_kept_has_no_flaw() => Assert.Empty(ResultTable.Flaws(Whole));

    public static TheoryData<string, string> Flawed => new()
    {
        { "missing", "F-01 has no line." },
        { "twice", "F-01 has 2 lines." },
        { "unknown", "F-99 is no fault of the plan." },
        { "lost", "F-01 lost 1" },
        { "doubled", "F-01 doubled 1" },
        { "difference", "F-01 is off by 7 Wh" },
        { "late", "F-01 waited 30.1 s" },
        { "generous", "F-01 allows 31 s" },
        { "few stations", "F-01 was not made under its load" },
        { "few requests", "F-01 was not made under its load" },
        { "another load", "F-01 was made under small" },
        { "dirty", "F-01 was made of sources that are in no commit (6b45dd5+)" },
        { "no commit", "F-01 was made of sources that are in no commit (unknown)" },
    };

    [Theory]
    [MemberData(nameof(Flawed))]
    public void Each_flaw_of_a_table_is_found(string flaw, string said)
    {
        var first = Whole[0];
        var few = first.Held with { Stations = 900 };
        IReadOnlyList<Row> firsts = flaw switch
        {
            "missing" => [],
            "twice" => [first, first],
            "unknown" => [first, first with { Id = "F-99" }],
            "lost" => [first with { Lost = 1 }],
            "doubled" => [first with { Doubled = 1 }],
            "difference" => [first with { Difference = 7 }],
            "late" => [first with { Longest = TimeSpan.FromSeconds(30.1) }],
            "generous" => [first with { Allowed = TimeSpan.FromSeconds(31) }],
            "few stations" => [first with { Held = few }],
            "few requests" => [first with { Held = first.Held with { Requests = 11 } }],
            "another load" => [first with { Load = "small" }],
            "dirty" => [first with { Commit = "6b45dd5+" }],
            _ => [first with { Commit = "unknown" }],
        };
        var flaws = ResultTable.Flaws([.. firsts, .. Whole.Skip(1)]);
        Assert.StartsWith(said, Assert.Single(flaws), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_of_the_plan_is_a_fault_or_cannot_be_for_a_reason() => Assert.Equal(
        Enumerable.Range(1, Plan.Numbers).Select(number => $"F-{number:00}"),
        Plan.Faults.Select(fault => fault.Id).Concat(Plan.NotApplicable.Keys).Distinct().Order(StringComparer.Ordinal));
}
