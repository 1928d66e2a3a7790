using Moovolt.ReadModel.Storage;
using Moovolt.Rig;
using Npgsql;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What would lose answers, or keep a node from serving, is found before it does.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ExaminationSpec(Backends backends)
{
    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Nothing_is_said_against_a_sound_database(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        stage.Clock.SetUtcNow(DateTimeOffset.UtcNow);
        Assert.All(
            await ExamineAsync(stage),
            finding => Assert.Equal((Gravity.Fine, (string?)null), (finding.Gravity, finding.Advice)));
    }

    [SkippableFact]
    public async Task Commits_that_do_not_wait_for_the_disk_are_fatal()
    {
        PostgresServer.Needed();
        var connection = new NpgsqlConnectionStringBuilder(await (await backends.Server).NewDatabase())
        {
            Options = "-c synchronous_commit=off",
        };
        await using var stage = await Stage.OnPostgresAsync(connection.ConnectionString);
        var finding = Assert.Single(
            await ExamineAsync(stage), each => each.What.StartsWith("synchronous_commit", StringComparison.Ordinal));
        Assert.Equal(Gravity.Fatal, finding.Gravity);
        Assert.NotNull(finding.Advice);
    }

    [SkippableFact]
    public async Task It_is_said_how_many_nodes_have_room()
    {
        PostgresServer.Needed();
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        stage.Clock.SetUtcNow(DateTimeOffset.UtcNow);
        Assert.Contains( // 300, and 3 of them are the superuser's
            await ExamineAsync(stage),
            each => each.What == "The server takes 297 connections; a node opens up to 23: room for 12 nodes.");
    }

    [Theory]
    [InlineData("Host=db", PostgresDatabase.Connections)]
    [InlineData("Host=db;Maximum Pool Size=40", 40)]
    [InlineData("Host=db;Maximum Pool Size=100", 100)]
    public void A_node_opens_few_connections_unless_it_is_told_otherwise(string given, int connections) => Assert.Equal(
        connections, new NpgsqlConnectionStringBuilder(PostgresDatabase.Complete(given)).MaxPoolSize);

    [SkippableFact]
    public async Task A_clock_that_is_wrong_is_fatal()
    {
        PostgresServer.Needed();
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        stage.Clock.SetUtcNow(DateTimeOffset.UtcNow - TimeSpan.FromMinutes(5));
        Assert.Contains(
            await ExamineAsync(stage),
            each => each.Gravity == Gravity.Fatal && each.What.Contains("300", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_newer_schema_is_fatal_and_an_older_one_a_warning(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await SetAsync("read-model", 999);
        await SetAsync("journal", 0);

        var found = (await ExamineAsync(stage)).Where(each => each.What.Contains("schema", StringComparison.Ordinal));
        Assert.Equal([Gravity.Warning, Gravity.Fatal], found.Select(each => each.Gravity));

        Task SetAsync(string name, int version) => (name == "journal" ? stage.Stores.Journal : stage.Stores.ReadModel)
            .RunAsync([new Statement("update schema_version set version = $1 where name like $2", version, $"{name}%")], default);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_a_newer_program_only_added_is_fine(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.Stores.ReadModel.RunAsync(
            [new Statement("update schema_version set version = 999 where name = $1", "read-model, additions")], default);

        var finding = Assert.Single(
            await ExamineAsync(stage), each => each.What.StartsWith("The read-model schema", StringComparison.Ordinal));
        Assert.Equal(Gravity.Fine, finding.Gravity);
        Assert.Contains("is version 999: a newer moovolt added", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_with_its_reason()
    {
        await using var stores = Stores.OnPostgres("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2");
        var found = new List<Finding>();
        await foreach (var each in new Examination(stores, TimeProvider.System).FindingsAsync(default)) found.Add(each);
        var finding = Assert.Single(found);
        Assert.Equal(Gravity.Fatal, finding.Gravity);
        Assert.Contains("127.0.0.1:1", finding.What, StringComparison.Ordinal);
    }

    private static async Task<List<Finding>> ExamineAsync(Stage stage)
    {
        var found = new List<Finding>();
        await foreach (var each in new Examination(stage.Stores, stage.Clock).FindingsAsync(default)) found.Add(each);
        return found;
    }
}
