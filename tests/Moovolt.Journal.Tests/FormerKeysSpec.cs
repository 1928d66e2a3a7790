using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Journal.Tests;

/// <summary>What was stored before dialects named limits says the same limits when it is read today.</summary>
public sealed class FormerKeysSpec
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChargePointId Cp1 = new("CP-1");

    public static TheoryData<Outcome> Outcomes =>
    [
        new ConfigurationRead([Item("sendlocallistmaxlength", "48"), Item("HeartbeatInterval", "60")], []),
        new ConfigurationWritten(Item("SendLocalListMaxLength", "48"), RebootRequired: false),
    ];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void An_old_answer_says_the_limits_that_its_keys_meant(Outcome outcome)
    {
        var stored = new StationAnswered(Cp1, "r-1", new StationAnswer(RequestState.Accepted, Outcome: outcome), false, Noon);

        var state = ChargePoint.Apply(ChargePoint.Initial, Again(stored));

        Assert.Equal(48, state.Number(ChargerLimit.LocalListTokensAtOnce));
        Assert.Single(state.Configuration, item => item.Limit is not null);
    }

    [Fact]
    public void What_names_its_limits_itself_is_left_as_it_is()
    {
        var state = Again(ChargePoint.Initial with
        {
            Configuration = [ConfigurationItem.Of("SmartChargingCtrlr.ProfileStackLevel", "3", limit: ChargerLimit.StackLevel)],
        });

        Assert.Equal(3, state.Number(ChargerLimit.StackLevel));
    }

    private static ConfigurationItem Item(string key, string value) => ConfigurationItem.Of(key, value);

    private static T Again<T>(T stored)
        where T : notnull =>
        Assert.IsType<T>(JournalFormat.Read(JournalFormat.ManifestOf(stored), JournalFormat.Write(stored)));
}
