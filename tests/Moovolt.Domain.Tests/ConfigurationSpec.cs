using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>What is known of a charger's configuration.</summary>
public sealed class ConfigurationSpec
{
    private readonly World _world = new();

    public ConfigurationSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void A_key_is_found_in_whatever_case_the_charger_writes_it()
    {
        Told(new ConfigurationRead([ConfigurationItem.Of("sendlocallistmaxlength", "48"), ConfigurationItem.Of("LocalAuthListEnabled", "TRUE")], []));

        Assert.Equal(48, Known.Number("SendLocalListMaxLength"));
        Assert.True(Known.Flag("localAuthListEnabled"));
        Assert.Null(Known.Value("Nope"));
        Assert.Null(Known.Number("LocalAuthListEnabled"));
    }

    [Fact]
    public void What_is_read_again_is_known_once_and_what_was_not_asked_for_stays()
    {
        Told(new ConfigurationRead([ConfigurationItem.Of("A", "1"), ConfigurationItem.Of("B", "2")], []));
        Told(new ConfigurationRead([ConfigurationItem.Of("b", "3", isReadonly: true)], ["Nope"]));

        Assert.Equal(["A=1", "b=3"], Known.Configuration.Select(item => $"{item.Key}={item.Value}"));
    }

    [Fact]
    public void What_the_charger_took_is_known_at_once()
    {
        Told(new ConfigurationWritten(ConfigurationItem.Of("HeartbeatInterval", "60"), RebootRequired: false));

        Assert.Equal(60, Known.Number("HeartbeatInterval"));
    }

    [Fact]
    public void A_key_that_the_charger_does_not_know_any_more_is_forgotten()
    {
        Told(new ConfigurationRead([ConfigurationItem.Of("A", "1"), ConfigurationItem.Of("B", "2")], []));
        Told(new ConfigurationUnknown("a"));
        Told(new ConfigurationRead([], ["B"]));

        Assert.Empty(Known.Configuration);
    }

    [Theory]
    [InlineData("2", false)]
    [InlineData("3", true)]
    [InlineData("0", true)]
    public void No_more_keys_are_asked_for_than_the_charger_tells_at_once(string most, bool taken)
    {
        Told(new ConfigurationRead([ConfigurationItem.Of("GetConfigurationMaxKeys", most)], []));

        var said = _world.Send(new RequestStation(Cp1, "keys", new ReadConfiguration(["A", "B", "C"]), "maria", 30, null, Noon));
        if (taken) Assert.IsType<RequestStanding>(said);
        else Assert.Contains(most, Assert.IsType<Reply.Refused>(said).Reason, StringComparison.Ordinal);
        Assert.IsType<RequestStanding>(
            _world.Send(new RequestStation(Cp1, "all", new ReadConfiguration([]), "maria", 30, null, Noon)));
    }

    [Theory]
    [InlineData("AuthorizationKey")]
    [InlineData("authorizationkey")]
    [InlineData("FtpPassword")]
    [InlineData("wifi.passphrase")]
    public void A_secret_has_no_value_here(string key) => Assert.Null(ConfigurationItem.Of(key, "30313233").Value);

    [Fact]
    public void A_value_that_is_too_long_is_cut_and_says_so()
    {
        var item = ConfigurationItem.Of("Chatter", new string('x', 2047) + "\ud83d\ude97");

        Assert.Equal((2047, true), (item.Value!.Length, item.Truncated)); // no half of a character
    }

    [Fact]
    public void A_charger_that_makes_up_keys_does_not_grow_for_ever()
    {
        for (var n = 0; n < 3; n++)
            Told(new ConfigurationRead([.. Enumerable.Range(0, 400).Select(i => ConfigurationItem.Of($"K{n}-{i}", "x"))], []));

        Assert.Equal(Configurations.Most, Known.Configuration.Length);
        Assert.NotNull(Known.Value("K0-0")); // the first known stay
    }

    [Fact]
    public void Keys_that_cannot_be_asked_for_together_are_asked_for_one_by_one()
    {
        Ask("r-1", new ReadConfiguration(["A", "Nope", "a"]));
        _world.Send(new AnswerRequest(Cp1, 1, "r-1", new StationAnswer(RequestState.Failed, null, "FormationViolation", ""), Noon));

        var asked = _world.Stored<StationRequested>().Skip(1).ToArray();
        Assert.Equal(["A", "Nope"], asked.Select(e => Assert.Single(((ReadConfiguration)e.Request).Keys)));
        Assert.All(asked, e => Assert.Equal("moovolt", e.RequestedBy));
        Assert.Equal(3, _world.Stored<StationRequested>().Select(e => e.RequestId).Distinct().Count());

        _world.Send(new AnswerRequest(Cp1, 1, asked[0].RequestId, new StationAnswer(RequestState.Failed, null, "FormationViolation", ""), Noon));
        Assert.Equal(3, _world.Stored<StationRequested>().Length); // one key is not asked for again
    }

    private ChargePoint Known => _world.ChargePoint(Cp1);

    private void Told(Outcome outcome)
    {
        var id = $"r-{_world.Journal.Count}";
        Ask(id, new RawCall("GetConfiguration", "{}"));
        _world.Send(new AnswerRequest(Cp1, 1, id, new StationAnswer(RequestState.Accepted, Outcome: outcome), Noon));
    }

    private void Ask(string id, StationRequest wish) =>
        Assert.IsType<RequestStanding>(_world.Send(new RequestStation(Cp1, id, wish, "maria", 30, null, Noon)));
}
