using System.Diagnostics;
using System.Net;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>The one-command node: SQLite, every role, loopback only.</summary>
[Collection(Processes.Name)]
public sealed class OneNodeSpec
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_serves_within_a_minute_and_says_where_and_with_which_key()
    {
        var clock = Stopwatch.StartNew();
        await using var node = await new MoovoltProcess().Start().Ready(TimeSpan.FromSeconds(60));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Contains(node.Url.ToString().TrimEnd('/'), node.Printed, StringComparison.Ordinal);
        Assert.Contains(node.Api.Key, node.Printed, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(node.DataDirectory, "operator.key")));
        }

        Assert.True(await node.Answers("/healthz/live"));
        Assert.True(await node.Answers("/metrics"));
        Assert.True(await node.Answers("/openapi/v1.json"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await new Api(node.Url, "not-the-key").Get("charge-points")).Status);
    }

    [Fact]
    public async Task A_second_process_on_the_same_directory_is_refused_with_a_sentence()
    {
        var directory = Directory.CreateTempSubdirectory("moovolt-shared-");
        try
        {
            await using var first = await new MoovoltProcess(directory: directory.FullName).Start().Ready();
            await using var second = new MoovoltProcess(directory: directory.FullName).Start();

            Assert.NotEqual(0, await second.Ends(Soon));
            Assert.Contains("another", second.Printed, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("data", second.Printed, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", second.Printed, StringComparison.Ordinal);
            Assert.True(await first.Answers("/healthz/ready"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_signal_ends_it_in_order_and_chargers_are_told()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        await using var charger = await RawCharger.Boot(node.Ocpp, "DRAINED");

        Assert.Equal(0, await node.Terminate(TimeSpan.FromSeconds(100)));

        var code = (int?)await charger.Closed(Soon);
        Assert.Contains(code, new int?[] { 1001, 1012 });
    }

    [Fact]
    public async Task What_was_asked_of_a_charger_ends_although_the_node_was_killed_and_the_charger_stays_away()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        await using var charger = await RawCharger.Boot(node.Ocpp, "AWAY"); // answers no call at all
        var orphans = await Orphans.Leave(node.Api, charger);

        node.Kill9();
        charger.Vanish();
        await node.Start().Ready();

        await orphans.EndAt(node.Api, TimeSpan.FromSeconds(30));
    }
}
