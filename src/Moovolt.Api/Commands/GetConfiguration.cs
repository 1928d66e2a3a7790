using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/get-configuration: the charger is asked how it is configured.</summary>
internal static class GetConfiguration
{
    /// <param name="Keys">Which keys; all when left out.</param>
    internal sealed record Body(IReadOnlyList<string>? Keys = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/get-configuration", Handle)
            .WithName(nameof(GetConfiguration))
            .WithSummary("Read the charger's configuration");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body? body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new ReadConfiguration([.. body?.Keys ?? []]), queue);
}
