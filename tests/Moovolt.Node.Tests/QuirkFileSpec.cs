using Akka.Configuration;
using Moovolt.Ocpp.Compliance;
using Xunit;

namespace Moovolt.Node.Tests;

public sealed class QuirkFileSpec
{
    private const string Good = "vendor = \"Acme*\", tolerances = [no-pings, local-time], source = seen";

    [Fact]
    public void The_shipped_file_is_read_and_changes_no_energy_and_no_time_by_itself()
    {
        var quirks = QuirkFile.Read(HoconFiles.Load("alone.conf", over: null));

        Assert.InRange(quirks.Version, 1, 1_000);
        Assert.InRange(quirks.All.Length, 10, 100);
        Assert.Equal("grizzl-e", quirks.Choose(null, "United Chargers Grizzl-E", "x", "1")?.Name);
        Assert.Null(quirks.Choose(null, "Some Other", "x", "1"));
        Assert.All(quirks.All.Where(profile => profile.Precision > 0), profile =>
        {
            Assert.False(profile.Tolerances.HasFlag(Tolerances.KwhAsWh));
            Assert.Equal(TimeZoneInfo.Utc, profile.Zone);
        });
    }

    [Fact]
    public void A_profile_of_an_operators_own_file_is_laid_over_it()
    {
        var own = ConfigurationFactory.ParseString(
            "moovolt.quirks { time-zone = America/Sao_Paulo, profiles { mine { model = \"X?\", tolerances = [local-time], source = me } } }");
        var quirks = QuirkFile.Read(own.WithFallback(HoconFiles.Load("alone.conf", over: null)));

        Assert.Equal("America/Sao_Paulo", quirks.Find("mine")?.Zone.Id);
        Assert.NotNull(quirks.Find("grizzl-e"));
    }

    [Theory]
    [InlineData("profiles.acme { " + Good + " }", "moovolt.quirks.version must be a whole number of at least 1.")]
    [InlineData("version = 1, time-zone = Mars", "moovolt.quirks.time-zone is \"Mars\": it must be a time zone of the IANA database, such as America/Sao_Paulo.")]
    [InlineData("version = 1, profiles.none { " + Good + " }", "moovolt.quirks.profiles.none: a profile's name has a-z, 0-9 and -, and is not 'none'.")]
    [InlineData("version = 1, profiles.acme { " + Good + ", color = red }", "moovolt.quirks.profiles.acme.color is not known; a profile has vendor, model, firmware, tolerances, time-zone, source.")]
    [InlineData("version = 1, profiles.acme { vendor = x, tolerances = [no-pings] }", "moovolt.quirks.profiles.acme.source is missing: say where it was seen.")]
    [InlineData("version = 1, profiles.acme { vendor = x, source = y }", "moovolt.quirks.profiles.acme.tolerances is missing: some of assume-ocpp16, no-pings, loose-schema, calls-before-boot, local-time, kwh-as-wh.")]
    [InlineData("version = 1, profiles.acme { tolerances = [anything], source = y }", "moovolt.quirks.profiles.acme.tolerances has \"anything\"; there are assume-ocpp16, no-pings, loose-schema, calls-before-boot, local-time, kwh-as-wh.")]
    [InlineData("version = 1, profiles.acme { vendor = \"\", tolerances = [no-pings], source = y }", "moovolt.quirks.profiles.acme.vendor is empty: leave it out, or write * for any text.")]
    [InlineData("version = 1, profiles.acme { " + Good + ", time-zone = Mars }", "moovolt.quirks.profiles.acme.time-zone is \"Mars\": it must be a time zone of the IANA database, such as America/Sao_Paulo.")]
    public void A_file_that_makes_no_sense_is_refused_with_a_sentence(string text, string sentence)
    {
        var config = ConfigurationFactory.ParseString($"moovolt.quirks {{ {text} }}");
        Assert.Equal(sentence, Assert.Throws<SettingException>(() => QuirkFile.Read(config)).Message);
    }

    [Fact]
    public void A_file_that_is_missing_is_named() => Assert.Equal(
        "moovolt.quirks is missing: it is in hocon/quirks.conf.",
        Assert.Throws<SettingException>(() => QuirkFile.Read(Config.Empty)).Message);
}
