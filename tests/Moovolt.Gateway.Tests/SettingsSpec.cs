using Akka.Configuration;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class SettingsSpec
{
    [Fact]
    public void The_defaults_are_in_the_file()
    {
        var settings = GatewayRig.SettingsFrom("");

        Assert.Equal((false, 1024 * 1024, TimeSpan.FromSeconds(25)), (settings.Dev, settings.MaxFrame, settings.AnswerPatience));
    }

    [Theory]
    [InlineData("max-frame = 1 KiB", "moovolt.gateway.max-frame is \"1 KiB\": it must be a size such as 64 KiB, at least 4096 bytes.")]
    [InlineData("max-connections = many", "moovolt.gateway.max-connections is \"many\": it must be a whole number of at least 1.")]
    [InlineData("retry-after = 0s", "moovolt.gateway.retry-after is \"0s\": it must be a time such as 2s, longer than nothing.")]
    [InlineData("retry-after = soon", "moovolt.gateway.retry-after is \"soon\": it must be a time such as 2s, longer than nothing.")]
    [InlineData("authorize-miss-delay = 11s", "moovolt.gateway.authorize-miss-delay must not be longer than 10s.")]
    [InlineData("close-timeout = 100ms", "moovolt.gateway.close-timeout must not be shorter than close-within.")]
    [InlineData("dev = perhaps", "moovolt.gateway.dev is \"perhaps\": it must be on or off.")]
    [InlineData("subprotocol-mismatch = 1", "moovolt.gateway.subprotocol-mismatch is \"1\": it must be one of close, refuse.")]
    [InlineData(
        "listeners.lb { url = \"http://0.0.0.0:5090\", profiles = [3] }",
        "moovolt.gateway.listeners.lb.profiles must be [1], or [2] where TLS ends in front of it: its url has no TLS.")]
    [InlineData(
        "listeners.lb { url = \"http://0.0.0.0:5090\", profiles = [1], operators = on }",
        "moovolt.gateway.listeners.lb is for chargers only: operators come at MOOVOLT_URLS.")]
    [InlineData(
        "listeners.lb { url = \"ftp://0.0.0.0:5090\", profiles = [1] }",
        "moovolt.gateway.listeners.lb.url must be an address such as https://0.0.0.0:5443, or http://0.0.0.0:5090 without TLS.")]
    public void A_value_that_makes_no_sense_is_refused_with_a_sentence(string line, string sentence)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => GatewayRig.SettingsFrom(line));

        Assert.Equal(sentence, refusal.Message);
    }

    [Fact]
    public void A_value_that_is_missing_is_named()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => GatewaySettings.From(Config.Empty));

        Assert.Equal("moovolt.gateway.dev is missing: it must be on or off.", refusal.Message);
    }
}
