using Akka.Configuration;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Node.Tests;

public sealed class StopSettingsSpec
{
    private static readonly Config Shipped = HoconFiles.Load("alone.conf", null);

    [Fact]
    public void What_is_shipped_is_the_usual() => Assert.Equal(StopPatience.Usual, StopSettings.From(Shipped));

    [Fact]
    public void An_operator_may_wait_longer_or_shorter() =>
        Assert.Equal(new StopPatience(300, 172_800), StopSettings.From(Over("over-when-free-for = 5m, over-when-silent-for = 2d")));

    [Theory]
    [InlineData("over-when-free-for = 4m")]
    [InlineData("over-when-silent-for = 1h")]
    public void What_chargers_may_be_silent_for_is_no_end(string setting)
    {
        var wrong = Assert.Throws<SettingException>(() => StopSettings.From(Over(setting)));
        Assert.Contains(setting.Split(' ')[0], wrong.Message, StringComparison.Ordinal);
    }

    private static Config Over(string settings) =>
        ConfigurationFactory.ParseString($"moovolt.transactions {{ {settings} }}").WithFallback(Shipped);
}
