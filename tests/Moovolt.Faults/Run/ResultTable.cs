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
        "| fault | way | what | load | stations | running | replies/s | acked | lost | doubled | Wh | Wh difference "
        + "| longest gap s | allowed s | p50 ms | p99 s | measured | seed | date | commit |\n"
        + "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: "
        + "| ---: | ---: | ---: | ---: | --- | ---: | --- | --- |\n";

    public static string File => Path.Combine(Tree.Root, "tests", "Moovolt.Faults", "RESULTS.md");

    public static IReadOnlyList<Row> Read() => System.IO.File.Exists(File)
        ? [.. System.IO.File.ReadLines(File)
            .Where(line => line.StartsWith("| F-", StringComparison.Ordinal)).Select(Row.Read)]
        : [];

    /// <summary>Puts a row where the older one of the same fault was.</summary>
    public static void Write(Row row)
    {
        var rows = Read().Where(other => other.Name != row.Name).Append(row)
            .OrderBy(each => each.Name, StringComparer.Ordinal);
        var lines = string.Concat(rows.Select(each => $"{each.Print()}\n"));
        System.IO.File.WriteAllText(File, $"{Head}\n{Columns}{lines}");
    }
}
