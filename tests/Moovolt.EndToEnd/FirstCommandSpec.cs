using System.Diagnostics;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>The first command of the front page, typed where it says: at the root of a clone, or anywhere else.</summary>
[Collection(Processes.Name)]
public sealed class FirstCommandSpec : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("moovolt-first-");

    [Fact]
    public async Task What_the_first_command_keeps_it_keeps_where_it_was_typed()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // bin/Debug/net10.0
        var how = new ProcessStartInfo(
            "dotnet", ["run", "--no-build", "-c", configuration, "--project", Path.Combine(Tree.Root, "src", "Moovolt.Node")])
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        how.Environment["MOOVOLT_URLS"] = $"http://127.0.0.1:{Ports.Free()}";
        using var command = Children.Start(how);
        var printed = new Output();
        printed.Follow(command);

        try
        {
            var key = Path.Combine(_directory.FullName, "data", "operator.key");
            Assert.True(await Eventually.Is(() => $"{printed}".Contains("Moovolt serves.", StringComparison.Ordinal), TimeSpan.FromSeconds(60)), $"{printed}");
            Assert.True(File.Exists(key), $"{printed}");
        }
        finally
        {
            Children.Kill(command);
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
