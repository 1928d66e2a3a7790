using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moovolt.Api.ChargePoints;
using Moovolt.Api.Commands;
using Moovolt.Api.Http;
using Moovolt.Api.Live;
using Moovolt.Api.Operations;
using Moovolt.Api.Tokens;
using Moovolt.Api.Transactions;
using Moovolt.Api.Vendors;
using Moovolt.Cluster;
using Moovolt.Cluster.Joining;
using Moovolt.Cluster.Moving;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Attempts;
using Moovolt.ReadModel.BatterySwaps;
using Moovolt.ReadModel.Certificates;
using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;
using Moovolt.ReadModel.Clock;
using Moovolt.ReadModel.Commands;
using Moovolt.ReadModel.CompositeSchedules;
using Moovolt.ReadModel.Configuration;
using Moovolt.ReadModel.DataTransfers;
using Moovolt.ReadModel.Deviations;
using Moovolt.ReadModel.DeviceModels;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.EventStreams;
using Moovolt.ReadModel.HeldThings;
using Moovolt.ReadModel.Idempotency;
using Moovolt.ReadModel.Inquiries;
using Moovolt.ReadModel.LocalLists;
using Moovolt.ReadModel.Messages;
using Moovolt.ReadModel.Notices;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.RefusedTokens;
using Moovolt.ReadModel.Reservations;
using Moovolt.ReadModel.ScheduleLimits;
using Moovolt.ReadModel.SecurityEvents;
using Moovolt.ReadModel.StationEvents;
using Moovolt.ReadModel.StationJobs;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Tokens;
using Moovolt.ReadModel.Transactions;
using Moovolt.ReadModel.Vendors;
using Scalar.AspNetCore;

namespace Moovolt.Api;

/// <summary>The HTTP bridge: where operators, and their programs, plug in. A node without the role api maps nothing.</summary>
public static class MoovoltApi
{
    /// <summary>An OCPP frame of the largest size that is accepted; nothing else that is sent here comes near it.</summary>
    private const int LargestBody = 1024 * 1024;

    /// <summary>
    /// What the bridge needs; <see cref="Entities"/>, <see cref="ClusterView"/>, <see cref="ClusterBook"/>,
    /// <see cref="SplitWatch"/>, <see cref="Stores"/> and <see cref="JournalPulse"/> are the program's to give, and so are <see cref="QuirkProfiles"/> when there are any.
    /// </summary>
    public static IServiceCollection AddMoovoltApi(this IServiceCollection services, ApiSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<Settling>();
        services.TryAddSingleton<Moves>();
        AddTables(services);
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // the door explains
        services.AddAuthentication(KeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, configureOptions: null);
        services.AddAuthorization();
        services.AddOpenApi("v1", OpenApiShape.Configure);
        return services;
    }

    /// <summary>Maps <c>/api/v1</c>, <c>/openapi/v1.json</c> and <c>/docs</c>.</summary>
    public static void MapMoovoltApi(this WebApplication app)
    {
        // Said here, or the framework puts both before all else, and each charger's socket keeps what they hold.
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWhen(IsOurs, ours => ours.UseMiddleware<ProblemDoor>().UseMiddleware<Idempotency>());
        app.UseWhen(IsPage, page => page.Use(KeepToOurselves));
        app.MapOpenApi();
        app.MapScalarApiReference("/docs", docs => docs
            .WithTitle("Moovolt").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp());

        var api = app.MapGroup("/api/v1")
            .RequireAuthorization()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status503ServiceUnavailable);
        MapChargePoints(api.MapGroup("").WithTags("Charge points"));
        MapCommands(api);
        MapTransactions(api.MapGroup("").WithTags("Transactions"));
        MapTokens(api.MapGroup("").WithTags("Tokens"));
        MapVendors(api.MapGroup("").WithTags("Vendors"));
        MapOperations(api.MapGroup("").WithTags("Operations"));
    }

    // The answers to questions, each from the one database; whoever registered one before keeps it.
    private static void AddTables(IServiceCollection services)
    {
        services.TryAddSingleton(provider => provider.GetRequiredService<Stores>().ReadModel);
        services.TryAddSingleton<ChargePointTable>();
        services.TryAddSingleton<TransactionTable>();
        services.TryAddSingleton<TokenTable>();
        services.TryAddSingleton<CommandTable>();
        services.TryAddSingleton<ConfigurationTable>();
        services.TryAddSingleton<LocalListTable>();
        services.TryAddSingleton<ListedTokens>();
        services.TryAddSingleton<ReservationTable>();
        services.TryAddSingleton<MessageTable>();
        services.TryAddSingleton<ChargingProfileTable>();
        services.TryAddSingleton<CompositeScheduleTable>();
        services.TryAddSingleton<DataTransferTable>();
        services.TryAddSingleton<VendorTable>();
        services.TryAddSingleton<DeviationTable>();
        services.TryAddSingleton(QuirkProfiles.Nobody);
        services.TryAddSingleton<AttemptTable>();
        services.TryAddSingleton<StationJobTable>();
        services.TryAddSingleton<SecurityEventTable>();
        services.TryAddSingleton<CertificateTable>();
        services.TryAddSingleton<DeviceModelTable>();
        services.TryAddSingleton<NoticeTable>();
        services.TryAddSingleton<RefusedTokenTable>();
        services.TryAddSingleton<EventStreamTable>();
        services.TryAddSingleton<BatterySwapTable>();
        services.TryAddSingleton<ScheduleLimitTable>();
        services.TryAddSingleton<InquiryTable>();
        services.TryAddSingleton<HeldThingTable>();
        services.TryAddSingleton<StationEventTable>();
        services.TryAddSingleton<ChangeTable>();
        services.TryAddSingleton<Credentials>();
        services.TryAddSingleton<Presence>();
        services.TryAddSingleton<Freshness>();
        services.TryAddSingleton<IdempotencyKeys>();
    }

    private static void MapChargePoints(IEndpointRouteBuilder api)
    {
        PutChargePoint.Map(api);
        GetChargePoint.Map(api);
        ListChargePoints.Map(api);
        RetireChargePoint.Map(api);
        ListMessages.Map(api);
        ListChargingProfiles.Map(api);
        ListCompositeSchedules.Map(api);
        ListDataTransfers.Map(api);
        GetCompliance.Map(api);
        ForgetCompliance.Map(api);
        ShowConfiguration.Map(api);
        ShowLocalList.Map(api);
        ListReservations.Map(api);
        ListStationJobs.Map(api);
        ListSecurityEvents.Map(api);
        GetCertificates.Map(api);
        ShowDeviceModel.Map(api);
        ListNotices.Map(api);
        ListRefusedTokens.Map(api);
        ListEventStreams.Map(api);
        ListBatterySwaps.Map(api);
        ListScheduleLimits.Map(api);
        ListInquiries.Map(api);
        ListHeldThings.Map(api);
        ListStationEvents.Map(api);
        ListHindrances.Map(api);
    }

    private static void MapCommands(IEndpointRouteBuilder api)
    {
        var asking = api.MapGroup("/charge-points/{id}").WithTags("Commands").Asks();
        CallCharger.Map(asking);

        var verbs = asking.MapGroup("/commands");
        StartCharging.Map(verbs);
        StopCharging.Map(verbs);
        ResetCharger.Map(verbs);
        UnlockConnector.Map(verbs);
        ChangeAvailability.Map(verbs);
        GetConfiguration.Map(verbs);
        SetConfiguration.Map(verbs);
        ClearCache.Map(verbs);
        RotatePassword.Map(verbs);
        GetLocalListVersion.Map(verbs);
        SendLocalList.Map(verbs);
        ReserveConnector.Map(verbs);
        SwapBattery.Map(verbs);
        CancelReservation.Map(verbs);
        SetChargingProfile.Map(verbs);
        ClearChargingProfile.Map(verbs);
        GetCompositeSchedule.Map(verbs);
        TransferData.Map(verbs);
        TriggerMessage.Map(verbs);
        UpdateFirmware.Map(verbs);
        GetDiagnostics.Map(verbs);
        GetLog.Map(verbs);
        SendCertificate.Map(verbs);
        InstallCertificate.Map(verbs);
        DeleteCertificate.Map(verbs);
        GetInstalledCertificates.Map(verbs);
        SetMonitors.Map(verbs);
        SetMonitoring.Map(verbs);
        ReadHeldThings.Map(verbs);
        ReleaseHeldThings.Map(verbs);
        GetCustomerInformation.Map(verbs);
        SetDisplayMessage.Map(verbs);
        SetTariff.Map(verbs);
        SetDerControl.Map(verbs);
        ShowCost.Map(verbs);
        UsePriorityCharging.Map(verbs);
        AllowEnergyTransfer.Map(verbs);
        SendAfrrSignal.Map(verbs);
        UpdateSchedule.Map(verbs);
        PublishFirmware.Map(verbs);
        UnpublishFirmware.Map(verbs);

        var asked = api.MapGroup("").WithTags("Commands");
        GetCommand.Map(asked);
        ListCommands.Map(asked);
        CancelCommand.Map(asked);
    }

    private static void MapTransactions(IEndpointRouteBuilder api)
    {
        ListTransactions.Map(api);
        GetTransaction.Map(api);
        ListSamples.Map(api);
        ListEvidence.Map(api);
        CloseTransaction.Map(api);
        ListHeldThings.MapOfTransaction(api);
    }

    private static void MapTokens(IEndpointRouteBuilder api)
    {
        PutToken.Map(api);
        GetToken.Map(api);
        ListTokens.Map(api);
        RemoveToken.Map(api);
    }

    private static void MapVendors(IEndpointRouteBuilder api)
    {
        PutVendor.Map(api);
        GetVendor.Map(api);
        ListVendors.Map(api);
        RemoveVendor.Map(api);
    }

    private static void MapOperations(IEndpointRouteBuilder api)
    {
        ListConnectionAttempts.Map(api);
        GetCluster.Map(api);
        MemberDrain.Map(api);
        RebalanceCluster.Map(api);
        StreamEvents.Map(api);
    }

    private static bool IsPage(HttpContext http) => http.Request.Path.StartsWithSegments("/docs");

    // People type their key into that page: it may talk to this server and to nobody else.
    private static Task KeepToOurselves(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.ContentSecurityPolicy =
            "connect-src 'self'; font-src 'self' data:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        return next(http);
    }

    private static bool IsOurs(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/openapi");
}
