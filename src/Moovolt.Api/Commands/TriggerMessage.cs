using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/trigger: the charger says something again.</summary>
internal static class TriggerMessage
{
    /// <param name="What">
    /// boot, status, heartbeat, meterValues, firmwareStatus, diagnosticsStatus, logStatus or signCertificate.
    /// </param>
    internal sealed record Body(TriggeredMessage What, int? Evse = null, int? Connector = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/trigger", Handle)
            .WithName(nameof(TriggerMessage))
            .WithSummary("Have the charger say something again");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;
        return await dispatcher.Send(http, id, new Trigger(body.What, Place.Of(body.Evse, body.Connector)), queue);
    }
}
