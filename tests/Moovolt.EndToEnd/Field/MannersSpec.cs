using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;
using static Moovolt.EndToEnd.Field.FieldNode;

namespace Moovolt.EndToEnd.Field;

/// <summary>The field list, one test a pain: how chargers speak. The numbers are those of the list in the README.</summary>
public sealed class MannersSpec(FieldNode field) : IClassFixture<FieldNode>
{
    [Fact]
    public async Task Item_14_A_call_that_the_charger_has_not_answered_keeps_none_of_its_own_waiting()
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "F14"); // answers nothing by itself
        await field.Api.Post("charge-points/F14/commands/clear-cache", new { }, wait: 0);
        var first = await charger.IsAsked("ClearCache");
        await field.Api.Post("charge-points/F14/commands/get-configuration", new { }, wait: 0);

        Charging.Result(await charger.Call("Heartbeat", new { }));
        await charger.Samples(null, "100");
        Assert.Single(charger.Asked); // one of ours in flight

        await charger.Answers(first, new { status = "Accepted" });
        await charger.IsAsked("GetConfiguration");
    }

    [Fact]
    public async Task Item_15_An_answer_that_nobody_waits_for_is_ignored_and_the_socket_lives()
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "F15");

        await charger.Send("""[3,"nobody-asked",{"status":"Accepted"}]""");
        await charger.Send("""[4,"nobody-asked","GenericError","",{}]""");
        await charger.Send("""[3,17,{}]""");

        Charging.Result(await charger.Call("Heartbeat", new { }));
        Assert.Null(await charger.Unasked(TimeSpan.FromMilliseconds(200)));
    }

    [Theory]
    [InlineData("FormatViolation", ""","what went wrong",{}]""")]
    [InlineData("FormationViolation", ""","what went wrong"]""")]
    [InlineData("OccurenceConstraintViolation", ""","",{}]""")]
    [InlineData("OccurrenceConstraintViolation", ""","",{}]""")]
    [InlineData("MadeUpByTheMaker", "]")]
    public async Task Item_16_A_CALLERROR_is_read_in_whatever_form_it_comes(string code, string rest)
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, $"F16-{code}");
        var asked = await field.Api.Post($"charge-points/F16-{code}/commands/clear-cache", new { }, wait: 0);
        var call = await charger.IsAsked("ClearCache");

        await charger.Send($"""[4,"{call[1]!.GetValue<string>()}","{code}"{rest}""");

        var command = await Eventually.Get(
            () => field.Api.Get($"commands/{asked["id"]!.GetValue<string>()}"), seen => Word(seen.Body!, "state") == "failed", field.Soon);
        Assert.Equal(code, command["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""[2,"f17","StopTransaction",{"transactionId":,"meterStop":5000}]""", true)]
    [InlineData("""[2,"f17","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":""", true)]
    [InlineData("""{"connectorId":1}""", false)]
    public async Task Item_17_Invalid_JSON_is_answered_if_its_id_can_be_read_and_kept_as_it_came(string frame, bool answered)
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "F17");

        if (answered) Assert.Equal("FormationViolation", Charging.ErrorCode(await charger.Ask("f17", frame)));
        else await charger.Send(frame);

        Charging.Result(await charger.Call("Heartbeat", new { }));
        await field.ChargePoint("F17");
        await Eventually.Get(
            () => field.Api.All("charge-points/F17/messages"), seen => seen.Any(kept => Word(kept, "frame") == frame), field.Soon);
    }

    [Theory]
    [InlineData("StartTransaction", "{}")]
    [InlineData("StartTransaction", """{"connectorId":"one","idTag":{},"meterStart":"much","timestamp":"yesterday"}""")]
    [InlineData("StopTransaction", "{}")]
    [InlineData("StopTransaction", """{"transactionId":"x","meterStop":-5,"timestamp":17,"reason":"Because"}""")]
    [InlineData("MeterValues", "{}")]
    [InlineData("MeterValues", """{"connectorId":99,"transactionId":123456,"meterValue":"none"}""")]
    public async Task Item_18_A_transaction_message_is_always_answered_with_a_CALLRESULT(string action, string payload)
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "F18");

        Charging.Result(await charger.Call(action, JsonNode.Parse(payload)!));

        // Kept whole, where an operator finds it.
        await field.ChargePoint("F18");
        await Eventually.Get(
            () => field.Api.All("charge-points/F18/messages"),
            seen => seen.Any(kept => Word(kept, "frame")!.Contains(payload, StringComparison.Ordinal)), field.Soon);
        if (action != "MeterValues")
        {
            await Eventually.Get(
                () => field.Api.All("charge-points/F18/frames"), seen => seen.Any(kept => Word(kept, "frame") == payload), field.Soon);
        }
    }

    [Fact]
    public async Task Item_19_Answers_have_the_members_of_the_standard_and_no_others()
    {
        await field.Api.Accept("F19-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F19");

        var start = await charger.Starts("F19-TAG", 1_000);
        Assert.Equal(["idTagInfo", "transactionId"], Members(start));
        Assert.Equal(["status"], Members(start["idTagInfo"]!));
        await charger.Samples(start["transactionId"]!.GetValue<int>(), "1100"); // answered with nothing at all
        Assert.Empty(Members(await charger.Stops(start["transactionId"]!.GetValue<int>(), 1_500)));
        Assert.Equal(["idTagInfo"], Members(Charging.Result(await charger.Call("Authorize", new { idTag = "F19-TAG" }))));
    }

    [Fact]
    public async Task Item_20_A_status_of_connector_0_is_the_charge_points_own_and_makes_no_connector()
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "F20");

        await charger.Says("Unavailable", connector: 0);

        var seen = await field.ChargePoint("F20", known => known["connectors"]!.AsArray().Count == 2);
        var plugs = seen["connectors"]!.AsArray().ToDictionary(plug => plug!["evse"]!.GetValue<int>(), plug => Word(plug!, "status"));
        Assert.Equal(new Dictionary<int, string?> { [0] = "Unavailable", [1] = "Available" }, plugs);
    }

    [Fact]
    public async Task Item_21_A_big_frame_is_taken_and_one_beyond_the_limit_is_closed_with_1009_and_counted()
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "F21");
        await charger.Samples(null, new string('1', 600_000));

        try
        {
            await charger.Send($$"""[2,"huge","MeterValues",{"connectorId":1,"x":"{{new string('x', 2 << 20)}}"}]""");
        }
        catch (WebSocketException)
        {
            // It may be closed while it is still being sent.
        }

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await charger.Closed(field.Soon));
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(field.Node.Url, "/metrics"));
        Assert.Contains("limit=\"frame\"", metrics, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await field.Api.Get("charge-points/F21")).Status);
    }

    private static string[] Members(JsonNode node) => [.. node.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)];
}
