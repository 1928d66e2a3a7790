using System.Data.Common;
using System.Net.Sockets;

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

    /// <summary>
    /// Whether that is how a database says that it does not answer, or says no. Its driver has exceptions of its own, in
    /// which those of the wire are; but whoever may open no more files is told so by the socket, before any driver can say
    /// it in its words, and some waiting ends in a bare TimeoutException. An InvalidOperationException is none of these: nobody
    /// here uses a connection again that has failed, so that is a defect.
    /// </summary>
    public static bool IsAway(Exception e) => e is DbException or SocketException or TimeoutException;

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
