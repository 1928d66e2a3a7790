using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Moovolt.Api.Http;

namespace Moovolt.Api.Commands;

/// <summary>What all routes that ask a charger have in common, for the document.</summary>
internal static class AskingRoutes
{
    public static RouteGroupBuilder Asks(this RouteGroupBuilder asking) => asking
        .Refuses(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict,
            StatusCodes.Status422UnprocessableEntity)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters ?? [])
            {
                if (parameter.Name == "queue")
                    parameter.Description =
                        "Seconds that the command may wait for an offline charger; without it, a 409.";
            }

            operation.Takes(
                "Prefer", "wait=N: seconds to wait for the charger's answer, 0 to 60; 10 without it. Then 202 and a "
                    + "Location.");
            operation.Takes("Idempotency-Key", "The same key within 24 h is the same command (IETF draft).");
            return Task.CompletedTask;
        });
}
