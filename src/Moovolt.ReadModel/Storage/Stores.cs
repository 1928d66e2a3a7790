namespace Moovolt.ReadModel.Storage;

/// <summary>
/// Where the journal is and where the read model is: the same PostgreSQL database, or two SQLite files (one file for
/// both writes six times slower).
/// </summary>
public sealed record Stores(Database Journal, Database ReadModel) : IAsyncDisposable
{
    public static Stores OnPostgres(string connectionString)
    {
        var both = new PostgresDatabase(connectionString);
        return new Stores(both, both);
    }

    public static Stores OnSqlite(DataDirectory directory) =>
        new(new SqliteDatabase(directory.JournalFile), new SqliteDatabase(directory.ReadModelFile));

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        if (!ReferenceEquals(Journal, ReadModel)) await ReadModel.DisposeAsync();
    }
}
