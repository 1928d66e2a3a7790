using Xunit;

namespace Moovolt.Node.Tests;

public sealed class NodeSettingsSpec
{
    [Fact]
    public void Without_any_variable_a_node_has_every_role_on_loopback_and_lets_unknown_chargers_in()
    {
        var settings = Read([]);

        Assert.Null(settings.Database);
        Assert.Equal(NodeSettings.DefaultUrls, settings.Urls);
        Assert.Equal(NodeSettings.AllRoles.Order(), settings.Roles.Order());
        Assert.True(settings.Dev);
    }

    [Theory]
    [InlineData("MOOVOLT_DB", "Host=db")]
    [InlineData("MOOVOLT_URLS", "http://0.0.0.0:5080")]
    [InlineData("MOOVOLT_URLS", "http://127.0.0.1:5080;http://192.0.2.1:5080")]
    public void A_database_or_an_address_that_others_can_reach_keeps_unknown_chargers_out(string name, string value) =>
        Assert.False(Read([(name, value)]).Dev);

    [Fact]
    public void Whoever_wants_unknown_chargers_says_so() =>
        Assert.True(Read([("MOOVOLT_DB", "Host=db"), ("MOOVOLT_DEV", "true")]).Dev);

    [Theory]
    [InlineData("MOOVOLT_ROLES", "gateway,toaster", "toaster")]
    [InlineData("MOOVOLT_REMOTING_PORT", "99999", "MOOVOLT_REMOTING_PORT")]
    [InlineData("MOOVOLT_REMOTING_PORT", "-1", "MOOVOLT_REMOTING_PORT")]
    [InlineData("MOOVOLT_DEV", "maybe", "MOOVOLT_DEV")]
    public void A_value_that_cannot_be_is_refused_by_name(string name, string value, string says) =>
        Assert.Contains(says, Assert.Throws<SettingException>(() => Read([(name, value)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Lists_forgive_blanks()
    {
        var settings = Read([("MOOVOLT_ROLES", " api , gateway "), ("MOOVOLT_SEEDS", "akka.tcp://moovolt@a:4053, akka.tcp://moovolt@b:4053")]);

        Assert.Equal(["api", "gateway"], settings.Roles.Order());
        Assert.Equal(2, settings.Seeds.Count);
    }

    private static NodeSettings Read(IEnumerable<(string Name, string Value)> environment)
    {
        var variables = environment.ToDictionary(entry => entry.Name, entry => entry.Value);
        return NodeSettings.FromEnvironment(variables.GetValueOrDefault);
    }
}
