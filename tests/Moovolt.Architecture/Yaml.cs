using YamlDotNet.RepresentationModel;

namespace Moovolt.Architecture;

/// <summary>A piece of YAML; what is not there is empty.</summary>
internal readonly record struct Yaml(YamlNode? Node)
{
    public static IReadOnlyList<Yaml> ReadAll(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new Yaml(document.RootNode))];
    }

    public Yaml this[string key] => Node is YamlMappingNode map && map.Children.TryGetValue(key, out var inner) ? new(inner) : default;

    public string Text => (Node as YamlScalarNode)?.Value ?? "";

    public IEnumerable<string> Keys => Node is YamlMappingNode map ? map.Children.Keys.Select(key => new Yaml(key).Text) : [];

    public IEnumerable<Yaml> Items => Node is YamlSequenceNode list ? list.Children.Select(item => new Yaml(item)) : [];
}
