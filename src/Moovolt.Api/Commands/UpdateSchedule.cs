using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/update-schedule: the limit or setpoint of a dynamic profile, from now on.</summary>
internal static class UpdateSchedule
{
    /// <param name="DischargeLimit">At most 0.</param>
    internal sealed record Body(int ProfileId, decimal? Limit = null, decimal? Setpoint = null, decimal? DischargeLimit = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/update-schedule", Handle)
            .WithName(nameof(UpdateSchedule))
            .WithSummary("Set the limit or setpoint of a dynamic profile");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new Domain.ChargePoints.UpdateSchedule(
            body.ProfileId, body.Limit, body.Setpoint, body.DischargeLimit), queue);
}
