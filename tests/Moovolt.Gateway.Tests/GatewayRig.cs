using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Domain;
using Moovolt.Gateway.Listeners;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Attempts;
using Moovolt.ReadModel.Deviations;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Messages;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.Gateway.Tests;

/// <summary>A gateway behind a real Kestrel, with a real read model on SQLite; only the entities are played.</summary>
internal sealed class GatewayRig : IAsyncDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    private readonly string directory = Directory.CreateTempSubdirectory("moovolt-gateway-").FullName;
    private readonly CancellationTokenSource stopping = new();
    private readonly SqliteDatabase database;
    private readonly ActorSystem system;
    private readonly WebApplication app;
    private readonly ChargerListeners listeners;
    private Task observing = Task.CompletedTask;
    private Task renewing = Task.CompletedTask;

    private GatewayRig(string overrides, QuirkProfiles quirks)
    {
        database = new SqliteDatabase(Path.Combine(directory, "read-model.db"));
        system = ActorSystem.Create("gateway-spec", "akka { loglevel = WARNING, stdout-loglevel = WARNING }");
        Entities = new FakeEntities(system);
        Doors = new FailingDatabase(database);
        Credentials = new Credentials(Doors, TimeProvider.System);
        var limits = ObservationLimits.Usual with { Pause = TimeSpan.FromMilliseconds(10), SeenEvery = Often, DeviationsEvery = Often };
        Observations = new Observations(database, limits, TimeProvider.System, NullLogger<Observations>.Instance);
        Vendors = new VendorBook(new VendorTable(database, TimeProvider.System), TimeProvider.System, NullLogger<VendorBook>.Instance);
        var logging = LoggerFactory.Create(logs => logs.AddProvider(Logs).SetMinimumLevel(LogLevel.Debug));
        var settings = SettingsFrom(overrides);
        Gateway = new ChargerGateway(
            system, new GatewayMember("akka://moovolt@here:1", 7), settings, quirks, Entities.Door, Credentials,
            Observations, Vendors, TimeProvider.System, logging.CreateLogger<ChargerGateway>());

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Logs);
        listeners = new ChargerListeners(
            settings, Gateway, Observations, TimeProvider.System, logging.CreateLogger<ChargerListeners>());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.LimitHandshakes(settings);
            kestrel.ListenAt(new Uri("http://127.0.0.1:0"), _ => { });
            listeners.Listen(kestrel);
        });
        app = builder.Build();
        Limits = new LimitCounter(Gateway.Metrics, app.Services.GetRequiredService<IMeterFactory>());
        app.KeepOperatorsOut();
        app.MapGateway(Gateway);
        app.Run(context => context.Response.WriteAsync("for operators"));
    }

    public ChargerGateway Gateway { get; }
    public FakeEntities Entities { get; }
    public Credentials Credentials { get; }

    /// <summary>Where the credentials are.</summary>
    public FailingDatabase Doors { get; }

    public Observations Observations { get; }
    public VendorBook Vendors { get; }
    public VendorTable VendorTable => new(database, TimeProvider.System);
    public LimitCounter Limits { get; }
    public LogLines Logs { get; } = new();
    public int Port { get; private set; }

    /// <summary>Of the only listener without TLS that is for chargers.</summary>
    public int PlainPort { get; private set; }

    /// <summary>Of the only TLS listener, or the first one by name.</summary>
    public int TlsPort { get; private set; }

    /// <param name="overrides">What differs from hocon/gateway.conf, below moovolt.gateway.</param>
    /// <param name="quirks">The profiles of this gateway; null for none.</param>
    public static async Task<GatewayRig> StartAsync(string overrides = "dev = on", QuirkProfiles? quirks = null)
    {
        var rig = new GatewayRig(overrides, quirks ?? QuirkProfiles.Nobody);
        var stores = new Stores(new SqliteDatabase(Path.Combine(rig.directory, "journal.db")), rig.database);
        await new Migrations(stores, NullLogger<Migrations>.Instance).RunAsync(CancellationToken.None);
        rig.observing = rig.Observations.RunAsync(rig.stopping.Token);
        rig.renewing = rig.listeners.RunAsync(rig.stopping.Token);
        await rig.app.StartAsync();
        var address = rig.app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        var ports = address.Addresses.Select(each => new Uri(each)).ToLookup(each => each.Scheme, each => each.Port);
        (rig.Port, rig.PlainPort, rig.TlsPort) =
            (ports["http"].First(), ports["http"].Skip(1).FirstOrDefault(), ports["https"].FirstOrDefault());
        return rig;
    }

    public static GatewaySettings SettingsFrom(string overrides) => GatewaySettings.From(
        ConfigurationFactory.ParseString($"moovolt.gateway {{ {overrides} }}")
            .WithFallback(ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "gateway.conf")))));

    /// <summary>A charger that is in, over OCPP 1.6.</summary>
    public async Task<RawCharger> ConnectAsync(string identity = "CP1")
    {
        var charger = await RawCharger.ConnectAsync(Port, $"/ocpp/{identity}");
        return charger.Status == 101 ? charger : throw new InvalidOperationException($"{charger.Status} {charger.Body}");
    }

    public Task<Credential> RegisterAsync(string identity, int profile, byte[]? password) =>
        Credentials.PutAsync(new ChargePointId(identity), profile, password is null ? null : (ReadOnlyMemory<byte>?)password, default);

    /// <summary>The latest failed handshakes, as soon as there are so many.</summary>
    public async Task<IReadOnlyList<AttemptRow>> AttemptsAsync(int atLeast = 1) =>
        await UntilAsync<AttemptRow>(atLeast, async () => (await new AttemptTable(database).ListAsync(null, 100, null, default)).Items);

    /// <summary>Until so many failed handshakes are counted, on however many rows.</summary>
    public Task CountedAsync(int attempts) => UntilAsync<AttemptRow>(1, async () =>
    {
        var rows = await AttemptsAsync();
        return rows.Sum(row => row.Count) >= attempts ? rows : [];
    });

    /// <summary>The frames of a charger that were kept, as soon as there are so many.</summary>
    public async Task<IReadOnlyList<MessageRow>> MessagesAsync(string identity, int atLeast) =>
        await UntilAsync<MessageRow>(atLeast, async () => (await new MessageTable(database).ListAsync(new ChargePointId(identity), 100, null, default)).Items);

    /// <summary>What a charger did not keep to, as soon as there are so many rules.</summary>
    public async Task<IReadOnlyList<DeviationRow>> DeviationsAsync(string identity, int atLeast = 1) =>
        await UntilAsync<DeviationRow>(
            atLeast, async () => await new DeviationTable(database).ListAsync(new ChargePointId(identity), default));

    /// <summary>What a charger was registered as, and said of itself, the last time.</summary>
    public async Task IntroduceAsync(
        string identity, bool strict = false, string? profile = null, string? vendor = null, string? serial = null)
    {
        await using var connection = await database.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "insert into charge_points (id, version, strict, quirk_profile, vendor, serial_number) values ($1, 1, $2, $3, $4, $5)";
        object?[] values = [identity, strict, profile, vendor, serial];
        for (var i = 0; i < values.Length; i++)
            command.Parameters.Add(new SqliteParameter($"${i + 1}", values[i] ?? DBNull.Value));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Nobody can be looked up any more.</summary>
    public async Task BreakCredentialsAsync()
    {
        await using var connection = await database.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = "alter table credentials rename column hash to gone";
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await observing;
        await renewing.ContinueWith(_ => { }, TaskScheduler.Default);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Gateway.DrainAsync(100_000, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(8));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
        await system.Terminate();
        Gateway.Dispose();
        Limits.Dispose();
        await database.DisposeAsync();
        stopping.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<IReadOnlyList<T>> UntilAsync<T>(int atLeast, Func<Task<IReadOnlyList<T>>> read)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if (await read() is var rows && rows.Count >= atLeast) return rows;
            await Task.Delay(20);
        }

        throw new TimeoutException($"There were never {atLeast} {typeof(T).Name}.");
    }
}

/// <summary>Everything that was logged, with its exceptions.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    /// <summary>Lines that an operator would see: exceptions in full.</summary>
    public IReadOnlyList<string> From(LogLevel level) => [.. lines.Where(line => line.Level >= level).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Writer(LogLines all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
    }
}
