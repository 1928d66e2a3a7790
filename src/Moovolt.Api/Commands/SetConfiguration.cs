using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/set-configuration: one key of the charger's configuration is changed.
/// </summary>
internal static class SetConfiguration
{
    internal sealed record Body(string Key, string Value);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/set-configuration", Handle)
            .WithName(nameof(SetConfiguration))
            .WithSummary("Change one key of the charger's configuration");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.Key.Length is 0 or > 50) return Problem.Wrong("'key' has 1 to 50 characters.");
        if (body.Value.Length > 500) return Problem.Wrong("'value' has at most 500 characters.");
        if (SecretKeys.Has(body.Key)) return Secrets.Refusal(body.Key);

        return await dispatcher.Send(http, id, new WriteConfiguration(body.Key, body.Value), queue);
    }
}
