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
    public void A_limit_is_found_by_our_name_for_it_and_said_by_the_chargers()
    {
        Told(new ConfigurationRead([
            ConfigurationItem.Of("Its.Length", "48", limit: ChargerLimit.LocalListTokensAtOnce),
            ConfigurationItem.Of("Its.Enabled", "TRUE", limit: ChargerLimit.LocalListEnabled)], []));

        Assert.Equal(48, Known.Number(ChargerLimit.LocalListTokensAtOnce));
        Assert.Equal("Its.Length", Known.Item(ChargerLimit.LocalListTokensAtOnce)!.Key);
        Assert.True(Known.Flag(ChargerLimit.LocalListEnabled));
        Assert.Null(Known.Value(ChargerLimit.StackLevel));
        Assert.Null(Known.Number(ChargerLimit.LocalListEnabled));
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

        Assert.Equal("60", Assert.Single(Known.Configuration).Value);
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
    [InlineData("2", "A B|C D|E")]
    [InlineData("4", "A B C D|E")]
    [InlineData("0", "A B C D E")] // senseless: no limit
    public void No_more_keys_are_asked_for_than_the_charger_tells_at_once_and_the_rest_follows(string most, string asked)
    {
        Told(new ConfigurationRead([ConfigurationItem.Of("Its", most, limit: ChargerLimit.KeysReadAtOnce)], []));

        Ask("keys", new ReadConfiguration(["A", "B", "C", "D", "E"]));
        for (var n = 0; n < 5 && Last.State == RequestState.Sent; n++)
            Answer(Last.RequestId, new StationAnswer(RequestState.Accepted, Outcome: new ConfigurationRead([], [])));

        Assert.Equal(asked, string.Join('|', _world.Stored<StationRequested>().Select(e => e.Request)
            .OfType<ReadConfiguration>().Select(read => string.Join(' ', read.Keys))));
    }

    [Theory]
    [InlineData(null, null, "A|B|C")] // who does not say takes one at a time
    [InlineData("2", null, "A B|C")]
    [InlineData("9", "700", "A B|C")] // two entries of a little more than 200 bytes fit into 700, three do not
    [InlineData("9", "1", "A|B|C")] // senseless, or too little for any: one at a time
    public void No_more_keys_are_set_at_once_than_the_charger_takes(string? items, string? bytes, string set)
    {
        if (items is not null)
            Told(new ConfigurationRead([ConfigurationItem.Of("Items", items, limit: ChargerLimit.KeysWrittenAtOnce)], []));
        if (bytes is not null)
            Told(new ConfigurationRead([ConfigurationItem.Of("Bytes", bytes, limit: ChargerLimit.BytesOfWriting)], []));

        Ask("keys", new WriteConfiguration("A", "1", null, [new KeySetting("B", "2"), new KeySetting("C", "3")]));
        for (var n = 0; n < 3 && Last.State == RequestState.Sent; n++)
            Answer(Last.RequestId, new StationAnswer(RequestState.Rejected)); // each is a wish of its own

        Assert.Equal(set, string.Join('|', _world.Stored<StationRequested>().Select(e => e.Request)
            .OfType<WriteConfiguration>().Select(write => string.Join(' ', write.All().Select(one => one.Key)))));
    }

    [Fact]
    public void A_report_says_limits_too()
    {
        _world.Send(new ReportModelPart(Cp1, 1, 7, 0, true, Noon, [], Noon,
            [ConfigurationItem.Of("SmartChargingCtrlr.ProfileStackLevel", "3", limit: ChargerLimit.StackLevel)]));

        Assert.Equal(3, Known.Number(ChargerLimit.StackLevel));
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
        Assert.Equal("K0-0", Known.Configuration[0].Key); // the first known stay
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

    private TrackedRequest Last => Known.Asked[^1];

    private void Answer(string id, StationAnswer answer) => _world.Send(new AnswerRequest(Cp1, 1, id, answer, Noon));

    private void Told(Outcome outcome)
    {
        var id = $"r-{_world.Journal.Count}";
        Ask(id, new RawCall("GetConfiguration", "{}"));
        _world.Send(new AnswerRequest(Cp1, 1, id, new StationAnswer(RequestState.Accepted, Outcome: outcome), Noon));
    }

    private void Ask(string id, StationRequest wish) =>
        Assert.IsType<RequestStanding>(_world.Send(new RequestStation(Cp1, id, wish, "maria", 30, null, Noon)));
}
