namespace Moovolt.Rig;

/// <summary>The source tree that the suites were built in.</summary>
public static class Tree
{
    public static readonly string Root = Find(AppContext.BaseDirectory);

    private static string Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Moovolt.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The suites run in the tree that they were built in.");
    }
}
