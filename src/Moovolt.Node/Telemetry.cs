using OpenTelemetry.Metrics;

namespace Moovolt.Node;

/// <summary>
/// <c>/metrics</c> in Prometheus' format, over the instruments that the rooms make with the base class library.
/// </summary>
internal static class Telemetry
{
    public static void AddMetrics(IServiceCollection services) =>
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Moovolt.*")
            .AddMeter("Microsoft.AspNetCore.Server.Kestrel") // connections, and handshakes that took too long
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());

    public static void MapMetrics(IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics");
}
