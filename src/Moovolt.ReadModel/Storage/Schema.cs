using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Moovolt.Journal;

namespace Moovolt.ReadModel.Storage;

/// <summary>
/// The tables of one room, as numbered SQL scripts in its assembly. A script that was released is never edited.
/// </summary>
/// <param name="Closed">
/// The last script from before there were additions. None up to it says whether a program that does not know it can work
/// with it; all count as if it could not.
/// </param>
internal sealed record Schema(string Name, Assembly Home, int Closed)
{
    /// <summary>How a script begins that programs of the release before cannot work with.</summary>
    private const string Demanding = "-- Demands: ";

    public static readonly Schema OfTheJournal = new("journal", typeof(JournalFormat).Assembly, Closed: 2);
    public static readonly Schema OfTheReadModel = new("read-model", typeof(Schema).Assembly, Closed: 46);

    // Programs of before there were additions look at the row of the schema's own name, and at no other.
    private string Additions => $"{Name}, additions";

    /// <summary>The scripts in order.</summary>
    public IReadOnlyList<Script> Scripts(SqlDialect dialect)
    {
        var folder = $"{Home.GetName().Name}.Schema.{dialect}.";
        return [.. Home.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => ScriptOf(int.Parse(name.AsSpan(folder.Length, 3), CultureInfo.InvariantCulture), Read(name)))
            .OrderBy(script => script.Version)];
    }

    /// <summary>How far a database is; it has a table <c>schema_version</c>. Null when nothing was ever made in it.</summary>
    public async Task<Progress?> ProgressAsync(
        DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
    {
        var versions = await connection.QueryAsync(
            transaction,
            new Statement("select name, version from schema_version where name in ($1, $2)", Name, Additions),
            reader => (Name: reader.GetString(0), Version: reader.GetInt64(1)),
            cancellation);
        return versions.Count == 0
            ? null
            : new Progress(
                versions.Where(row => row.Name == Name).Select(row => row.Version).SingleOrDefault(),
                versions.Max(row => row.Version));
    }

    /// <summary>Writes down how far a database is now.</summary>
    public async Task NoteAsync(
        DbConnection connection, DbTransaction transaction, Progress now, CancellationToken cancellation)
    {
        const string upsert = """
            insert into schema_version (name, version) values ($1, $2)
            on conflict (name) do update set version = excluded.version
            """;
        await connection.RunAsync(transaction, new Statement(upsert, Name, now.Demanded), cancellation);
        await connection.RunAsync(transaction, new Statement(upsert, Additions, now.Reached), cancellation);
    }

    private Script ScriptOf(int version, string sql) =>
        new(version, sql, version <= Closed || sql.StartsWith(Demanding, StringComparison.Ordinal));

    private string Read(string name)
    {
        // the name came from the assembly itself
        using var reader = new StreamReader(Home.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>A step of a schema.</summary>
/// <param name="Version">The number that its file name begins with.</param>
/// <param name="IsDemanding">Whether programs that do not know it cannot work with it. Else it is an addition.</param>
internal readonly record struct Script(int Version, string Sql, bool IsDemanding);

/// <summary>How far the tables of a database are.</summary>
/// <param name="Demanded">The last script that a program must know to work with them.</param>
/// <param name="Reached">The last script that ran; what is between the two are additions.</param>
internal readonly record struct Progress(long Demanded, long Reached)
{
    /// <summary>After these scripts have run, as far as they had not before.</summary>
    public Progress After(IReadOnlyList<Script> scripts) => new(
        Math.Max(Demanded, scripts.Where(script => script.IsDemanding).Max(script => script.Version)),
        Math.Max(Reached, scripts[^1].Version));
}
