using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Moovolt.Api.Http;

/// <summary>What the OpenAPI document says beyond the routes themselves: the key, the problems, the names of the shapes.</summary>
internal static class OpenApiShape
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = info => info.Type.DeclaringType is { IsGenericType: false } outer
            && OpenApiOptions.CreateDefaultSchemaReferenceId(info) is { } id
                ? outer.Name + id
                : OpenApiOptions.CreateDefaultSchemaReferenceId(info);
        options.AddDocumentTransformer((document, _, _) => Introduce(document));
        options.AddOperationTransformer((operation, context, _) => Guard(operation, context));
        options.AddSchemaTransformer(Unfold);
    }

    /// <summary>The refusals that a route has beyond the usual ones, for the document.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder route, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem.Body), [Problem.MediaType]));
        return route;
    }

    private static Task Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Moovolt",
            Version = "v1",
            Description = "The HTTP bridge to EV chargers. Errors are problem details (RFC 9457); lists come in pages; "
                + "a POST with an Idempotency-Key (IETF draft) is done once.",
        };
        document.Servers = []; // wherever the document came from
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyAuthentication.SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An operator key of this installation.",
            },
        };
        return Task.CompletedTask;
    }

    private static Task Guard(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any()) return Task.CompletedTask;

        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(KeyAuthentication.SchemeName, context.Document)] = [],
            },
        ];
        return Task.CompletedTask;
    }

    // A settable member is, on the wire, its value or null, or not there.
    private static async Task Unfold(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Settable<>)) return;

        var value = type.GetGenericArguments()[0];
        var inner = await context.GetOrCreateSchemaAsync(Nullable.GetUnderlyingType(value) ?? value, null, cancellation);
        schema.Type = (inner.Type ?? JsonSchemaType.String) | JsonSchemaType.Null;
        schema.Format = inner.Format;
        schema.Enum = inner.Enum;
    }
}
