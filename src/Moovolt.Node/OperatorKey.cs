using System.Security.Cryptography;

namespace Moovolt.Node;

/// <summary>
/// The key of the operators' API. Given by the environment, or made at the first start and kept in the data directory
/// for nobody else to read.
/// </summary>
internal static class OperatorKey
{
    /// <returns>The keys as <c>MOOVOLT_OPERATOR_KEY</c> would have them, and the file they come from, if any.</returns>
    public static (string Keys, string? File) Find(NodeSettings settings)
    {
        if (settings.OperatorKeys is { } given) return (given, null);

        var file = Path.Combine(settings.DataDirectory, "operator.key");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(settings.DataDirectory);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.WriteLine("mvk_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        }

        return (File.ReadAllText(file).Trim(), file);
    }
}
