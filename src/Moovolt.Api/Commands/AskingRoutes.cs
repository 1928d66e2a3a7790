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
            StatusCodes.Status422UnprocessableEntity,
            StatusCodes.Status503ServiceUnavailable)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters ?? [])
            {
                if (parameter.Name == "queue")
                    parameter.Description = "Seconds that the command may wait for a charger that is offline; without it that is a 409.";
            }

            operation.Parameters ??= [];
            operation.Parameters.Add(Header(
                "Prefer", "wait=N: seconds to wait for the charger's answer, 0 to 60; 10 without it. Then 202 and a Location."));
            operation.Parameters.Add(Header(
                "Idempotency-Key", "The same key within 24 h is the same command (IETF draft)."));
            return Task.CompletedTask;
        });

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
