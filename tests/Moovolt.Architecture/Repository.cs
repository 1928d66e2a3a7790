namespace Moovolt.Architecture;

/// <summary>The tree that these tests look at: the sources as they lie on the disk.</summary>
internal static class Repository
{
    private static readonly string[] Unwatched =
        [".git", "bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea", "data"];

    public static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>Every file that is ours, by its path from the root, with forward slashes.</summary>
    public static IEnumerable<string> Files() => FilesUnder(Root).Select(Relative);

    public static IEnumerable<string> Folders() =>
        Files().Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/')).Where(folder => folder != "").Distinct();

    public static IEnumerable<string> Rooms() => Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(Relative);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<string> FilesUnder(string folder)
    {
        // A worktree's .git is a file.
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ".git")) yield return file;
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (Unwatched.Contains(Path.GetFileName(inner))) continue;
            foreach (var file in FilesUnder(inner)) yield return file;
        }
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Moovolt.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("These tests look at the tree they were built in; it is not here.");
    }
}
