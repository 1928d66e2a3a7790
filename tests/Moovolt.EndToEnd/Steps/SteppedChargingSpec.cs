using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>Charging stations of OCPP 2.0.1 and 2.1 at a node that runs: the same journey as one of 1.6.</summary>
public sealed class SteppedChargingSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Api => fixture.Node.Api;

    public static TheoryData<string> Versions => ["ocpp2.0.1", "ocpp2.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_station_charges_and_a_killed_node_still_knows_what_it_answered(string version)
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        await node.Api.Accept("CAFE");
        await using (var charger = await Stepping.Boot(node.Ocpp, "TWO", version))
        {
            Assert.Equal("Accepted", await charger.Tell(Stepping.Step("b7d1", "Started", 0, 1_234, "cafe", "Authorized")));
            await charger.Tell(Stepping.Step("b7d1", "Updated", 1, 5_000, state: "Charging"));
            await charger.Tell(Stepping.Step("b7d1", "Ended", 2, 8_765, trigger: "EVDeparted"));
            node.Kill9();
        }

        await node.Start().Ready();

        var ended = await Ended(node.Api, "TWO/b7d1");
        Assert.Equal(((int?)1_234, (int?)8_765, (int?)7_531), (Wh(ended, "meterStartWh"), Wh(ended, "meterStopWh"), Wh(ended, "deliveredWh")));
        Assert.Equal("cafe", ended["token"]!.GetValue<string>());
        Assert.Empty(ended["annotations"]!.AsArray());
        Assert.Equal(3, (await node.Api.All("transactions/TWO/b7d1/samples")).Count);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_operator_starts_and_stops_a_station_in_words(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"REMOTE-{version}", version);
        await Api.Accept("CAFE");
        charger.Says("RequestStartTransaction", "Accepted");
        charger.Says("RequestStopTransaction", "Accepted");

        var start = await Asks(charger, "start-charging", new { token = "CAFE", evse = 1 });
        var asked = Last(charger, "RequestStartTransaction");
        var number = asked["remoteStartId"]!.GetValue<int>();
        Assert.Equal("Central", asked["idToken"]!["type"]!.GetValue<string>());
        await charger.Tell(Stepping.Step("r1", "Started", 0, 100, "CAFE", "RemoteStart", state: "EVConnected", remoteStart: number));
        await Becomes(start, "effective");

        var stop = await Asks(charger, "stop-charging", new { transaction = $"{charger.Identity}/r1" });
        Assert.Equal("r1", Last(charger, "RequestStopTransaction")["transactionId"]!.GetValue<string>());
        await charger.Tell(Stepping.Step("r1", "Ended", 1, 107, trigger: "RemoteStop"));
        await Becomes(stop, "effective");
        Assert.Equal(7, Wh(await Ended(Api, $"{charger.Identity}/r1"), "deliveredWh"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Steps_in_any_order_and_twice_come_to_one_transaction_and_a_gap_is_shown_until_it_is_filled(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"SHUFFLED-{version}", version);
        var id = $"{charger.Identity}/s1";
        var steps = new[]
        {
            Stepping.Step("s1", "Started", 0, 1_000, "NOBODY", "Authorized", at: "2026-01-01T12:00:00Z"),
            Stepping.Step("s1", "Updated", 1, 1_500, at: "2026-01-01T12:10:00Z"),
            Stepping.Step("s1", "Updated", 2, 1_700, at: "2026-01-01T12:20:00Z"),
            Stepping.Step("s1", "Ended", 3, 2_000, trigger: "EVDeparted", at: "2026-01-01T12:30:00Z"),
        };

        foreach (var n in new[] { 3, 1, 3, 0, 1 }) await charger.Tell(steps[n]);
        var gap = await Becomes(id, row => Codes(row).Contains("steps-missing") && Wh(row, "deliveredWh") == 1_000);
        Assert.Equal("""[{"from":2,"to":2}]""", gap["missingSteps"]!.ToJsonString());

        await charger.Tell(steps[2]);
        var ended = await Becomes(id, row => !Codes(row).Contains("steps-missing"));
        Assert.Empty(ended["missingSteps"]!.AsArray());
        Assert.Equal(1_000, Wh(ended, "deliveredWh"));
        Assert.Equal("2026-01-01T12:00:00Z", ended["startedAt"]!.GetValue<string>());
        Assert.Equal(4, (await Api.All($"transactions/{id}/samples")).Count);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_station_that_has_started_anew_is_asked_about_its_transaction_and_its_word_ends_it(string version)
    {
        var (id, token) = ($"LOST-ITS-END-{version}", "CAFE");
        await Api.Accept(token);
        await using (var charger = await Stepping.BootKnown(fixture.Node, id, version))
        {
            await charger.Tell(Stepping.Step("e1", "Started", 0, 1_000, token, "Authorized"));
            await charger.Tell(Stepping.Step("e1", "Updated", 1, 1_400, state: "Charging"));
        }

        await using var again = await RawCharger.Connect(fixture.Node.Ocpp, id, subprotocol: version);
        again.Answers["GetTransactionStatus"] = _ => new { ongoingIndicator = false, messagesInQueue = false };
        Charging.Result(await again.Call("BootNotification", Stepping.Introduction));

        var ended = await Ended(Api, $"{id}/e1");
        Assert.Equal("e1", Last(again, "GetTransactionStatus")["transactionId"]!.GetValue<string>());
        Assert.Equal((true, (int?)400), (ended["inferred"]!.GetValue<bool>(), Wh(ended, "deliveredWh")));
        var asked = Assert.Single(await Api.All($"commands?chargePoint={id}"));
        Assert.Equal("moovolt", asked["requestedBy"]!.GetValue<string>());

        await again.Tell(Stepping.Step("e1", "Ended", 2, 1_900, trigger: "PowerLoss"));
        var real = await Becomes($"{id}/e1", row => !row["inferred"]!.GetValue<bool>());
        Assert.Equal(900, Wh(real, "deliveredWh"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task What_a_version_cannot_do_is_refused_with_the_reason_and_raw_calls_are_checked(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"CHECKED-{version}", version);
        var refused = await Api.Post($"charge-points/{charger.Identity}/commands/get-configuration", new { keys = new[] { "HeartbeatInterval" } });
        Assert.Contains("OCPPCommCtrlr.HeartbeatInterval", refused["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);

        charger.Answers["GetVariables"] = asked => new
        {
            getVariableResult = asked["getVariableData"]!.AsArray().Select(data => new
            {
                attributeStatus = "Accepted",
                attributeValue = "300",
                component = data!["component"],
                variable = data["variable"],
            }),
        };
        await Asks(charger, "get-configuration", new { keys = new[] { "OCPPCommCtrlr.HeartbeatInterval" } });
        await Eventually.Get(
            () => Api.Get($"charge-points/{charger.Identity}/configuration"),
            seen => seen.Text.Contains("OCPPCommCtrlr.HeartbeatInterval", StringComparison.Ordinal),
            Soon);

        charger.Says("Reset", "Scheduled");
        var wrong = await Api.Post($"charge-points/{charger.Identity}/calls/Reset", new { type = "Soft" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var right = await Api.Post($"charge-points/{charger.Identity}/calls/Reset", new { type = "OnIdle", evseId = 1 });
        Assert.Equal("accepted", right["state"]!.GetValue<string>());
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task A_foreign_station_that_compresses_every_frame_charges(string version)
    {
        await using var charger = await ForeignCharger.Connect(
            fixture.Node.Ocpp, $"FOREIGN-{version}", compress: true, protocols: version);
        Assert.Equal((version, "permessage-deflate"), (charger.Protocol, charger.Extensions));
        await Api.Accept("CAFE");
        Assert.Equal("Accepted", (await charger.Call("BootNotification", Stepping.Introduction))["status"]!.GetValue<string>());
        await charger.Call("StatusNotification", Stepping.Status("Available"));
        await charger.Call("Heartbeat");
        var token = new { idToken = "CAFE", type = "ISO14443" };
        Assert.Equal("Accepted", (await charger.Call("Authorize", new { idToken = token }))["idTokenInfo"]!["status"]!.GetValue<string>());

        await charger.Answers("RequestStartTransaction", new { status = "Accepted" });
        await charger.Answers("RequestStopTransaction", new { status = "Accepted" });
        Assert.Equal(HttpStatusCode.OK, (await Api.Post($"charge-points/{charger.Identity}/commands/start-charging", new { token = "CAFE", evse = 1 })).Status);
        var number = (await charger.Asked("RequestStartTransaction"))["remoteStartId"]!.GetValue<int>();
        await charger.Call("TransactionEvent", Stepping.Step("f1", "Started", 0, 100, "CAFE", "RemoteStart", remoteStart: number));
        await charger.Call("TransactionEvent", Stepping.Step("f1", "Updated", 1, 900, state: "Charging"));
        await charger.Call("TransactionEvent", Stepping.Step("f1", "Ended", 2, 1_107, trigger: "EVDeparted"));
        Assert.Equal(1_007, Wh(await Ended(Api, $"{charger.Identity}/f1"), "deliveredWh"));
        await charger.Close();
    }

    private async Task<string> Asks(RawCharger charger, string verb, object body)
    {
        var answer = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
        return answer["id"]!.GetValue<string>();
    }

    private async Task Becomes(string command, string state)
    {
        var seen = await Eventually.Get(
            () => Api.Get($"commands/{command}"), seen => seen["state"]?.GetValue<string>() == state, Soon);
        Assert.Equal(state, seen["state"]!.GetValue<string>());
    }

    private async Task<JsonNode> Becomes(string transaction, Func<JsonNode, bool> so)
    {
        var seen = await Eventually.Get(
            () => Api.Get($"transactions/{transaction}"), seen => seen.Status == HttpStatusCode.OK && so(seen.Body!), Soon);
        Assert.True(so(seen.Body!), $"{seen}");
        return seen.Body!;
    }

    private static async Task<JsonNode> Ended(Api api, string transaction)
    {
        var seen = await Eventually.Get(
            () => api.Get($"transactions/{transaction}"), seen => seen["state"]?.GetValue<string>() == "ended", Soon);
        Assert.Equal("ended", seen["state"]!.GetValue<string>());
        return seen.Body!;
    }

    private static JsonNode Last(RawCharger charger, string action) =>
        charger.Asked.Last(frame => frame[2]!.GetValue<string>() == action)[3]!;

    private static IEnumerable<string> Codes(JsonNode row) =>
        row["annotations"]!.AsArray().Select(odd => odd!["code"]!.GetValue<string>());

    private static int? Wh(JsonNode row, string member) => row[member]?.GetValue<int>();
}
