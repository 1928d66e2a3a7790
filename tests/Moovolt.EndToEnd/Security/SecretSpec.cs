using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>After a rotation the password is nowhere but at the charger (security whitepaper, A01.FR.08 and FR.09).</summary>
[Collection(Processes.Name)]
public sealed class SecretSpec
{
    [Fact]
    public async Task SEC_18_the_password_is_in_no_log_journal_table_message_metric_or_answer()
    {
        await using var node = new MoovoltProcess(new Dictionary<string, string> { ["Logging__LogLevel__Moovolt"] = "Debug" });
        await node.Start().Ready();
        var keeper = new KeyKeeper("DISCREET");
        await node.Api.Register(keeper.Identity, KeyKeeper.First);
        string command;
        await using (var charger = await keeper.Boot(node, keeper.Old, says: "Accepted"))
        {
            command = await keeper.Rotate(node.Api);
            await keeper.Given(charger);
            await KeyKeeper.Becomes(node.Api, command, "accepted");
        }

        await using var back = await keeper.Boot(node, keeper.New, says: "Accepted");
        await KeyKeeper.Becomes(node.Api, command, "effective");
        await Eventually.Get(
            () => node.Api.Get("charge-points/DISCREET/messages"), // it is there, without its secret
            seen => seen.Text.Contains("AuthorizationKey", StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        var said = new List<(string Where, string Text)> { ("output", node.Printed) };
        foreach (var path in new[]
        {
            "charge-points/DISCREET", "charge-points/DISCREET/messages", "charge-points/DISCREET/configuration",
            "charge-points/DISCREET/compliance", $"commands/{command}", "commands", "connection-attempts",
        })
        {
            said.Add((path, (await node.Api.Get(path)).Text));
        }

        using var http = new HttpClient();
        said.Add(("metrics", await http.GetStringAsync(new Uri(node.Url, "/metrics"))));
        Assert.Contains("ChangeConfiguration", node.Printed, StringComparison.Ordinal); // frames are in the log, at Debug
        Assert.Empty(said.SelectMany(one => Leaks.InText(one.Where, one.Text, keeper.New)));
        Assert.Empty(Leaks.InFiles(node.DataDirectory, keeper.New));
    }
}
