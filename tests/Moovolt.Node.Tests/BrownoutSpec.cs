using Akka.Configuration;
using Microsoft.Extensions.Time.Testing;
using Moovolt.Cluster;
using Moovolt.Gateway;
using Xunit;

namespace Moovolt.Node.Tests;

/// <summary>When a node is in trouble, and when it is over it.</summary>
public sealed class BrownoutSpec
{
    private const int Most = 1_000;

    private static readonly BrownoutSettings Settings = BrownoutSettings.From(Hocon());

    private static readonly JournalReading Quiet = new([], 0, TimeSpan.Zero, null, 0, TimeSpan.Zero, null);

    private readonly FakeTimeProvider _clock = new();
    private readonly Brownout _brownout;

    public BrownoutSpec() => _brownout = new Brownout(Settings, Most, _clock);

    [Fact]
    public void A_quiet_node_is_green_by_its_probe_alone()
    {
        for (var second = 0; second < 60; second += 2)
        {
            _brownout.Probed(Ms(5));
            Assert.Equal(Strain.Green, After(2, Quiet));
        }
    }

    [Fact]
    public void Nothing_stored_for_five_seconds_is_red_and_a_commit_alone_is_enough_against_it()
    {
        _brownout.Probed(Ms(5));
        Assert.Equal(Strain.Green, After(4.9, Quiet));
        var red = Judge(0.2, Quiet);
        Assert.Equal((Strain.Red, "Nothing could be stored for 5.1 s."), (red.Strain, red.Because));

        Assert.Equal(Strain.Yellow, After(1, Quiet with { SinceStored = Ms(100) }));
        Assert.Equal(Strain.Green, After(60, Quiet with { SinceStored = Ms(100) }));
    }

    [Fact]
    public void While_entities_store_a_probe_that_fails_is_yellow_and_no_more()
    {
        _brownout.ProbeFailed("no connection is free");
        var yellow = Judge(30, Quiet with { SinceStored = Ms(10), Commits = [Ms(10)] });
        Assert.Equal(Strain.Yellow, yellow.Strain);
        Assert.Contains("no connection is free", yellow.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void One_slow_probe_is_a_hiccup_and_turns_nobody_away()
    {
        _brownout.Probed(Ms(4_000));
        Assert.Equal(Strain.Green, After(2, Quiet));
        Assert.Equal(Strain.Green, After(2, Quiet with { Waiting = 1, OldestWaits = Ms(4_000) }));
    }

    [Fact]
    public void One_commit_in_a_hundred_may_be_slow_and_two_are_yellow()
    {
        Assert.Equal(Strain.Green, After(0.1, Commits(slow: 4, quick: 396)));
        Assert.Equal(Strain.Yellow, After(0.1, Commits(slow: 4, quick: 196)));
    }

    [Fact]
    public void Two_slow_commits_are_a_hiccup_however_few_there_are_and_three_are_yellow()
    {
        Assert.Equal(Strain.Green, After(0.1, Commits(slow: 2, quick: 0)));
        Assert.Equal(Strain.Yellow, After(0.1, Commits(slow: 3, quick: 0)));
    }

    [Fact]
    public void Writes_that_do_not_come_back_are_yellow_after_two_seconds_unless_others_do()
    {
        Assert.Equal(Strain.Green, After(0.1, Quiet with { Waiting = 3, OldestWaits = Ms(2_000) }));
        Assert.Equal(Strain.Green, After(0.1, Quiet with { Waiting = 3, OldestWaits = Ms(2_100), SinceStored = Ms(100) }));
        Assert.Equal(Strain.Yellow, After(0.1, Quiet with { Waiting = 3, OldestWaits = Ms(2_100), SinceStored = Ms(2_100) }));
    }

    [Fact]
    public void More_than_seven_tenths_of_the_bound_under_way_is_yellow()
    {
        Assert.Equal(Strain.Green, After(0.1, Quiet with { Waiting = 700 }));
        var yellow = Judge(0.1, Quiet with { Waiting = 701 });
        Assert.Equal((Strain.Yellow, "701 writes are under way, of 1000 at most."), (yellow.Strain, yellow.Because));
    }

    [Fact]
    public void Writes_that_are_all_held_up_are_red_though_the_probe_comes_back_and_one_alone_is_not()
    {
        var held = Quiet with { OldestWaits = Ms(5_000), SinceStored = Ms(6_000) };
        _brownout.Probed(Ms(5));
        Assert.Equal(Strain.Green, After(1, held with { Waiting = 1 }));
        Assert.Equal(Strain.Green, After(1, held with { Waiting = 2, SinceStored = Ms(300) }));
        Assert.Equal(Strain.Red, After(1, held with { Waiting = 2 }));
    }

    [Fact]
    public void Writes_of_several_entities_that_fail_are_red_and_one_poisoned_entity_is_not()
    {
        var failing = Quiet with { Sufferers = JournalLoad.SufferersCounted, FailingFor = Ms(5_000), SinceFailed = Ms(0) };
        _brownout.Probed(Ms(5));
        Assert.Equal(Strain.Green, After(1, failing with { Sufferers = 1, FailingFor = TimeSpan.FromHours(1) }));
        Assert.Equal(Strain.Green, After(1, failing with { FailingFor = Ms(4_900) }));
        Assert.Equal(Strain.Red, After(1, failing));
    }

    [Fact]
    public void Writes_that_failed_in_an_outage_say_nothing_once_the_probe_stores_again()
    {
        var failed = Quiet with { Sufferers = JournalLoad.SufferersCounted, FailingFor = Ms(60_000), SinceFailed = Ms(10_000) };
        Assert.Equal(Strain.Red, After(6, failed));
        _brownout.Probed(Ms(5));
        Assert.Equal(Strain.Yellow, After(0.25, failed));
    }

    [Fact]
    public void After_an_outage_it_is_yellow_at_once_and_green_after_a_calm()
    {
        After(6, Quiet);
        _brownout.Probed(Ms(5));
        Assert.Equal([Strain.Yellow, Strain.Yellow, Strain.Green, Strain.Green], Seconds(4, _ => Quiet));
    }

    [Fact]
    public void Trouble_that_comes_and_goes_does_not_make_it_flap()
    {
        _brownout.Probed(Ms(5));
        Assert.Equal(Strain.Yellow, After(0.1, Commits(slow: 4, quick: 0)));
        var states = Seconds(20, second =>
        {
            _brownout.Probed(Ms(5));
            return second % 2 == 0 ? Commits(slow: 4, quick: 0) : Quiet;
        });
        Assert.All(states, state => Assert.Equal(Strain.Yellow, state));
    }

    [Fact]
    public void Since_when_and_why_is_what_it_was_when_the_state_began()
    {
        After(6, Quiet);
        var red = _brownout.Now;
        After(60, Quiet);
        Assert.Same(red, _brownout.Now);
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromSeconds(60), red.Since);
    }

    [Theory]
    [InlineData("moovolt.brownout.full-at = 1.5", "full-at")]
    [InlineData("moovolt.brownout.slow = 5s", "slow")]
    public void Settings_that_contradict_each_other_are_refused_with_a_sentence(string wrong, string named)
    {
        var refused = Assert.Throws<SettingException>(
            () => BrownoutSettings.From(ConfigurationFactory.ParseString(wrong).WithFallback(Hocon())));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private static Config Hocon() => ConfigurationFactory.ParseString(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", "node.conf")));

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static JournalReading Commits(int slow, int quick) => Quiet with
    {
        Commits = [.. Enumerable.Repeat(Ms(2_500), slow), .. Enumerable.Repeat(Ms(5), quick)],
        SinceStored = Ms(1),
    };

    private Strain[] Seconds(int many, Func<int, JournalReading> reading) =>
        [.. Enumerable.Range(0, many).Select(second => After(1, reading(second)))];

    private Strain After(double seconds, JournalReading reading) => Judge(seconds, reading).Strain;

    private Judgement Judge(double seconds, JournalReading reading)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return _brownout.Judge(reading);
    }
}
