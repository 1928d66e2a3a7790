using System.Text.RegularExpressions;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Run;

/// <summary>RESULTS.md: a line for each fault, the newest run of it. Written by the program, read by a test.</summary>
internal static class ResultTable
{
    private const string Head = """
        # What the faults came to

        Written by `dotnet run -c Release --project tests/Moovolt.Faults -- all`; a line is the newest run of its fault.
        The README says what the columns mean, and how to run one of them again with its seed.


        """;

    private const string Columns =
        "| fault | way | what | load | stations | running | replies/s | requests/s | commands | failed reads "
        + "| acked | lost | doubled | Wh | Wh difference | longest gap s | allowed s | p50 ms | p99 s "
        + "| measured | seed | date | commit |\n"
        + "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: "
        + "| ---: | ---: | ---: | ---: | --- | ---: | --- | --- |\n";

    public static string File => Path.Combine(Tree.Root, "tests", "Moovolt.Faults", "RESULTS.md");

    public static IReadOnlyList<Row> Read() =>
        System.IO.File.Exists(File) ? Read(System.IO.File.ReadLines(File)) : [];

    /// <summary>The rows of a table; its head says which column is which.</summary>
    public static IReadOnlyList<Row> Read(IEnumerable<string> lines)
    {
        IReadOnlyList<string> columns = [];
        List<Row> rows = [];
        foreach (var line in lines)
        {
            if (line.StartsWith("| fault |", StringComparison.Ordinal)) columns = Cells(line);
            if (line.StartsWith("| F-", StringComparison.Ordinal)) rows.Add(Row.Read(line, columns));
        }

        return rows;
    }

    /// <summary>What stands in a line of it, between the bars.</summary>
    public static IReadOnlyList<string> Cells(string line) =>
        line.Trim()[1..^1].Split('|', StringSplitOptions.TrimEntries);

    /// <summary>A whole table, in the order of the faults.</summary>
    public static string Print(IEnumerable<Row> rows) => $"{Head}\n{Columns}" + string.Concat(
        rows.OrderBy(each => each.Name, StringComparer.Ordinal).Select(each => $"{each.Print()}\n"));

    /// <summary>What is missing in a table or was not kept, in sentences; none when all is well.</summary>
    public static IReadOnlyList<string> Flaws(IReadOnlyList<Row> rows)
    {
        var lines = rows.ToLookup(row => row.Name);
        return
        [
            .. from fault in Plan.Faults
               where lines[fault.Name].Count() != 1
               select lines[fault.Name].Any()
                   ? $"{fault.Name} has {lines[fault.Name].Count()} lines." : $"{fault.Name} has no line.",
            .. lines.Select(line => line.Key).Except(Plan.Faults.Select(fault => fault.Name))
                .Select(name => $"{name} is no fault of the plan."),
            .. from fault in Plan.Faults
               from row in lines[fault.Name].Take(1)
               from flaw in Flaws(fault, row)
               select $"{row.Name} {flaw}",
        ];
    }

    private static IEnumerable<string> Flaws(Fault fault, Row row)
    {
        var load = fault.Load ?? (fault.HalfLoad ? Load.Full.Half : Load.Full);
        if (row.Load != load.Name) yield return $"was made under {row.Load}, and not under {load.Name}.";
        else if (!row.Held.Is(load)) yield return $"was not made under its load: {row.Held}.";
        if (row.Lost > 0) yield return $"lost {row.Lost} messages that were acknowledged.";
        if (row.Doubled > 0) yield return $"doubled {row.Doubled}.";
        if (row.Difference != 0) yield return $"is off by {row.Difference} Wh.";
        if (row.Allowed > fault.Allowed)
            yield return FormattableString.Invariant(
                $"allows {row.Allowed.TotalSeconds:0} s, and the fault {fault.Allowed.TotalSeconds:0} s.");
        if (row.Longest > fault.Allowed)
            yield return FormattableString.Invariant($"waited {row.Longest.TotalSeconds:0.0} s, more than is allowed.");
        if (!Regex.IsMatch(row.Commit, "^[0-9a-f]{7,40}$"))
            yield return $"was made of sources that are in no commit ({row.Commit}).";
    }

    /// <summary>Puts a row where the older one of the same fault was.</summary>
    public static void Write(Row row) =>
        System.IO.File.WriteAllText(File, Print(Read().Where(other => other.Name != row.Name).Append(row)));
}
