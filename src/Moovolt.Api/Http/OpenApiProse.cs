using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Moovolt.Api.Http;

/// <summary>
/// What is said of operations, parameters and members comes from comments, which are wrapped for those who read the
/// source. In the document each is one line, so that wrapping a comment otherwise changes nothing for anybody else.
/// </summary>
internal sealed partial class OpenApiProse : OpenApiVisitorBase
{
    public static void Unwrap(OpenApiDocument document) => new OpenApiWalker(new OpenApiProse()).Walk(document);

    public override void Visit(OpenApiOperation operation) =>
        (operation.Summary, operation.Description) = (Line(operation.Summary), Line(operation.Description));

    public override void Visit(IOpenApiParameter parameter) => parameter.Description = Line(parameter.Description);

    public override void Visit(IOpenApiRequestBody requestBody) => requestBody.Description = Line(requestBody.Description);

    public override void Visit(IOpenApiResponse response) => response.Description = Line(response.Description);

    public override void Visit(IOpenApiSchema schema) => schema.Description = Line(schema.Description);

    // What is only referred to is said where it is; the words that stand beside the reference are its own.
    public override void Visit(IOpenApiReferenceHolder referenceHolder)
    {
        if (referenceHolder is OpenApiSchemaReference { Reference: { Description: { } words } reference })
            reference.Description = Line(words);
    }

    private static string? Line(string? words) => words is null ? null : Gaps().Replace(words, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gaps();
}
