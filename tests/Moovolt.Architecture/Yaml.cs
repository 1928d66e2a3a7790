using YamlDotNet.RepresentationModel;

namespace Moovolt.Architecture;

/// <summary>A piece of YAML; what is not there is empty.</summary>
internal readonly record struct Yaml(YamlNode? Node)
{
    private const string Merged = "<<"; // what another mapping says, when this one says nothing

    public static IReadOnlyList<Yaml> ReadAll(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new Yaml(document.RootNode))];
    }

    public Yaml this[string key] => Node switch
    {
        YamlMappingNode map when map.Children.TryGetValue(key, out var inner) => new(inner),
        YamlMappingNode map when map.Children.TryGetValue(Merged, out var other) => new Yaml(other)[key],
        _ => default,
    };

    public string Text => (Node as YamlScalarNode)?.Value ?? "";

    public IEnumerable<string> Keys => Node is YamlMappingNode map ? map.Children.Keys.Select(key => new Yaml(key).Text) : [];

    public IEnumerable<Yaml> Items => Node is YamlSequenceNode list ? list.Children.Select(item => new Yaml(item)) : [];
}
