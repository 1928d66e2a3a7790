using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Moovolt.Gateway.Handshakes;

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
        chargers => chargers.UseWebSockets().Run(gateway.HandleAsync));
}
