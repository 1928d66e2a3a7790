using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using Akka.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Cluster;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.Node.Tests;

/// <summary>A whole node without HTTP, on SQLite.</summary>
public sealed class NodeLifeSpec : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _directory = Directory.CreateTempSubdirectory("moovolt-life-").FullName;
    private readonly BrittleClock _clock = new();
    private readonly CriticalLines _log = new();

    [Fact]
    public async Task A_background_loop_that_fails_stops_the_node_and_says_why()
    {
        var code = await LiveAsync(onServing: _ => _clock.Break());

        Assert.Equal(70, code);
        Assert.Contains(_log.Lines, line => line.Contains("A loop of this node has failed", StringComparison.Ordinal)
            && line.Contains(BrittleClock.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_ends_its_loops_and_complains_of_nothing()
    {
        var code = await LiveAsync(onServing: lifetime => lifetime.StopApplication());

        Assert.Equal(0, code);
        Assert.Empty(_log.Lines);
    }

    // It was there when it was waited for, and then no file is left to open: the socket says so, and no driver.
    [Fact]
    public async Task A_node_whose_database_goes_away_while_it_starts_ends_with_a_sentence()
    {
        var code = await LiveAsync(onServing: _ => { }, with: stores => stores with { Journal = new Vanishing(stores.Journal) });

        Assert.Equal(70, code);
        Assert.StartsWith(new SocketException((int)SocketError.TooManyOpenSockets).Message, Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _log.Lines.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_says_how_long_the_journal_took_to_store()
    {
        var pulse = new JournalPulse();
        Assert.Null(pulse.Latency);
        await LiveAsync(
            onServing: lifetime => _ = Task.Run(async () =>
            {
                while (pulse.Latency is null && !lifetime.ApplicationStopping.IsCancellationRequested) await Task.Delay(20);
                lifetime.StopApplication();
            }),
            pulse);

        Assert.True(pulse.Latency > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_node_whose_clock_is_far_from_the_databases_is_not_ready_and_says_why()
    {
        List<string> before = [], after = [];
        await LiveAsync(onServing: async (lifetime, rooms) =>
        {
            var (clock, readiness) = (rooms.GetRequiredService<CheckedClock>(), rooms.GetRequiredService<Readiness>());
            before.AddRange(readiness.Obstacles());
            await clock.CheckAsync(() => Task.FromResult(DateTimeOffset.UtcNow - TimeSpan.FromSeconds(300)));
            after.AddRange(readiness.Obstacles());
            lifetime.StopApplication();
        });

        Assert.Empty(before);
        Assert.Contains("clock is 300.0 s ahead of the database's", Assert.Single(after), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<int> LiveAsync(
        Action<ApplicationLifetime> onServing, JournalPulse? pulse = null, Func<Stores, Stores>? with = null) =>
        LiveAsync(
            (lifetime, _) =>
            {
                onServing(lifetime);
                return Task.CompletedTask;
            },
            pulse,
            with);

    private async Task<int> LiveAsync(
        Func<ApplicationLifetime, IServiceProvider, Task> onServing,
        JournalPulse? pulse = null,
        Func<Stores, Stores>? with = null)
    {
        var settings = NodeSettings.FromEnvironment(name => name switch
        {
            "MOOVOLT_DATA" => _directory,
            "MOOVOLT_ROLES" => "entities",
            _ => null,
        });
        using var data = DataDirectory.Open(_directory);
        await using var made = Stores.OnSqlite(data);
        var stores = with?.Invoke(made) ?? made;
        var config = ConfigurationFactory.ParseString("moovolt.node.journal-probe-interval = 50ms")
            .WithFallback(NodeConfig.Build(settings, $"Data Source={data.JournalFile}"));

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_log));
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        services.AddSingleton<IHostApplicationLifetime>(lifetime);
        Rooms.Add(services, settings, stores, config);
        services.AddSingleton(provider => new JournalProbe(
            stores, provider.GetRequiredService<JournalLoad>(), pulse ?? new JournalPulse(),
            provider.GetRequiredService<CheckedClock>(), settings, config, _clock,
            NullLogger<JournalProbe>.Instance));
        await using var rooms = services.BuildServiceProvider();

        var life = rooms.GetRequiredService<NodeLife>();
        var served = Task.CompletedTask;
        await life.LiveAsync(lifetime, () => served = onServing(lifetime, rooms), demoChargers: 0).WaitAsync(Patience);
        await served;
        return life.ExitCode;
    }

    /// <summary>A clock that works until it is broken: a defect that no loop foresees.</summary>
    private sealed class BrittleClock : TimeProvider
    {
        public const string Reason = "the clock is broken";

        private volatile bool _broken;

        public void Break() => _broken = true;

        public override long GetTimestamp() => _broken ? throw new InvalidOperationException(Reason) : base.GetTimestamp();
    }

    /// <summary>A database that is reached once, and then not any more.</summary>
    private sealed class Vanishing(Database inner) : Database
    {
        private int _opened;

        public override SqlDialect Dialect => inner.Dialect;

        public override string Name => inner.Name;

        public override ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) => _opened++ == 0
            ? inner.OpenAsync(cancellation)
            : ValueTask.FromException<DbConnection>(new SocketException((int)SocketError.TooManyOpenSockets));

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class CriticalLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) _lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
