namespace Moovolt.ReadModel.Storage;

/// <summary>
/// Where the journal is and where the read model is: the same PostgreSQL database, or two SQLite files (one file for
/// both writes six times slower).
/// </summary>
public sealed record Stores(Database Journal, Database ReadModel) : IAsyncDisposable
{
    /// <summary>
    /// The journal, over connections that nobody else waits for: whether something can be stored must not depend on how
    /// many wait to store.
    /// </summary>
    public Database Probe { get; private init; } = Journal;

    /// <summary>
    /// The read model, over connections that chargers' handshakes, and what is observed of them, need share with no
    /// list that people look at.
    /// </summary>
    public Database Doors { get; private init; } = ReadModel;

    public static Stores OnPostgres(string connectionString)
    {
        const int doors = PostgresDatabase.ConnectionsOfTheDoors;
        var both = new PostgresDatabase(
            connectionString, Math.Max(doors, PostgresDatabase.Allowed(connectionString) - doors));
        return new Stores(both, both)
        {
            Probe = new PostgresDatabase(connectionString, connections: 2),
            Doors = new PostgresDatabase(connectionString, doors),
        };
    }

    public static Stores OnSqlite(DataDirectory directory) =>
        new(new SqliteDatabase(directory.JournalFile), new SqliteDatabase(directory.ReadModelFile));

    /// <summary>Has a node kept its journal in this directory?</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, DataDirectory.JournalName));

    /// <summary>To look into a directory that a running node may hold. Nothing may be written through these.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no journal.</exception>
    public static Stores Beside(string directory)
    {
        if (!IsIn(directory))
            throw new DirectoryNotFoundException($"There is no journal in {Path.GetFullPath(directory)}.");
        return new Stores(
            new SqliteDatabase(Path.Combine(directory, DataDirectory.JournalName)),
            new SqliteDatabase(Path.Combine(directory, DataDirectory.ReadModelName)));
    }

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        if (!ReferenceEquals(Journal, Probe)) await Probe.DisposeAsync();
        if (!ReferenceEquals(ReadModel, Doors)) await Doors.DisposeAsync();
        if (!ReferenceEquals(Journal, ReadModel)) await ReadModel.DisposeAsync();
    }
}
