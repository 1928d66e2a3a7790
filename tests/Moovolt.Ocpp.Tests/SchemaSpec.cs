using System.Globalization;
using System.Text.Json;
using Moovolt.Ocpp.Schemas;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>The records are written by hand, and say what the official schemas say, member for member.</summary>
public sealed class SchemaSpec
{
    public static TheoryData<OcppVersion, string> Actions()
    {
        var actions = new TheoryData<OcppVersion, string>();
        foreach (var version in Dialect.All.Select(dialect => dialect.Version))
        {
            foreach (var action in ActionCatalog.All(version)) actions.Add(version, action.Name);
        }

        return actions;
    }

    [SkippableTheory]
    [MemberData(nameof(Actions))]
    public void A_record_says_what_the_official_schema_says(OcppVersion version, string name)
    {
        var schemas = OfficialSchemas.Of(version);
        var action = Assert.IsType<CatalogedAction>(ActionCatalog.Find(version, name));
        var (request, response) = version < OcppVersion.V21 ? (".req", ".conf") : ("Request", "Response");

        if (action.IsSend) // it has no answer
        {
            Assert.Equal(Lines(schemas[$"urn:{name}"]), Lines(action.Request));
            return;
        }

        Assert.Equal(Lines(schemas[$"urn:{name}{request}"]), Lines(action.Request));
        Assert.Equal(Lines(schemas[$"urn:{name}{response}"]), Lines(action.Response));
    }

    private static string Lines(JsonElement schema) => Sorted(Rules("", schema, schema));

    private static string Lines(RecordShape shape) => Sorted(Rules("", shape));

    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Rules(string path, Shape shape) => shape switch
    {
        RecordShape record => record.Members
            .SelectMany(member => Rules($"{path}/{member.Name}", member.Shape)
                .Append($"{path}/{member.Name} {(member.IsRequired ? "required" : "optional")}"))
            .Append($"{path} object"),
        ListShape list => Rules($"{path}[]", list.Item)
            .Append($"{path} array of {list.MinItems ?? 0} to {Limit(list.MaxItems)}"),
        TextShape text => [$"{path} string up to {Limit(text.MaxLength)} of {Words(text.Words)}"],
        NumberShape number => [$"{path} number with {Limit(number.Decimals)} decimals {Between(number.Bounds)}"],
        NumericShape whole => [$"{path} integer {Between(whole.Bounds)}"],
        UriShape => [$"{path} uri"],
        FlagShape => [$"{path} boolean"],
        MomentShape => [$"{path} date-time"],
        AnyShape => [$"{path} anything"],
        _ => throw new InvalidOperationException($"{path}: no words for {shape}"),
    };

    // Some schemas name their types and refer to them: #/definitions/Name.
    private static IEnumerable<string> Rules(string path, JsonElement schema, JsonElement root)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return Rules(path, root.GetProperty("definitions").GetProperty(name), root);
        }

        switch (schema.TryGetProperty("type", out var type) ? type.GetString() : "anything")
        {
            case "object":
                var required = Strings(schema, "required");
                return Properties(schema)
                    .SelectMany(property => Rules($"{path}/{property.Name}", property.Value, root)
                        .Append($"{path}/{property.Name} {(required.Contains(property.Name) ? "required" : "optional")}"))
                    .Append($"{path} object");
            case "array":
                return Rules($"{path}[]", schema.GetProperty("items"), root)
                    .Append($"{path} array of {Number(schema, "minItems") ?? 0} to {Limit(Number(schema, "maxItems"))}");
            case "string" when schema.TryGetProperty("format", out var format):
                return [$"{path} {format.GetString()}"];
            case "string":
                return [$"{path} string up to {Limit(Number(schema, "maxLength"))} of {Words(Strings(schema, "enum"))}"];
            case "number":
                return [$"{path} number with {Decimals(schema)} decimals {Between(schema)}"];
            case "integer":
                return [$"{path} integer {Between(schema)}"];
            case var simple:
                return [$"{path} {simple}"];
        }
    }

    // Every object may have customData from 2.0.1 on: no record has it as a member, and a test of its own tells of it.
    private static List<JsonProperty> Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties)
            ? [.. properties.EnumerateObject().Where(property => property.Name != "customData")]
            : [];

    private static List<string> Strings(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")] : [];

    private static int? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var number) ? number.GetInt32() : null;

    private static string Decimals(JsonElement schema) =>
        Limit(schema.TryGetProperty("multipleOf", out var step) ? step.GetDecimal().Scale : null);

    private static string Between(Bounds bounds) => $"from {Limit((int?)bounds.Least)} to {Limit((int?)bounds.Most)}";

    // 2.1 writes them as 0.0, too.
    private static string Between(JsonElement schema) => $"from {Bound(schema, "minimum")} to {Bound(schema, "maximum")}";

    private static string Bound(JsonElement schema, string name) =>
        Limit(schema.TryGetProperty(name, out var bound) ? (int)bound.GetDecimal() : null);

    private static string Limit(int? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "any";

    private static readonly string[] Understood =
    [
        "$id", "$ref", "$schema", "additionalItems", "additionalProperties", "comment", "default", "definitions", "description", "enum",
        "format", "items", "javaType", "maxItems", "maxLength", "maximum", "minItems", "minimum", "multipleOf",
        "properties", "required", "title", "type",
    ];

    /// <summary>Should a schema have a pattern one day, or a bound that is excluded, it must not go unseen.</summary>
    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void The_official_schemas_have_no_kind_of_rule_that_is_not_compared(OcppVersion version) =>
        Assert.Empty(OfficialSchemas.Of(version).Values.SelectMany(Keywords).Distinct().Except(Understood));

    public static TheoryData<OcppVersion> Versions() => [.. Dialect.All.Select(dialect => dialect.Version)];

    private static IEnumerable<string> Keywords(JsonElement schema) => schema.ValueKind == JsonValueKind.Object
        ? schema.EnumerateObject().SelectMany(member => member.Name is "properties" or "definitions"
            ? member.Value.EnumerateObject().SelectMany(named => Keywords(named.Value)).Prepend(member.Name)
            : Keywords(member.Value).Prepend(member.Name))
        : [];

    private static string Words(IEnumerable<string> words) => $"[{string.Join(' ', words.Order(StringComparer.Ordinal))}]";
}
