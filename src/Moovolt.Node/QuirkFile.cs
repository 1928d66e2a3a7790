using System.Collections.Immutable;
using Akka.Configuration;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Node;

/// <summary>Reads <c>moovolt.quirks</c> (hocon/quirks.conf, and what an operator lays over it).</summary>
internal static class QuirkFile
{
    private const string Path = "moovolt.quirks";

    private static readonly ImmutableArray<string> Members =
        ["vendor", "model", "firmware", "tolerances", "time-zone", "source"];

    /// <exception cref="SettingException">Something in it makes no sense; the message says what, and where.</exception>
    public static QuirkProfiles Read(Config config)
    {
        var section = config.GetConfig(Path);
        if (section is null || section.IsEmpty)
            throw new SettingException($"{Path} is missing: it is in hocon/quirks.conf.");
        if (!int.TryParse(section.GetString("version", null), out var version) || version < 1)
            throw new SettingException($"{Path}.version must be a whole number of at least 1.");

        var sites = Zone($"{Path}.time-zone", section.GetString("time-zone", null) ?? "UTC");
        var profiles = section.GetConfig("profiles");
        if (profiles is null || profiles.IsEmpty) return new QuirkProfiles(version, []);
        return new QuirkProfiles(version, [
            .. profiles.Root.GetObject().Items.Keys.Order(StringComparer.Ordinal)
                .Select(name => Profile(name, profiles, sites)),
        ]);
    }

    private static QuirkProfile Profile(string name, Config profiles, TimeZoneInfo sites)
    {
        var at = $"{Path}.profiles.{name}";
        if (name is QuirkProfiles.NoProfile
            || name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            throw new SettingException(
                $"{at}: a profile's name has a-z, 0-9 and -, and is not '{QuirkProfiles.NoProfile}'.");

        var given = profiles.GetConfig(name);
        if (given is null || given.IsEmpty)
            throw new SettingException($"{at} is empty: it needs tolerances and a source.");
        if (given.Root.GetObject().Items.Keys.FirstOrDefault(key => !Members.Contains(key)) is { } stranger)
            throw new SettingException($"{at}.{stranger} is not known; a profile has {string.Join(", ", Members)}.");

        var source = given.GetString("source", null);
        if (string.IsNullOrWhiteSpace(source))
            throw new SettingException($"{at}.source is missing: say where it was seen.");
        return new QuirkProfile(
            name,
            Pattern(at, given, "vendor"),
            Pattern(at, given, "model"),
            Pattern(at, given, "firmware"),
            Tolerated(at, given),
            given.GetString("time-zone", null) is { } zone ? Zone($"{at}.time-zone", zone) : sites,
            source);
    }

    private static string? Pattern(string at, Config given, string member)
    {
        var text = given.GetString(member, null);
        if (text is not null && string.IsNullOrWhiteSpace(text))
            throw new SettingException($"{at}.{member} is empty: leave it out, or write * for any text.");
        return text;
    }

    private static Tolerances Tolerated(string at, Config given)
    {
        var names = given.HasPath("tolerances") ? given.GetStringList("tolerances") : [];
        if (names.Count == 0)
            throw new SettingException($"{at}.tolerances is missing: some of {string.Join(", ", ToleranceNames.All)}.");
        return names.Aggregate(Tolerances.None, (all, name) => all | (ToleranceNames.Find(name)
            ?? throw new SettingException(
                $"{at}.tolerances has \"{name}\"; there are {string.Join(", ", ToleranceNames.All)}.")));
    }

    private static TimeZoneInfo Zone(string at, string id)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception unknown) when (unknown is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new SettingException(
                $"{at} is \"{id}\": it must be a time zone of the IANA database, such as America/Sao_Paulo.");
        }
    }
}
