using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/get-local-list-version: the charger is asked which version of its list it holds.
/// </summary>
internal static class GetLocalListVersion
{
    internal sealed record Body;

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/get-local-list-version", Handle)
            .WithName(nameof(GetLocalListVersion))
            .WithSummary("Ask the charger which version of its local list it holds");

    // The body may be left out; when it is there it is read, so that an unknown member is refused here too.
    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, [AsParameters] Nothing _, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new ReadLocalListVersion(), queue);

    internal sealed record Nothing(Body? Body);
}
