using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// What a charger may do wrong: each gets what OCPP-J 1.6 says, and the node serves the others on. That none of it leaves
/// a stack trace behind is looked at when all are through.
/// </summary>
public sealed class BadInputSpec(UntroubledNode fixture) : IClassFixture<UntroubledNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private MoovoltProcess Node => fixture.Node;

    [Theory]
    [InlineData("""[2,"b1","Heartbeat",{]""", "b1", "FormationViolation")]
    [InlineData("""[2,"b2","Heartbeat"]""", "b2", "FormationViolation")]
    [InlineData("""[2,"b3","Heartbeat",[1]]""", "b3", "FormationViolation")]
    [InlineData("""[2,"b4","FlyToTheMoon",{}]""", "b4", "NotImplemented")]
    [InlineData("""[2,"b5","heartbeat",{}]""", "b5", "NotImplemented")]
    [InlineData("""[2,"b6","StatusNotification",{"connectorId":"one","errorCode":"NoError","status":"Available"}]""", "b6", "TypeConstraintViolation")]
    [InlineData("""[2,"b7","BootNotification",{"chargePointVendor":"V"}]""", "b7", "OccurenceConstraintViolation")]
    [InlineData("""[2,"b8","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Asleep"}]""", "b8", "PropertyConstraintViolation")]
    public async Task A_frame_that_is_wrong_is_answered_with_its_error(string frame, string id, string code)
    {
        await using var neighbour = await RawCharger.Boot(Node.Ocpp, "NEIGHBOUR");
        await using var charger = await RawCharger.Boot(Node.Ocpp, "ROUGH");

        Assert.Equal(code, Charging.ErrorCode(await charger.Ask(id, frame)));

        await Serves(charger);
        await Serves(neighbour);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("[2]")]
    [InlineData("not JSON at all")]
    [InlineData("""[3,"nobody-asked",{}]""")]
    [InlineData("""[7,"from-the-future",{}]""")]
    public async Task What_cannot_be_answered_is_dropped_and_the_socket_lives(string frame)
    {
        await using var charger = await RawCharger.Boot(Node.Ocpp, "NOISY");

        await charger.Send(frame);

        await Serves(charger);
        Assert.Null(await charger.Unasked(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task A_frame_of_two_mebibytes_closes_the_socket_as_too_big()
    {
        await using var neighbour = await RawCharger.Boot(Node.Ocpp, "NEIGHBOUR");
        await using var charger = await RawCharger.Boot(Node.Ocpp, "HUGE");
        try
        {
            await charger.Send($$"""[2,"huge","DataTransfer",{"vendorId":"v","data":"{{new string('x', 2 << 20)}}"}]""");
        }
        catch (WebSocketException)
        {
            // It may be closed while it is still being sent.
        }

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await charger.Closed(Soon));
        await Serves(neighbour);
    }

    [Fact]
    public async Task A_binary_frame_closes_the_socket_as_unacceptable()
    {
        await using var neighbour = await RawCharger.Boot(Node.Ocpp, "NEIGHBOUR");
        await using var charger = await RawCharger.Boot(Node.Ocpp, "BINARY");

        await charger.Send([0x5B, 0x32, 0x5D], WebSocketMessageType.Binary);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await charger.Closed(Soon));
        await Serves(neighbour);
    }

    [Fact]
    public async Task A_stop_that_makes_no_sense_is_answered_all_the_same()
    {
        await using var charger = await RawCharger.Boot(Node.Ocpp, "SENSELESS");
        foreach (var payload in new[] { "{}", """{"transactionId":"x","meterStop":[]}""", """{"transactionId":-1,"meterStop":1,"timestamp":"then"}""" })
            Charging.Result(await charger.Call("StopTransaction", JsonNode.Parse(payload)!));
        await Serves(charger);
    }

    private static async Task Serves(RawCharger charger) =>
        Assert.NotNull(Charging.Result(await charger.Call("Heartbeat", new { }))["currentTime"]);
}
