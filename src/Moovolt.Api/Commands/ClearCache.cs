using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/clear-cache: the charger is asked to forget the tokens that it remembers.
/// </summary>
internal static class ClearCache
{
    internal sealed record Body;

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/clear-cache", Handle)
            .WithName(nameof(ClearCache))
            .WithSummary("Have the charger forget its authorization cache");

    // The body may be left out; when it is there it is read, so that an unknown member is refused here too.
    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, [AsParameters] Nothing _, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new Domain.ChargePoints.ClearCache(), queue);

    internal sealed record Nothing(Body? Body);
}
