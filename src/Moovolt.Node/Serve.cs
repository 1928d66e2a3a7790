using Akka.Actor;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Moovolt.Api;
using Moovolt.Gateway;
using Moovolt.Gateway.Listeners;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node;

/// <summary>
/// A node that serves. HTTP is there at once, so that probes can ask; chargers and operators are let in when the
/// cluster is joined and there is something to serve.
/// </summary>
internal static class Serve
{
    /// <summary>More connections than the default 512 may wait to be accepted: in a storm of reconnects each one refused costs whole seconds.</summary>
    private const int ListenBacklog = 8192;

    /// <returns>The exit code: 0 after a drain, else why the cluster gave this node up.</returns>
    public static async Task<int> RunAsync(NodeSettings settings, int demoChargers, CancellationToken cancellation)
    {
        using var directory = settings.Database is null ? DataDirectory.Open(settings.DataDirectory) : null;
        await using var stores = directory is null
            ? Stores.OnPostgres(settings.Database ?? "")
            : Stores.OnSqlite(directory);
        var journal = settings.Database is { } database
            ? PostgresDatabase.Complete(database)
            : $"Data Source={directory?.JournalFile}";
        var (keys, keyFile) = OperatorKey.Find(settings);

        await using var app = Build(settings, stores, NodeConfig.Build(settings, journal), keys);
        var life = app.Services.GetRequiredService<NodeLife>();
        var listening = app.Services.GetService<GatewaySettings>()?.Listening;
        using var asked = cancellation.Register(app.Lifetime.StopApplication);

        await app.StartAsync(CancellationToken.None);
        await life.LiveAsync(app.Lifetime, () => Greeting.Print(app.Urls, listening, settings, keys, keyFile), demoChargers);
        await app.StopAsync(CancellationToken.None);
        return life.ExitCode;
    }

    private static WebApplication Build(
        NodeSettings settings, Stores stores, Akka.Configuration.Config config, string keys)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ConfigureHttp(builder, settings, GatewaySettings.From(config));
        ConfigureLog(builder.Logging);
        Telemetry.AddMetrics(builder.Services);
        Rooms.Add(builder.Services, settings, stores, config);
        if (settings.Has("api")) builder.Services.AddMoovoltApi(new ApiSettings(OperatorKeys.Parse(keys)));

        var app = builder.Build();
        Rooms.Map(app, settings);
        return app;
    }

    private static void ConfigureHttp(WebApplicationBuilder builder, NodeSettings settings, GatewaySettings limits)
    {
        builder.WebHost.UseSockets(sockets => sockets.Backlog = ListenBacklog);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.LimitHandshakes(limits);
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            foreach (var url in settings.Addresses) kestrel.ListenAt(url, _ => { });
            kestrel.ApplicationServices.GetService<ChargerListeners>()?.Listen(kestrel);
        });
        // What is left to stop when the node has drained: a few requests.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    private static void ConfigureLog(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Akka", LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
    }
}
