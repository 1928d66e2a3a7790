using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/rotate-password: the charger is given a new password, which is made up where it
/// is sent and shown to nobody. accepted: the old one is refused at once. effective: the charger has come back with the
/// new one. While nobody knows whether it took it, both are accepted, and the first one that it comes with decides.
/// </summary>
internal static class RotatePassword
{
    internal sealed record Body;

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/rotate-password", Handle)
            .WithName(nameof(RotatePassword))
            .WithSummary("Give the charger a new password, made up here and shown to nobody");

    // The body may be left out; when it is there it is read, so that an unknown member is refused here too.
    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, [AsParameters] Nothing _, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new Domain.ChargePoints.RotatePassword(), queue);

    internal sealed record Nothing(Body? Body);
}
