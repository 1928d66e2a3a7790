using System.Diagnostics;
using Moovolt.Rig;

namespace Moovolt.Faults;

/// <summary>
/// The product with one fault built in, for the test of the test: a copy of the sources, changed in one place and
/// compiled. So no switch that breaks the product is in the product.
/// </summary>
internal sealed class MutantBuild : IDisposable
{
    private static readonly Dictionary<string, (string File, string Is, string Becomes)[]> Mutants =
        new()
        {
            ["reply-before-commit"] =
            [
                ("src/Moovolt.Cluster/Shards/EntityActor.cs", "        PersistAll(", "        Finish(decision, request, asker);\n        PersistAll("),
                ("src/Moovolt.Cluster/Shards/EntityActor.cs", "            Finish(decision, request, asker); // an answer", "            // an answer"),
            ],
            ["no-repeat-check"] =
            [
                ("src/Moovolt.Domain/ChargePoints/Numbering.cs", "known.High == high && known.Low == low", "known.High == high && known.Low == ~low"),
            ],
        };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("moovolt-mutant-");

    private MutantBuild()
    {
    }

    /// <summary>The program to run.</summary>
    public string Assembly => Path.Combine(_directory.FullName, "out", "moovolt.dll");

    /// <exception cref="InvalidOperationException">The place to change is not there any more, or it does not compile.</exception>
    public static async Task<MutantBuild> Of(string mutant)
    {
        var build = new MutantBuild();
        foreach (var name in new[] { "src", "hocon" }) Copy(Path.Combine(Tree.Root, name), Path.Combine(build._directory.FullName, name));
        foreach (var file in Directory.GetFiles(Tree.Root, "Directory.*").Concat([Path.Combine(Tree.Root, "global.json")]))
            File.Copy(file, Path.Combine(build._directory.FullName, Path.GetFileName(file)));

        foreach (var (file, what, becomes) in Mutants[mutant])
        {
            var path = Path.Combine(build._directory.FullName, file);
            var text = await File.ReadAllTextAsync(path);
            if (text.Split(what).Length != 2)
                throw new InvalidOperationException($"{mutant}: {file} must hold exactly once: {what}");
            await File.WriteAllTextAsync(path, text.Replace(what, becomes, StringComparison.Ordinal));
        }

        await build.Compile();
        return build;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task Compile()
    {
        var how = new ProcessStartInfo("dotnet",
        [
            "build", "src/Moovolt.Node", "--output", Path.Combine(_directory.FullName, "out"), "--nologo", "-v", "quiet",
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
}
