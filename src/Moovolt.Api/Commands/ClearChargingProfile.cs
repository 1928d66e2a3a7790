using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/clear-charging-profile: the charger shall forget profiles.</summary>
internal static class ClearChargingProfile
{
    /// <summary>What is given must all fit; when nothing is given, all profiles go.</summary>
    /// <param name="Evse">Where; 0 for those of the whole charge point; left out for wherever they are.</param>
    internal sealed record Body(
        int? Id = null, int? Evse = null, int? Connector = null, ProfileFor? Purpose = null, int? StackLevel = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/clear-charging-profile", Handle)
            .WithName(nameof(ClearChargingProfile))
            .WithSummary("Have the charger forget charging profiles");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body? body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        body ??= new Body();
        var whole = body is { Evse: 0, Connector: null };
        if (!whole && Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;
        var wish = new Domain.ChargePoints.ClearChargingProfile(
            body.Id,
            whole ? ConnectorId.ChargePoint : Place.Of(body.Evse, body.Connector),
            (ProfilePurpose?)body.Purpose,
            body.StackLevel);
        return await dispatcher.Send(http, id, wish, queue);
    }
}
