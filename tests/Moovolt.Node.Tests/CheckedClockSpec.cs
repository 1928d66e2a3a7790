using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.Node.Tests;

/// <summary>What time it is at a node whose machine says one thing and whose database another.</summary>
public sealed class CheckedClockSpec
{
    private static readonly DateTimeOffset Truth = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Machine _machine = new(new FakeTimeProvider(Truth));
    private readonly JournalPulse _pulse = new();
    private readonly Warnings _log = new();
    private readonly CheckedClock _clock;

    public CheckedClockSpec() => _clock = new CheckedClock(_machine, _pulse, _log);

    [Fact]
    public void By_itself_it_is_the_machines_and_nothing_is_wrong()
    {
        _machine.Wrong = TimeSpan.FromHours(1);
        _clock.IsAlone();

        Assert.Equal(Truth + TimeSpan.FromHours(1), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.Skew);
        Assert.True(_clock.Known.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(1.9)]
    [InlineData(-1.9)]
    public async Task A_clock_that_is_hardly_off_is_believed(double seconds)
    {
        await Apart(seconds);

        Assert.Equal(Truth + TimeSpan.FromSeconds(seconds), _clock.GetUtcNow());
        Assert.Equal(seconds, _clock.Skew.TotalSeconds, 3);
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData(300, "300.0 s ahead of the database's")]
    [InlineData(-3600, "3600.0 s behind the database's")]
    [InlineData(2.1, "2.1 s ahead of")]
    public async Task A_clock_that_is_wrong_is_corrected_and_shown_and_said_once(double seconds, string said)
    {
        await Apart(seconds);
        await Apart(seconds);

        Assert.Equal(Truth, _clock.GetUtcNow());
        Assert.Equal(seconds, _clock.Skew.TotalSeconds, 3);
        Assert.Equal(seconds, _pulse.ClockSkew.TotalSeconds, 3);
        Assert.Contains(said, Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_two_looks_time_goes_on_and_a_clock_that_jumps_is_found_out_at_once()
    {
        await Apart(0);
        _machine.Clock.Advance(TimeSpan.FromSeconds(1));
        _machine.Wrong = TimeSpan.FromHours(-1);

        Assert.Equal(Truth + TimeSpan.FromSeconds(1), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(-1), _clock.Skew);
    }

    [Fact]
    public async Task A_clock_at_the_edge_is_not_two_clocks_in_turn()
    {
        await Apart(2.1);
        await Apart(1.5);
        Assert.Equal(Truth, _clock.GetUtcNow());

        await Apart(0.5);
        Assert.Equal(Truth + TimeSpan.FromSeconds(0.5), _clock.GetUtcNow());
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task The_answer_that_came_soonest_counts()
    {
        Queue<double> ways = new([0.4, 0.01, 0.3]);
        await _clock.CheckAsync(() => Answer(wayBack: TimeSpan.FromSeconds(ways.Dequeue())));

        Assert.Equal(0.005, _clock.Skew.TotalSeconds, 3); // half of its way: it took all of it to come back
    }

    [Fact]
    public async Task Answers_that_take_long_say_nothing()
    {
        await _clock.CheckAsync(() => Answer(wayBack: TimeSpan.FromSeconds(5)));

        Assert.Equal(TimeSpan.Zero, _clock.Skew);
        Assert.False(_clock.Known.IsCompleted);
    }

    private Task Apart(double seconds)
    {
        _machine.Wrong = TimeSpan.FromSeconds(seconds);
        return _clock.CheckAsync(() => Answer(wayBack: TimeSpan.Zero));
    }

    private Task<DateTimeOffset> Answer(TimeSpan wayBack)
    {
        var said = _machine.Clock.GetUtcNow();
        _machine.Clock.Advance(wayBack);
        return Task.FromResult(said);
    }

    /// <summary>A machine whose stopwatch is right and whose time of day need not be.</summary>
    private sealed class Machine(FakeTimeProvider clock) : TimeProvider
    {
        public FakeTimeProvider Clock => clock;

        public TimeSpan Wrong { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Wrong;

        public override long GetTimestamp() => clock.GetTimestamp();
    }

    private sealed class Warnings : ILogger<CheckedClock>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning) Lines.Add(formatter(state, exception));
        }
    }
}
