using System.Diagnostics;

namespace Moovolt.Rig;

/// <summary>
/// The product with a fault built in, for the test of the test: a copy of the sources, changed in a few places and
/// compiled. So no switch that breaks the product is in the product.
/// </summary>
public sealed class MutantBuild : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("moovolt-mutant-");

    private MutantBuild()
    {
    }

    /// <summary>The program to run.</summary>
    public string Assembly => Path.Combine(_directory.FullName, "out", "moovolt.dll");

    /// <param name="name">What the fault is called, for messages.</param>
    /// <param name="changes">The places to change, each of them there exactly once.</param>
    /// <exception cref="InvalidOperationException">The place is not there any more, or it does not compile.</exception>
    public static async Task<MutantBuild> Of(string name, params IReadOnlyList<Change> changes)
    {
        var build = new MutantBuild();
        foreach (var folder in new[] { "src", "hocon" })
            Copy(Path.Combine(Tree.Root, folder), Path.Combine(build._directory.FullName, folder));
        var settings = Directory.GetFiles(Tree.Root, "Directory.*").Append(Path.Combine(Tree.Root, "global.json"));
        foreach (var file in settings)
            File.Copy(file, Path.Combine(build._directory.FullName, Path.GetFileName(file)));

        foreach (var (file, what, becomes) in changes)
        {
            var path = Path.Combine(build._directory.FullName, file);
            var text = what is null ? "" : await File.ReadAllTextAsync(path);
            if (what is not null && text.Split(what).Length != 2)
                throw new InvalidOperationException($"{name}: {file} must hold exactly once: {what}");
            var changed = what is null ? becomes : text.Replace(what, becomes, StringComparison.Ordinal);
            await File.WriteAllTextAsync(path, changed);
        }

        await build.Compile();
        return build;
    }

    /// <summary>The product as it was at a commit of this repository's history.</summary>
    /// <exception cref="InvalidOperationException">The clone does not go back so far, or it does not compile.</exception>
    public static async Task<MutantBuild> AsOf(string commit)
    {
        var build = new MutantBuild();
        var archive = Path.Combine(build._directory.FullName, "sources.tar");
        await Children.Run(
            Tree.Root, "git", "archive", $"--output={archive}", commit, "src", "hocon", "global.json", "Directory.Build.props",
            "Directory.Packages.props", "Directory.Solution.targets");
        await Children.Run(build._directory.FullName, "tar", "-xf", archive);
        await build.Compile();
        return build;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task Compile()
    {
        var how = new ProcessStartInfo("dotnet",
        [
            "build", "src/Moovolt.Node", "--output", Path.Combine(_directory.FullName, "out"), "--nologo", "-v", "quiet",
            "--configuration", MoovoltProcess.Configuration,
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-nodeReuse:false",
        ])
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardOutput = true,
        };
        using var compiler = Process.Start(how) ?? throw new InvalidOperationException("dotnet did not start.");
        var said = await compiler.StandardOutput.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        if (compiler.ExitCode != 0) throw new InvalidOperationException($"The mutant does not compile:\n{said}");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")) continue;
            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a file has a directory
            File.Copy(file, target);
        }
    }

    /// <summary>One place of the sources, and what it is in the mutant.</summary>
    /// <param name="File">From the root of the tree.</param>
    /// <param name="Is">The text that is there exactly once; null for a file that is added.</param>
    /// <param name="Becomes">What stands there instead.</param>
    public sealed record Change(string File, string? Is, string Becomes);
}
