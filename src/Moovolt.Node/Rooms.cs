using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Moovolt.Api;
using Moovolt.Cluster;
using Moovolt.Cluster.Joining;
using Moovolt.Cluster.Moving;
using Moovolt.Cluster.Oldest;
using Moovolt.Gateway;
using Moovolt.Gateway.Listeners;
using Moovolt.Node.Care;
using Moovolt.Node.Inquiries;
using Moovolt.Node.Signing;
using Moovolt.ReadModel.Certificates;
using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Clock;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.LocalLists;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Tokens;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.Node;

/// <summary>The rooms of this node, and how they are joined: the one place that knows them all.</summary>
internal static class Rooms
{
    /// <summary>How many overdue rows the clock reads at once; it asks for the next ones by the last of these.</summary>
    private const int DueAtOnce = 1_000;

    public static void Add(IServiceCollection services, NodeSettings settings, Stores stores, Config config)
    {
        services.AddSingleton(provider => new CheckedClock(
            TimeProvider.System, provider.GetRequiredService<JournalPulse>(), provider.GetRequiredService<ILogger<CheckedClock>>()));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<CheckedClock>());
        services.AddSingleton(settings);
        services.AddSingleton(config);
        services.AddSingleton(QuirkFile.Read(config));
        services.AddSingleton(stores);

        services.AddSingleton(provider =>
        {
            AkkaLog.Factory = provider.GetRequiredService<ILoggerFactory>();
            return ActorSystem.Create("moovolt", config);
        });
        services.AddSingleton(provider => Regions.Start(provider.GetRequiredService<ActorSystem>(), settings.Has("entities")));
        services.AddSingleton<ClusterView>();

        services.AddSingleton<Migrations>();
        services.AddSingleton<Projector>();
        services.AddSingleton<Due>();
        services.AddSingleton<ReadModel.Clock.Presence>();
        services.AddSingleton<ReadModel.Storage.Database>(stores.ReadModel);

        if (settings.Has("gateway")) AddGateway(services, stores.Doors, config);
        if (settings.Has(OldestLoop.Role))
        {
            AddAuthority(services, settings, config);
            services.AddSingleton<TokenTable>();
            services.AddSingleton<LocalListTable>();
            services.AddSingleton<ListedTokens>();
            services.AddSingleton<ChangeTable>();
            services.AddSingleton<Lists.ListKeeper>();
        }

        services.AddSingleton<JournalPulse>();
        services.AddSingleton(provider => JournalLoad.Of(provider.GetRequiredService<ActorSystem>()));
        services.AddSingleton<JournalProbe>();
        services.AddSingleton<MemoryTrim>();
        services.AddSingleton<Readiness>();
        services.AddSingleton(new ClusterBook(settings.Database));
        services.AddSingleton<Moves>();
        services.AddSingleton<Moving>();
        services.AddSingleton<IHoldsChargers>(provider => provider.GetRequiredService<Moving>());
        services.AddSingleton<Duties>();
        services.AddSingleton<SplitWatch>();
        services.AddSingleton<NodeLife>();
    }

    public static void Map(WebApplication app, NodeSettings settings)
    {
        if (settings.Has("gateway"))
        {
            app.KeepOperatorsOut();
            app.MapGateway(app.Services.GetRequiredService<ChargerGateway>());
        }

        app.Services.GetRequiredService<Readiness>().Map(app);
        Telemetry.MapMetrics(app);
        if (settings.Has("api")) app.MapMoovoltApi();
    }

    /// <summary>
    /// What the oldest member with the role does for all: the read model, the clock, who is there,
    /// who signs, and whose lists are in step.
    /// </summary>
    public static void StartLoops(IServiceProvider rooms)
    {
        var system = rooms.GetRequiredService<ActorSystem>();
        var entities = rooms.GetRequiredService<Entities>();
        var clock = rooms.GetRequiredService<TimeProvider>();
        var projector = rooms.GetRequiredService<Projector>();
        var due = rooms.GetRequiredService<Due>();
        var presence = rooms.GetRequiredService<ReadModel.Clock.Presence>();

        ImmutableArray<Loop> loops =
        [
            new Loop("projector", projector.RunAsync),
            new Clock(
                entities,
                async (now, after, cancellation) =>
                [
                    .. (await due.ListAsync(
                            now,
                            DueAtOnce,
                            after is null ? null : new ReadModel.Clock.DueRow(after.At, after.Entity, after.Reason),
                            cancellation))
                        .Select(row => new Cluster.Oldest.DueRow(row.At, row.Entity, row.Reason)),
                ],
                clock,
                StopSettings.From(rooms.GetRequiredService<Config>()),
                StopSettings.ReportSilence(rooms.GetRequiredService<Config>())).Loop,
            new Cluster.Oldest.Presence(
                system,
                entities,
                async cancellation =>
                [
                    .. (await presence.HoldersAsync(cancellation)).Select(row => new Holder(row.Node, row.Incarnation)),
                ],
                async (gone, cancellation) =>
                [
                    .. (await presence.SessionsOfAsync(new SessionHolder(gone.Node, gone.Incarnation), cancellation))
                        .Select(row => new OnlineSession(row.ChargePoint, row.Epoch)),
                ],
                clock).Loop,
            rooms.GetRequiredService<Lists.ListKeeper>().Loop,
        ];
        if (rooms.GetService<SigningLoop>() is { } signing) loops = loops.Add(signing.Loop);
        OldestLoop.Start(system, projector.Wake, loops);
    }

    // Any member with the role may be the oldest one day, so each has it.
    private static void AddAuthority(IServiceCollection services, NodeSettings settings, Config config)
    {
        if (AuthoritySettings.From(config, settings) is not { } authority) return;
        services.AddSingleton(DevelopmentAuthority.Open(authority, TimeProvider.System.GetUtcNow()));
        services.AddSingleton<CertificateTable>();
        services.AddSingleton<ChargePointTable>();
        services.AddSingleton<SigningLoop>();
    }

    private static void AddGateway(
        IServiceCollection services, ReadModel.Storage.Database doors, Config config)
    {
        var gateway = GatewaySettings.From(config);
        var room = Room.Here(gateway);
        services.AddSingleton(room);
        services.AddSingleton(gateway with
        {
            MaxConnections = room.Chargers,
            Needs = SmartChargingSettings.From(config),
        });
        services.AddSingleton(ObservationLimits.Usual);
        services.AddSingleton(provider => new Observations(
            doors,
            provider.GetRequiredService<ObservationLimits>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Observations>>(),
            provider.GetRequiredService<GatewayMember>().Address));
        services.AddSingleton(provider => new Credentials(doors, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<VendorTable>();
        services.AddSingleton<VendorBook>();
        services.AddSingleton(provider =>
        {
            var self = Akka.Cluster.Cluster.Get(provider.GetRequiredService<ActorSystem>()).SelfUniqueAddress;
            return new GatewayMember(self.Address.ToString(), self.Uid);
        });
        var inquiries = InquirySettings.From(config);
        services.AddSingleton<IInquiries>(provider => new InquiryDesk(
            inquiries, provider.GetService<DevelopmentAuthority>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ChargerGateway>();
        services.AddSingleton<ChargerListeners>();
    }
}
