using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Moovolt.Gateway.Handshakes;
using Moovolt.Gateway.Listeners;

namespace Moovolt.Gateway;

/// <summary>Puts the gateway into a web application.</summary>
public static class GatewayRoutes
{
    /// <summary>
    /// Serves <c>/ocpp/{identity}</c>. Call it before anything else that looks at paths: a charger's identity is in
    /// the request line as it came, not in what routing makes of it.
    /// </summary>
    public static IApplicationBuilder MapGateway(this IApplicationBuilder app, ChargerGateway gateway) => app.MapWhen(
        context => ChargerPath.IsOurs(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget),
        chargers => chargers
            .Use((context, next) =>
            {
                gateway.Watch(context);
                return next(context);
            })
            .UseWebSockets()
            .Run(gateway.HandleAsync));

    /// <summary>
    /// At a listener for chargers nothing else is served, unless its configuration says so. Call it before anything that
    /// serves operators.
    /// </summary>
    public static void KeepOperatorsOut(this IApplicationBuilder app) => app.MapWhen(
        context => ListenedAt.Find(context) is { Operators: false }
            && !ChargerPath.IsOurs(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget),
        closed => closed.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));

    /// <summary>
    /// Cuts who does not come to the end of a request's head in time: it is before the gateway hears of it. The server
    /// counts them (<c>kestrel.connection.duration</c>, <c>error.type="request_headers_timeout"</c>).
    /// </summary>
    public static void LimitHandshakes(this KestrelServerOptions kestrel, GatewaySettings settings) =>
        kestrel.Limits.RequestHeadersTimeout = settings.HandshakeTimeout;
}
