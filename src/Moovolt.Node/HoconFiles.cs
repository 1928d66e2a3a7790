using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Moovolt.Node;

/// <summary>Reads <c>hocon/</c>: a main file and what it includes, one concern a file.</summary>
internal static class HoconFiles
{
    /// <summary>The configuration as shipped, with the operator's own file laid over it.</summary>
    /// <exception cref="SettingException">A file is missing or is not HOCON.</exception>
    public static Config Load(string main, string? over)
    {
        var shipped = Read(Path.Combine(AppContext.BaseDirectory, "hocon", main));
        return over is null ? shipped : Read(over).WithFallback(shipped);
    }

    private static Config Read(string path)
    {
        try
        {
            return new Config(Parse(path));
        }
        catch (Exception e) when (e is IOException or ConfigurationException or FormatException)
        {
            throw new SettingException($"The configuration file {path} cannot be read: {e.Message}");
        }
    }

    // Paths are relative to the file that names them.
    private static HoconRoot Parse(string path) =>
        Parser.Parse(
            File.ReadAllText(path), included => Parse(Path.Combine(Path.GetDirectoryName(path) ?? "", included)));
}
