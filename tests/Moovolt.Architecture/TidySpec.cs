using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>The house rules that a machine can keep.</summary>
public sealed class TidySpec
{
    private const int MaxLines = 400;

    private static readonly string[] Root =
    [
        ".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore", ".runsettings", "Directory.Build.props",
        "Directory.Packages.props", "Directory.Solution.targets", "Dockerfile", "LICENSE", "Moovolt.sln", "README.md",
        "README.pt-BR.md", "docker-compose.yml", "global.json", "hocon", "k8s", "src", "tests",
    ];

    [Fact]
    public void The_root_holds_only_what_is_listed() =>
        Offenders.None(Repository.Files().Select(file => file.Split('/')[0]).Distinct().Except(Root));

    [Fact]
    public void What_is_listed_is_there() => Offenders.None(Root.Where(path => !Repository.Exists(path)));

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() =>
        Offenders.None(
            from file in Repository.Files()
            where Path.GetExtension(file) is ".cs" or ".ts" or ".tsx" or ".mjs"
            let lines = Repository.Lines(file).Length
            where lines > MaxLines
            select $"{file}: {lines}");

    [Fact]
    public void No_folder_is_a_drawer() =>
        Offenders.None(
            from folder in Repository.Folders()
            where folder.Split('/').Any(name => name is "Utils" or "Helpers" or "Common" or "Shared" or "Misc")
            select folder);

    [Fact]
    public void A_todo_names_its_issue() =>
        Offenders.None(
            from file in Repository.Files()
            where Path.GetExtension(file) is ".cs" or ".mjs" or ".conf" or ".sql" or ".yaml" or ".yml"
            where !file.EndsWith("/TidySpec.cs", StringComparison.Ordinal)
            where Regex.IsMatch(Repository.Read(file), @"\b(TODO|FIXME|HACK)\b(?! \(#\d+\))")
            select file);

    [Fact]
    public void Every_room_has_a_page_that_ends_with_its_decisions() =>
        Offenders.None(Repository.Rooms().Where(room => !Repository.Exists($"{room}/README.md")
            || Headings($"{room}/README.md").LastOrDefault() != "## Decisions"));

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.pt-BR.md")]
    public void The_tree_on_the_front_page_is_the_tree_on_the_disk(string page)
    {
        var drawn = Drawn(page).ToList();
        Offenders.None(drawn.Where(path => !Repository.Exists(path)));
        Offenders.None(Repository.Rooms().Except(drawn));
        var tests = Repository.Folders().Where(folder => folder.StartsWith("tests/", StringComparison.Ordinal));
        Offenders.None(tests.Select(folder => string.Join('/', folder.Split('/').Take(2))).Distinct().Except(drawn));
    }

    [Fact]
    public void No_lock_file_names_a_registry()
    {
        var locks = Repository.Files().Where(file =>
            Path.GetFileName(file) is "package-lock.json" or "packages.lock.json" or "NuGet.config" or ".npmrc");
        Offenders.None(locks.Where(file => Regex.IsMatch(Repository.Read(file), "\"resolved\"\\s*:\\s*\"http|registry")));
    }

    [Fact]
    public void What_is_taken_from_npm_is_taken_in_exact_versions() =>
        Offenders.None(
            from file in Repository.Files()
            where Path.GetFileName(file) == "package.json"
            from kind in new[] { "dependencies", "devDependencies" }
            let package = JsonDocument.Parse(Repository.Read(file)).RootElement
            where package.TryGetProperty(kind, out _)
            from dependency in package.GetProperty(kind).EnumerateObject()
            where !Regex.IsMatch(dependency.Value.GetString()!, @"^\d+\.\d+\.\d+$")
            select $"{file}: {dependency.Name}");

    private static IEnumerable<string> Headings(string page)
    {
        var inCode = false;
        foreach (var line in Repository.Lines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inCode = !inCode;
            else if (!inCode && line.StartsWith('#')) yield return line.TrimEnd();
        }
    }

    /// <summary>The paths of the first code block that begins with <c>src/</c>; what is indented lies inside.</summary>
    private static IEnumerable<string> Drawn(string page)
    {
        var block = Repository.Read(page).Split("```").Where((_, i) => i % 2 == 1).Single(text => text.Contains("\nsrc/\n", StringComparison.Ordinal));
        var folder = "";
        foreach (var line in block.Split('\n').Skip(1).Where(line => line.Length > 0))
        {
            var name = line.Trim().Split(' ')[0];
            if (!line.StartsWith(' ')) folder = name.EndsWith('/') ? name : "";
            yield return (line.StartsWith(' ') ? folder + name : name).TrimEnd('/');
        }
    }
}
