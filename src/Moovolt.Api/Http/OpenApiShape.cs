using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Moovolt.Api.Http;

/// <summary>
/// What the OpenAPI document says beyond the routes themselves: the key, the problems, the names of the shapes.
/// </summary>
internal static class OpenApiShape
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = NameOf;
        options.AddDocumentTransformer((document, _, _) => Introduce(document));
        options.AddOperationTransformer((operation, context, _) => Guard(operation, context));
        options.AddSchemaTransformer(Correct);
        options.AddDocumentTransformer((document, _, _) =>
        {
            OpenApiProse.Unwrap(document); // the last one: when all that comes from comments is there
            return Task.CompletedTask;
        });
    }

    /// <summary>The refusals that a route has beyond the usual ones, for the document.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder route, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem.Body), [Problem.MediaType]));
        return route;
    }

    /// <summary>A header that the route understands, for the document.</summary>
    public static void Takes(this OpenApiOperation operation, string header, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = header,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
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
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
            return Task.CompletedTask;

        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(KeyAuthentication.SchemeName, context.Document)] = [],
            },
        ];
        if (operation.Responses?.ContainsKey("412") == true)
            operation.Takes("If-Match", "The ETag that was read: changes nothing when it is another one now.");
        return Task.CompletedTask;
    }

    // A nested shape is called after the endpoint that it belongs to; what has no name of its own stands where it is
    // used.
    private static string? NameOf(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type == typeof(JsonElement) || Is(typeof(Settable<>), type) || Is(typeof(Word<>), type)) return null;
        if (type.IsEnum) return type.DeclaringType?.Name + type.Name;
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(info);
        return name is null || type.IsGenericType ? name : type.DeclaringType?.Name + name;
    }

    // Where a converter of ours speaks, the generator cannot know what it says.
    private static async Task Correct(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (Is(typeof(Settable<>), type))
        {
            var value = type.GetGenericArguments()[0];
            var inner = await context.GetOrCreateSchemaAsync(
                Nullable.GetUnderlyingType(value) ?? value, null, cancellation);
            schema.Type = inner.Type | JsonSchemaType.Null;
            schema.Format = inner.Format;
            schema.Enum = inner.Enum;
        }
        else if (Is(typeof(Word<>), Nullable.GetUnderlyingType(type) ?? type))
        {
            var words = (Nullable.GetUnderlyingType(type) ?? type).GetGenericArguments()[0];
            var inner = await context.GetOrCreateSchemaAsync(words, null, cancellation);
            (schema.Type, schema.Enum, schema.Properties, schema.Required) = (
                JsonSchemaType.String, inner.Enum, null, null);
        }
        else if (Nullable.GetUnderlyingType(type) is { } value && (value.IsEnum || value == typeof(DateTimeOffset)))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }
        else if (type.IsEnum || type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (type.Name != "Body" || type == typeof(Problem.Body))
        {
            schema.AdditionalPropertiesAllowed = true; // only bodies that we read are closed; answers may grow
        }
    }

    private static bool Is(Type generic, Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;
}
