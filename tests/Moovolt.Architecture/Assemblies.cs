using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Moovolt.Architecture;

/// <summary>What a built room really uses, read from its metadata without loading it.</summary>
internal static class Assemblies
{
    public static string NameOf(string room) => room switch
    {
        "Moovolt.Node" => "moovolt",
        "Moovolt.Simulator" => "moovolt-simulator",
        _ => room,
    };

    /// <summary>The assemblies that the room's code uses: what is referenced and never used is not among them.</summary>
    public static IReadOnlyList<string> UsedBy(string room) => Read(room, metadata =>
        metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)));

    /// <summary>The types of other assemblies that the room's code names, method bodies included.</summary>
    public static IReadOnlyList<string> TypesUsedBy(string room) => Read(room, metadata =>
        from handle in metadata.TypeReferences
        let type = metadata.GetTypeReference(handle)
        where !type.Namespace.IsNil // a nested type is found through the one around it
        select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");

    /// <summary>The arrows that are written down in the room's project file.</summary>
    public static IReadOnlyList<string> ProjectsOf(string room) =>
        [.. XDocument.Parse(Repository.Read($"src/{room}/{room}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

    private static List<string> Read(string room, Func<MetadataReader, IEnumerable<string>> read)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{NameOf(room)}.dll"));
        using var image = new PEReader(file);
        return [.. read(image.GetMetadataReader())];
    }
}
