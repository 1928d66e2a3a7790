using System.Collections.Immutable;
using System.Globalization;
using Akka.Configuration;

namespace Moovolt.Gateway;

/// <summary>Reads one section of the configuration; whatever makes no sense in it is refused with a sentence.</summary>
/// <param name="path">Where it is, such as <c>moovolt.gateway</c>.</param>
internal sealed class Section(Config config, string path)
{
    public bool Switch(string key) => Read<bool>(key, "on or off", text => text.ToUpperInvariant() switch
    {
        "ON" or "TRUE" or "YES" => true,
        "OFF" or "FALSE" or "NO" => false,
        _ => null,
    });

    public T Choice<T>(string key)
        where T : struct, Enum =>
        Read<T>(key, $"one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}", text =>
            !int.TryParse(text, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var choice) ? choice : null);

    public int Count(string key, int atLeast) => Read<int>(key, $"a whole number of at least {atLeast}", text =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count >= atLeast ? count : null);

    public TimeSpan Time(string key, bool mayBeZero = false) =>
        Read<TimeSpan>(key, $"a time such as 2s{(mayBeZero ? "" : ", longer than nothing")}", _ =>
        {
            var time = config.GetTimeSpan(PathOf(key), allowInfinite: false);
            return time > TimeSpan.Zero || (mayBeZero && time == TimeSpan.Zero) ? time : null;
        });

    public int Bytes(string key, int atLeast) => Read<int>(key, $"a size such as 64 KiB, at least {atLeast} bytes", _ =>
        config.GetByteSize(PathOf(key)) is { } size && size >= atLeast && size <= int.MaxValue ? (int)size : null);

    /// <summary>A text; null when it is not there or empty.</summary>
    public string? Text(string key) => config.GetString(PathOf(key), null) is { Length: > 0 } text ? text : null;

    /// <summary>A list; empty when it is not there.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        try
        {
            return config.HasPath(PathOf(key)) ? [.. config.GetStringList(PathOf(key))] : [];
        }
        catch (Exception bad) when (bad is ConfigurationException or InvalidOperationException)
        {
            throw new ConfigurationException($"{PathOf(key)} must be a list such as [\"one\", \"other\"].");
        }
    }

    /// <summary>The names of the sections in a section.</summary>
    public ImmutableArray<string> Names(string key)
    {
        try
        {
            return [.. (config.GetConfig(PathOf(key)) ?? Config.Empty).AsEnumerable().Select(entry => entry.Key).Order(StringComparer.Ordinal)];
        }
        catch (Exception bad) when (bad is ConfigurationException or InvalidOperationException)
        {
            throw new ConfigurationException($"{PathOf(key)} must be {{ name {{ … }} }}.");
        }
    }

    /// <summary>A section in this one.</summary>
    public Section In(string key) => new(config, PathOf(key));

    private string PathOf(string key) => $"{path}.{key}";

    private T Read<T>(string key, string expected, Func<string, T?> read)
        where T : struct
    {
        var text = config.GetString(PathOf(key), null);
        try
        {
            if (text is not null && read(text) is { } value) return value;
        }
        catch (Exception bad) when (bad is FormatException or OverflowException or ConfigurationException)
        {
            // Said below, in the words of whoever wrote the file.
        }

        throw new ConfigurationException(text is null
            ? $"{PathOf(key)} is missing: it must be {expected}."
            : $"{PathOf(key)} is \"{text}\": it must be {expected}.");
    }
}
