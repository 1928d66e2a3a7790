using System.Globalization;
using System.Reflection;
using Moovolt.Journal;

namespace Moovolt.ReadModel.Storage;

/// <summary>
/// The tables of one room, as numbered SQL scripts in its assembly. A script that was released is never edited.
/// </summary>
internal sealed record Schema(string Name, Assembly Home)
{
    public static readonly Schema OfTheJournal = new("journal", typeof(JournalFormat).Assembly);
    public static readonly Schema OfTheReadModel = new("read-model", typeof(Schema).Assembly);

    /// <summary>The scripts in order; the version is the number that its file name begins with.</summary>
    public IReadOnlyList<(int Version, string Sql)> Scripts(SqlDialect dialect)
    {
        var folder = $"{Home.GetName().Name}.Schema.{dialect}.";
        return [.. Home.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(folder.Length, 3), CultureInfo.InvariantCulture), Read(name)))
            .OrderBy(script => script.Item1)];
    }

    private string Read(string name)
    {
        // the name came from the assembly itself
        using var reader = new StreamReader(Home.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
