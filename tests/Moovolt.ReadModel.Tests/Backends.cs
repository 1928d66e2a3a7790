using Moovolt.Rig;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>The databases that every fact must hold on.</summary>
public enum Backend
{
    Sqlite,
    Postgres,
}

/// <summary>One PostgreSQL server for all tests of this project, started when the first of them needs it.</summary>
public sealed class Backends : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresServer>> server = new(() => PostgresServer.Start());

    public Task<PostgresServer> Server => server.Value;

    public static TheoryData<Backend> Both => [Backend.Sqlite, Backend.Postgres];

    /// <summary>A fresh, migrated stage; the test is skipped where there is no PostgreSQL, unless nothing may be skipped.</summary>
    public async Task<Stage> OpenAsync(Backend backend)
    {
        if (backend == Backend.Sqlite) return await Stage.OnSqliteAsync();
        PostgresServer.Needed();
        return await Stage.OnPostgresAsync(await (await Server).NewDatabase());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (server.IsValueCreated) await (await server.Value).DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class BackendsCollection : ICollectionFixture<Backends>
{
    public const string Name = "backends";
}
