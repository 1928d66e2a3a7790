using System.Diagnostics;
using Moovolt.ReadModel.Storage;
using Moovolt.Rig;
using Npgsql;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>At its start every node finds the tables as it needs them, or does not start.</summary>
[Collection(BackendsCollection.Name)]
public sealed class MigrationsSpec(Backends backends)
{
    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_second_migration_changes_nothing(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var log = new Lines<Migrations>();
        await new Migrations(stage.Stores, log).RunAsync(default);
        Assert.Equal("", log.ToString());
    }

    [SkippableFact]
    public async Task Nodes_that_start_together_migrate_once()
    {
        PostgresServer.Needed();
        var database = await (await backends.Server).NewDatabase();
        var log = new Lines<Migrations>();
        var nodes = Enumerable.Range(0, 4).Select(_ => Stores.OnPostgres(database)).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(() => new Migrations(node, log).RunAsync(default))));
        foreach (var node in nodes) await node.DisposeAsync();
        var said = log.ToString().Split('\n');
        Assert.True(said.Length >= 2, $"{log}"); // the journal's schema and the read model's
        Assert.Distinct(said);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_schema_newer_than_the_program_is_refused(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.Stores.ReadModel.RunAsync([new Statement("update schema_version set version = 7000")], default);
        var refused = await Assert.ThrowsAsync<SchemaIsNewerException>(() => Stage.MigrateAsync(stage.Stores));
        Assert.Contains("is version 7000, and this program knows", refused.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_program_of_the_release_before_may_come_back(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var knew = new Dictionary<string, long> { ["journal"] = 2, ["read-model"] = 46 }; // what it looks for, and must find
        foreach (var (schema, version) in knew)
        {
            var database = schema == "journal" ? stage.Stores.Journal : stage.Stores.ReadModel;
            Assert.Equal([version], await database.QueryAsync(
                new Statement("select version from schema_version where name = $1", schema), row => row.GetInt64(0), default));

            // At its start it writes its own version down.
            await database.RunAsync(
                [new Statement("update schema_version set version = $1 where name = $2", version, schema)], default);
        }

        var log = new Lines<Migrations>();
        await new Migrations(stage.Stores, log).RunAsync(default);
        Assert.Equal("", log.ToString()); // nothing is made twice
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_a_newer_program_only_added_is_left_alone(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.Stores.ReadModel.RunAsync(
            [new Statement("update schema_version set version = 999 where name = $1", "read-model, additions")], default);
        await Stage.MigrateAsync(stage.Stores);
        Assert.Equal([999L], await stage.Stores.ReadModel.QueryAsync(
            new Statement("select version from schema_version where name = $1", "read-model, additions"),
            row => row.GetInt64(0), default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_a_newer_program_demands_is_refused_however_little_it_added(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.Stores.ReadModel.RunAsync(
            [new Statement("update schema_version set version = 7000 where name = $1", "read-model")], default);
        await Assert.ThrowsAsync<SchemaIsNewerException>(() => Stage.MigrateAsync(stage.Stores));
    }

    [SkippableFact]
    public async Task A_database_that_is_absent_is_waited_for_and_said()
    {
        await using var server = await PostgresServer.Make();
        await using var stores = Stores.OnPostgres(server.ConnectionString("postgres"));
        var log = new Lines<Migrations>();
        var migrating = new Migrations(stores, log).RunAsync(default);
        Assert.True(await Eventually.Is(() => log.Has("Waiting for the database postgres on 127.0.0.1"), TimeSpan.FromSeconds(10)), $"{log}");

        await server.Open();
        await migrating.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(log.Has("is there"), $"{log}");
    }

    [SkippableFact]
    public async Task A_database_that_is_absent_is_waited_for_only_as_long_as_anybody_wants_it()
    {
        await using var stores = Stores.OnPostgres($"Host=127.0.0.1;Port={Ports.Free()};Username=nobody;Database=none");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Migrations(stores, new Lines<Migrations>()).RunAsync(stop.Token));
    }

    [SkippableFact]
    public async Task A_refused_login_is_not_waited_for()
    {
        PostgresServer.Needed();
        var wrong = new NpgsqlConnectionStringBuilder((await backends.Server).ConnectionString("postgres")) { Username = "nobody" };
        await using var stores = Stores.OnPostgres(wrong.ToString());
        await Assert.ThrowsAsync<PostgresException>(() => Stage.MigrateAsync(stores).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_second_process_on_the_same_directory_is_refused()
    {
        var path = Directory.CreateTempSubdirectory("moovolt-test-").FullName;
        using (DataDirectory.Open(path))
        {
            var refused = Assert.Throws<DirectoryInUseException>(() => DataDirectory.Open(path));
            Assert.Contains($"{path} is in use by another process", refused.Message, StringComparison.Ordinal);

            // flock is what other programs see, too
            using var other = Process.Start("flock", ["-n", Path.Combine(path, "moovolt.lock"), "true"]);
            other.WaitForExit();
            Assert.Equal(1, other.ExitCode);
        }

        DataDirectory.Open(path).Dispose();
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task SQLite_commits_reach_the_disk()
    {
        await using var stage = await Stage.OnSqliteAsync();
        foreach (var database in new[] { stage.Stores.Journal, stage.Stores.ReadModel })
        {
            Assert.Equal(2, (await database.QueryAsync(new Statement("pragma synchronous"), row => row.GetInt64(0), default)).Single());
            Assert.Equal("wal", (await database.QueryAsync(new Statement("pragma journal_mode"), row => row.GetString(0), default)).Single());
        }
    }
}
