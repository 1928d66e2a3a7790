using System.Data.Common;

namespace Moovolt.ReadModel.Storage;

/// <summary>Which tongue of SQL a database speaks, where the two differ at all.</summary>
public enum SqlDialect
{
    Postgres,
    Sqlite,
}

/// <summary>One database: PostgreSQL, or one SQLite file. Connections come from a pool; give each back soon.</summary>
public abstract class Database : IAsyncDisposable
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>What an operator calls it, without any password.</summary>
    public abstract string Name { get; }

    public abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// A connection for work on whole tables (migrations, a restored journal, a rebuild): its statements may take as
    /// long as the tables are big, and none of the time limits of everyday statements ends them.
    /// </summary>
    internal virtual ValueTask<DbConnection> OpenForLongWorkAsync(CancellationToken cancellation) =>
        OpenAsync(cancellation);

    public abstract ValueTask DisposeAsync();

    /// <summary>The statement for this database, where one text cannot serve both.</summary>
    internal string Choose(string postgres, string sqlite) => Dialect == SqlDialect.Postgres ? postgres : sqlite;
}
