using Moovolt.Rig;

namespace Moovolt.Cluster.Tests;

/// <summary>
/// These run one after another: members that starve each other take each other for dead. Those that need a database, and
/// do not stop its server, share one: making one takes longer than most of them.
/// </summary>
[CollectionDefinition("Heavy")]
public sealed class Heavy : ICollectionFixture<SharedServer>;

/// <summary>A PostgreSQL for all tests that leave it as it is; it is made when the first one asks.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private PostgresServer? server;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A connection string of a new and empty database. Skips the test where there is no PostgreSQL.</summary>
    public async Task<string> NewDatabase()
    {
        server ??= await PostgresServer.Start();
        return await server.NewDatabase();
    }

    public Task DisposeAsync() => server?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}
