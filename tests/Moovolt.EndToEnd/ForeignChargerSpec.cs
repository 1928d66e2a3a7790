using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>One node as the README's first command starts it, and a charger that nobody here wrote.</summary>
[Collection(Processes.Name)]
public sealed class ForeignChargerSpec
{
    [SkippableFact]
    public async Task A_foreign_charger_charges_and_a_killed_node_still_knows_what_it_answered()
    {
        Needs.NodeJs();
        await using var node = await new MoovoltProcess().Start().Ready();
        await node.Api.Accept("CAFE");
        await using (var charger = await ForeignCharger.Connect(node.Ocpp, "FOREIGN 1"))
        {
            Assert.Equal("Accepted", (await charger.Do("boot"))["status"]!.GetValue<string>());
            await charger.Do("available");
            Assert.Equal("Accepted", (await charger.Do("authorize", new { idTag = "cafe" }))["idTagInfo"]!["status"]!.GetValue<string>());
            var started = await charger.Do("start", new { idTag = "cafe", meterStart = 1234 });
            Assert.Equal("Accepted", started["idTagInfo"]!["status"]!.GetValue<string>());
            await charger.Do("meter", new { wh = 5000 });
            await charger.Do("stop", new { meterStop = 8765 });
            node.Kill9();
        }

        await node.Start().Ready();

        var transaction = Assert.Single(await Ended(node.Api, "FOREIGN%201"));
        Assert.Equal(1234, transaction["meterStartWh"]!.GetValue<long>());
        Assert.Equal(8765, transaction["meterStopWh"]!.GetValue<long>());
        Assert.Equal(7531, transaction["deliveredWh"]!.GetValue<long>());
    }

    [SkippableFact]
    public async Task An_operator_starts_and_stops_a_foreign_charger()
    {
        Needs.NodeJs();
        await using var node = await new MoovoltProcess().Start().Ready();
        await node.Api.Accept("CAFE");
        await using var charger = await ForeignCharger.Connect(node.Ocpp, "FOREIGN-2");
        await charger.Do("boot");
        await charger.Do("available");

        var start = await node.Api.Post("charge-points/FOREIGN-2/commands/start-charging", new { token = "CAFE", evse = 1 });
        Assert.True(start.Status == HttpStatusCode.OK, $"{start}");
        Assert.Contains(start["state"]!.GetValue<string>(), new[] { "accepted", "effective" });
        var started = await charger.Says("remoteStart");

        var transaction = $"FOREIGN-2/{started["transactionId"]}";
        var stop = await node.Api.Post("charge-points/FOREIGN-2/commands/stop-charging", new { transaction });
        Assert.True(stop.Status == HttpStatusCode.OK, $"{stop}");
        Assert.Contains(stop["state"]!.GetValue<string>(), new[] { "accepted", "effective" });
        await charger.Says("remoteStop");

        var ended = Assert.Single(await Ended(node.Api, "FOREIGN-2"));
        Assert.Equal(transaction, ended["id"]!.GetValue<string>());
        Assert.Equal(7, ended["deliveredWh"]!.GetValue<long>());
    }

    private static Task<IReadOnlyList<JsonNode>> Ended(Api api, string chargePoint) => Eventually.Get(
        () => api.All($"transactions?chargePoint={chargePoint}&state=ended"), all => all.Count > 0, TimeSpan.FromSeconds(10));
}
