using Moovolt.Node.Care;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.Node.Tests;

/// <summary>`moovolt doctor` and `moovolt health`, as whoever types them sees them.</summary>
public sealed class CareSpec : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("moovolt-test-").FullName;

    [Fact]
    public async Task Where_no_node_has_been_nothing_is_wrong_and_nothing_is_made()
    {
        var (code, said) = await DoctorAsync(("MOOVOLT_DATA", directory));
        Assert.Equal(0, code);
        Assert.Contains("There is no journal in", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
    }

    [Fact]
    public async Task A_damaged_file_is_found()
    {
        using (DataDirectory.Open(directory))
        {
            await File.WriteAllTextAsync(Path.Combine(directory, "journal.db"), new string('x', 10_000));
        }

        var (code, said) = await DoctorAsync(("MOOVOLT_DATA", directory));
        Assert.Equal(1, code);
        Assert.Contains("FATAL", said, StringComparison.Ordinal);
        Assert.Contains("would not serve", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_is_found()
    {
        var file = Path.Combine(directory, "mine.conf");
        await File.WriteAllTextAsync(file, "moovolt.gateway.max-frame = rather large");
        var (code, said) = await DoctorAsync(("MOOVOLT_DATA", directory), ("MOOVOLT_CONFIG", file));
        Assert.Equal(1, code);
        Assert.Contains("FATAL The configuration cannot be used", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_not_healthy()
    {
        using var output = new StringWriter();
        var settings = Settings(("MOOVOLT_URLS", "http://0.0.0.0:1"));
        Assert.Equal(1, await Health.AskAsync(settings, ready: true, output, default));
        Assert.Contains("http://127.0.0.1:1/healthz/ready does not answer", output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static async Task<(int Code, string Said)> DoctorAsync(params (string Name, string Value)[] environment)
    {
        using var output = new StringWriter();
        var code = await Doctor.RunAsync(Settings(environment), output, default);
        return (code, output.ToString());
    }

    private static NodeSettings Settings(params (string Name, string Value)[] environment) =>
        NodeSettings.FromEnvironment(name => environment.FirstOrDefault(each => each.Name == name).Value);
}
