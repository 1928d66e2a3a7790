using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/set-charging-profile: the charger shall hold to a profile.</summary>
internal static class SetChargingProfile
{
    /// <param name="Evse">Where; left out for the whole charge point, or a default of every connector.</param>
    /// <param name="Connector">Which connector of the EVSE; 1 when left out.</param>
    internal sealed record Body(ProfileShape Profile, int? Evse = null, int? Connector = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/set-charging-profile", Handle)
            .WithName(nameof(SetChargingProfile))
            .WithSummary("Have the charger hold to a charging profile");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;
        var profile = body.Profile.For(ChargePointId.TryParse(id, out var known) ? known : null);
        var wish = new Domain.ChargePoints.SetChargingProfile(
            Place.Of(body.Evse, body.Connector) ?? ConnectorId.ChargePoint, profile);
        return await dispatcher.Send(http, id, wish, queue);
    }
}
