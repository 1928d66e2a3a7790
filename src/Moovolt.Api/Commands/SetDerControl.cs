using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/set-der-control: how the charger shall serve the grid. A control is an object of
/// OCPP 2.1 (SetDERControlRequest).
/// </summary>
internal static class SetDerControl
{
    internal sealed record Body(JsonElement Control);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/set-der-control", Handle)
            .WithName(nameof(SetDerControl))
            .WithSummary("Give the charger a control of the grid code");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (StandardObject.Wrong("control", body.Control) is { } wrong) return wrong;
        return await dispatcher.Send(http, id, new Domain.ChargePoints.SetDerControl(body.Control.GetRawText()), queue);
    }
}
