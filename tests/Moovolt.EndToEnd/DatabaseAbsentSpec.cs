using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>A database that is not there yet.</summary>
[Collection(Processes.Name)]
public sealed class DatabaseAbsentSpec
{
    [SkippableFact]
    public async Task A_node_waits_for_its_database_and_says_so()
    {
        await using var server = await PostgresServer.Make();
        var environment = new Dictionary<string, string>
        {
            ["MOOVOLT_DB"] = server.ConnectionString("postgres"),
            ["MOOVOLT_REMOTING_PORT"] = "0",
        };
        await using var node = new MoovoltProcess(environment).Start();

        Assert.True(await node.Prints("waiting", TimeSpan.FromSeconds(30)), node.Printed);
        Assert.False(await node.Answers("/healthz/ready"));
        Assert.DoesNotContain("   at ", node.Printed, StringComparison.Ordinal);

        await server.Open();
        await node.Ready();
    }
}
