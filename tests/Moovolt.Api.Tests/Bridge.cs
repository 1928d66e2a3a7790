using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Cluster;
using Moovolt.Cluster.Joining;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>The bridge over real sockets, before a world in memory, a real journal, and a real read model.</summary>
public sealed class Bridge : IAsyncLifetime, IDisposable
{
    public const string Key = "correct-horse-battery-staple";

    private const string Hocon = """
        akka { loglevel = ERROR, actor.provider = cluster, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 } }
        """;

    private readonly CancellationTokenSource _stop = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("moovolt-api-").FullName;
    private DataDirectory? _data;
    private ActorSystem? _system;
    private WebApplication? _app;
    private Task _projecting = Task.CompletedTask;
    private CancellationTokenSource _projector = new();

    internal World World { get; private set; } = null!; // the fixture is used after it has been initialized

    internal Entities Entities { get; private set; } = null!; // as above

    internal static readonly QuirkProfiles Quirks = new(7, [
        new("acme", "Acme*", null, null, Tolerances.LooseSchema, TimeZoneInfo.Utc, "a test"),
        new("silent", null, null, null, Tolerances.NoPings | Tolerances.AssumeOcpp16, TimeZoneInfo.Utc, "a test"),
    ]);

    internal JournalPulse Pulse { get; } = new();

    internal Stores Stores => World.Stores;

    internal Credentials Credentials => _app!.Services.GetRequiredService<Credentials>();

    public Uri Address => new(_app!.Urls.Single());

    public async Task InitializeAsync()
    {
        _data = DataDirectory.Open(_directory);
        var stores = Stores.OnSqlite(_data);
        await new Migrations(stores, NullLogger<Migrations>.Instance).RunAsync(_stop.Token);
        var projector = new Projector(stores, TimeProvider.System, NullLogger<Projector>.Instance);
        _projecting = projector.RunAsync(_projector.Token);

        _system = ActorSystem.Create("api", ConfigurationFactory.ParseString(Hocon));
        var cluster = Akka.Cluster.Cluster.Get(_system);
        await cluster.JoinAsync(cluster.SelfAddress, _stop.Token);
        World = new World(stores, projector) { Stats = () => Stats(cluster.SelfAddress) };
        var world = _system.ActorOf(Props.Create(() => new WorldActor(World)));
        Entities = new Entities(world, world, world);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(stores);
        builder.Services.AddSingleton(Pulse);
        builder.Services.AddSingleton(Quirks);
        builder.Services.AddSingleton(Entities);
        builder.Services.AddSingleton(new ClusterView(_system, Entities));
        var book = new ClusterBook(null);
        builder.Services.AddSingleton(book);
        builder.Services.AddSingleton(new SplitWatch(_system, book, NullLogger<SplitWatch>.Instance));
        builder.Services.AddMoovoltApi(new ApiSettings(OperatorKeys.Parse($"ana:{Key}, bare-key-of-a-program"))
        {
            StreamHeartbeat = TimeSpan.FromSeconds(1),
            MostStreams = 5,
        });
        _app = builder.Build();
        _app.MapMoovoltApi();
        await _app.StartAsync(_stop.Token);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_system is not null) await _system.Terminate();
        await _stop.CancelAsync();
        await _projector.CancelAsync();
        await _projecting.ContinueWith(_ => { }, TaskScheduler.Default);
        if (World is not null) await World.Stores.DisposeAsync();
        _data?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _projector.Dispose();
    }

    /// <summary>Until it is disposed the tables stay as they are, whatever is stored.</summary>
    internal async Task<IAsyncDisposable> Behind()
    {
        await _projector.CancelAsync();
        await _projecting.ContinueWith(_ => { }, TaskScheduler.Default);
        return new Standstill(this);
    }

    private sealed class Standstill(Bridge bridge) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            bridge._projector.Dispose();
            bridge._projector = new CancellationTokenSource();
            bridge._projecting = bridge.World.Projector.RunAsync(bridge._projector.Token);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A client without a key.</summary>
    public HttpClient Stranger() => new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>A client with Ana's key.</summary>
    public HttpClient Operator(string key = Key)
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A charger that is registered, connected, booted and accepted; it answers as told, or not at all.</summary>
    /// <param name="shown">Whether to wait until the tables show it.</param>
    internal async Task<ChargePointId> Online(
        string id,
        Func<CallStation, StationAnswer?>? answers = null,
        string protocol = "ocpp1.6",
        bool shown = true)
    {
        var chargePoint = new ChargePointId(id);
        if (answers is not null) World.Chargers[id] = answers;
        await Ask(new RegisterChargePoint(
            chargePoint, null, 0, 0, Registration.Accepted, Domain.Tokens.UnknownTokens.Accept, "test", DateTimeOffset.UtcNow));
        var open = await Ask(new OpenSession(
            chargePoint, Guid.NewGuid().ToString(), 0, protocol, Akka.Cluster.Cluster.Get(_system!).SelfAddress.ToString(),
            Akka.Cluster.Cluster.Get(_system!).SelfUniqueAddress.Uid, "192.0.2.1", 0, DateTimeOffset.UtcNow));
        await Ask(new ReportBoot(
            chargePoint, ((SessionOpen)open).Epoch, new BootDetails("Vendor", "Model"), DateTimeOffset.UtcNow));
        if (shown) await Shown($"charge-point/{id}");
        return chargePoint;
    }

    internal Task<Reply> Ask(Command command) => Entities.Ask(command, CancellationToken.None);

    /// <summary>Waits until the tables show what is stored.</summary>
    internal async Task Shown(string persistenceId) => Assert.True(
        await new Freshness(Stores, TimeProvider.System).WaitForAsync(persistenceId, TimeSpan.FromSeconds(10), CancellationToken.None));

    internal static StationAnswer Willing(CallStation _) => new(RequestState.Accepted, """{"status":"Accepted"}""");

    private static ClusterShardingStats Stats(Address self) => new(
        new Dictionary<Address, ShardRegionStats>
        {
            [self] = new ShardRegionStats(new Dictionary<string, int> { ["1"] = 2, ["2"] = 1 }.ToImmutableDictionary(), []),
        }.ToImmutableDictionary());
}

/// <summary>What the bridge said.</summary>
internal sealed record Said(int Status, JsonNode? Body, HttpResponseMessage Response)
{
    public JsonNode? this[string member] => Body?[member];

    public string Text(string member) => Body![member]!.GetValue<string>();
}

internal static class Speaking
{
    public static Task<Said> Get(this HttpClient client, string path) => client.Say(HttpMethod.Get, path);

    public static Task<Said> Put(this HttpClient client, string path, object body, params (string Name, string Value)[] headers) =>
        client.Say(HttpMethod.Put, path, body, headers);

    public static Task<Said> Post(this HttpClient client, string path, object? body = null, params (string Name, string Value)[] headers) =>
        client.Say(HttpMethod.Post, path, body, headers);

    public static Task<Said> Delete(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.Say(HttpMethod.Delete, path, null, headers);

    private static async Task<Said> Say(
        this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path.StartsWith('/') ? path : $"/api/v1/{path}", UriKind.Relative));
        if (body is string text) request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        else if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));

        var response = await client.SendAsync(request);
        var said = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Said((int)response.StatusCode, isJson ? JsonNode.Parse(said) : null, response);
    }
}
