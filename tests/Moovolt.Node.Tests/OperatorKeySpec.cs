using Xunit;

namespace Moovolt.Node.Tests;

public sealed class OperatorKeySpec : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("moovolt-key-").FullName;

    [Fact]
    public void A_key_is_made_once_and_only_its_owner_may_read_it()
    {
        var (first, file) = OperatorKey.Find(Settings(null));
        var (again, _) = OperatorKey.Find(Settings(null));

        Assert.Equal(first, again);
        Assert.StartsWith("mvk_", first, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file!)); // made just now
    }

    [Fact]
    public void A_key_from_the_environment_is_not_written_down()
    {
        Assert.Equal(("maria:secret", null), OperatorKey.Find(Settings("maria:secret")));
        Assert.Empty(Directory.GetFiles(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private NodeSettings Settings(string? keys) => NodeSettings.FromEnvironment(name => name switch
    {
        "MOOVOLT_DATA" => _directory,
        "MOOVOLT_OPERATOR_KEY" => keys,
        _ => null,
    });
}
