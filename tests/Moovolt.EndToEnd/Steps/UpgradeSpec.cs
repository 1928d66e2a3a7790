using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// A charger whose firmware goes from OCPP 1.6 to 2.0.1, and back: one identity and one history, and nothing that its
/// other self said of its connectors and its configuration is left to mislead.
/// </summary>
public sealed class UpgradeSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private const string Id = "UPGRADED";
    private const string Old = "ocpp1.6";
    private const string New = "ocpp2.0.1";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Api => fixture.Node.Api;

    [Fact]
    public async Task A_charger_that_is_upgraded_and_comes_back_down_keeps_its_history_and_its_name()
    {
        await Api.Accept("CAFE");
        var firstStart = Charging.StartTransaction("CAFE", 1_000);
        int first, open;
        await using (var charger = await Old16(connectors: 2))
        {
            await Reads(charger, "GetConfiguration", "HeartbeatInterval", _ => new
            {
                configurationKey = new[] { new { key = "HeartbeatInterval", @readonly = false, value = "300" } },
                unknownKey = Array.Empty<string>(),
            });
            first = Number(await charger.Call("StartTransaction", firstStart));
            await charger.Call("StopTransaction", Charging.StopTransaction(first, 1_700));
            open = Number(await charger.Call("StartTransaction", Charging.StartTransaction("CAFE", 1_700)));
        }

        await Gone();
        Assert.Equal(HttpStatusCode.Accepted, (await Api.Post($"charge-points/{Id}/commands/unlock?queue=600", new { evse = 1 }, wait: 0)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Api.Post($"charge-points/{Id}/calls/ChangeConfiguration?queue=600", new { key = "A", value = "1" }, wait: 0)).Status);

        await using (var charger = await RawCharger.Connect(fixture.Node.Ocpp, Id, subprotocol: New))
        {
            charger.Says("UnlockConnector", "Unlocked");
            charger.Says("RequestStopTransaction", "Accepted");
            await Boot20(charger);

            var row = await Is(New, connectors: [(1, 1), (1, 2)]);
            Assert.Equal(("Raw", "Two", "2.0"), (Text(row, "vendor"), Text(row, "model"), Text(row, "firmwareVersion")));
            Assert.DoesNotContain("HeartbeatInterval", (await Api.Get($"charge-points/{Id}/configuration")).Text, StringComparison.Ordinal);

            // What waited goes in the words of now, or says why it cannot.
            await Command("unlock", "accepted");
            var unlock = charger.Asked.Single(frame => frame[2]!.GetValue<string>() == "UnlockConnector")[3]!;
            Assert.Equal(1, unlock["evseId"]!.GetValue<int>());
            var raw = await Command("ChangeConfiguration", "failed");
            Assert.Contains("ChangeConfiguration", raw["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.DoesNotContain(charger.Asked, frame => frame[2]!.GetValue<string>() == "ChangeConfiguration");

            // The transaction that the upgrade broke off is still the charger's, and the next one on its connector ends it.
            Assert.Equal($"{Id}/{open}", Assert.Single(await OpenTransactions())!.GetValue<string>());
            await charger.Tell(Stepping.Step("b7d1", "Started", 0, 2_000, "CAFE", "Authorized"));
            await charger.Tell(Stepping.Step("b7d1", "Updated", 1, 2_600, state: "Charging"));
            await charger.Tell(Stepping.Step("b7d1", "Ended", 2, 3_111, trigger: "EVDeparted"));
            Assert.Equal(1_111, Wh(await Ended("b7d1"), "deliveredWh"));
            Assert.True((await Ended($"{open}"))["inferred"]!.GetValue<bool>());

            await Reads(charger, "GetVariables", "OCPPCommCtrlr.HeartbeatInterval", asked => new
            {
                getVariableResult = asked["getVariableData"]!.AsArray().Select(data => new
                {
                    attributeStatus = "Accepted", attributeValue = "60", component = data!["component"], variable = data["variable"],
                }),
            });
        }

        await Gone();
        await using (var charger = await Old16(connectors: 1))
        {
            await Is(Old, connectors: [(1, 1)]);
            Assert.DoesNotContain("OCPPCommCtrlr", (await Api.Get($"charge-points/{Id}/configuration")).Text, StringComparison.Ordinal);
            Assert.Equal(first, Number(await charger.Call("StartTransaction", firstStart))); // a start of its first life
            var next = Number(await charger.Call("StartTransaction", Charging.StartTransaction("CAFE", 3_111)));
            Assert.Equal(open + 1, next);
            charger.Says("RemoteStopTransaction", "Accepted");
            Assert.Equal(HttpStatusCode.OK, (await Api.Post($"charge-points/{Id}/commands/stop-charging", new { transaction = $"{Id}/{next}" })).Status);
            await charger.Call("StopTransaction", Charging.StopTransaction(next, 3_118));
            Assert.Equal(7, Wh(await Ended($"{next}"), "deliveredWh"));

            var all = await Api.All($"transactions?chargePoint={Id}");
            Assert.Equal(
                new[] { $"{Id}/{first}", $"{Id}/{open}", $"{Id}/b7d1", $"{Id}/{next}" }.Order(),
                all.Select(transaction => Text(transaction, "id")!).Order());
            Assert.Empty(await OpenTransactions());
            Assert.Contains("TransactionEvent", (await Api.Get($"charge-points/{Id}/messages?limit=500")).Text, StringComparison.Ordinal);
        }
    }

    private async Task<RawCharger> Old16(int connectors)
    {
        var charger = await RawCharger.Connect(fixture.Node.Ocpp, Id, subprotocol: Old);
        var boot = Charging.Result(await charger.Call("BootNotification", new { chargePointVendor = "Raw", chargePointModel = "One", firmwareVersion = "1.6" }));
        Assert.Equal("Accepted", Text(boot, "status"));
        for (var connector = 1; connector <= connectors; connector++)
            await charger.Call("StatusNotification", new { connectorId = connector, errorCode = "NoError", status = "Available" });
        return charger;
    }

    // The second connector is on the first EVSE now: what was connector 2 is no more.
    private static async Task Boot20(RawCharger charger)
    {
        Charging.Result(await charger.Call("BootNotification", Stepping.Introduction));
        for (var connector = 1; connector <= 2; connector++)
            await charger.Call("StatusNotification", new { timestamp = Charging.Now, connectorStatus = "Available", evseId = 1, connectorId = connector });
    }

    private async Task Reads(RawCharger charger, string action, string key, Func<JsonNode, object> answer)
    {
        charger.Answers[action] = answer;
        Assert.Equal(HttpStatusCode.OK, (await Api.Post($"charge-points/{Id}/commands/get-configuration", new { keys = new[] { key } })).Status);
        await Eventually.Get(
            () => Api.Get($"charge-points/{Id}/configuration"), seen => seen.Text.Contains($"\"{key}\"", StringComparison.Ordinal), Soon);
    }

    private Task<Api.Answer> Gone() => Eventually.Get(
        () => Api.Get($"charge-points/{Id}"), seen => seen["connection"]?["online"]?.GetValue<bool>() == false, Soon);

    private async Task<JsonNode> Is(string protocol, (int Evse, int Connector)[] connectors)
    {
        var seen = await Eventually.Get(() => Api.Get($"charge-points/{Id}"), seen => Text(seen["connection"]!, "protocol") == protocol
            && Places(seen.Body!).SequenceEqual(connectors), Soon);
        return seen.Body!;
    }

    private async Task<JsonNode> Command(string action, string state)
    {
        var all = await Eventually.Get(
            () => Api.All($"commands?chargePoint={Id}"),
            all => all.Any(command => Text(command, "action") == action && Text(command, "state") == state), Soon);
        return all.First(command => Text(command, "action") == action);
    }

    private async Task<JsonArray> OpenTransactions() => (await Api.Get($"charge-points/{Id}"))["openTransactions"]!.AsArray();

    private async Task<JsonNode> Ended(string localId) => (await Eventually.Get(
        () => Api.Get($"transactions/{Id}/{localId}"), seen => seen["state"]?.GetValue<string>() == "ended", Soon)).Body!;

    private static IEnumerable<(int, int)> Places(JsonNode row) => row["connectors"]!.AsArray()
        .Select(connector => (connector!["evse"]!.GetValue<int>(), connector["connector"]!.GetValue<int>())).Order();

    private static int Number(JsonArray started) => Charging.Result(started)["transactionId"]!.GetValue<int>();

    private static string? Text(JsonNode row, string member) => row[member]?.GetValue<string>();

    private static int? Wh(JsonNode row, string member) => row[member]?.GetValue<int>();
}
