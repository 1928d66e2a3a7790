using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// What a meter signed is the proof of a value before calibration law: who asks for a transaction's samples gets it as
/// the charger said it, to the last character.
/// </summary>
public sealed class SignedMeterSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private const string Register = "Energy.Active.Import.Register";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // As long as 2.0.1 allows, with every kind of character that Base64 has.
    private static readonly string Data = Signature(2_496);
    private static readonly string Key = Signature(180);

    private Api Api => fixture.Node.Api;

    [Theory]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public async Task What_a_meter_of_a_station_signed_is_given_back_as_it_came(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"SIGNED-{version}", version);
        var step = Stepping.Step("t1", "Started", 0, 1_000, trigger: "CablePluggedIn");
        var signed = new JsonObject
        {
            ["signedMeterData"] = Data, ["signingMethod"] = "ECDSA-secp256r1-SHA256", ["encodingMethod"] = "OCMF",
            ["publicKey"] = Key,
        };
        step["meterValue"]![0]!["sampledValue"]![0]!["signedMeterValue"] = signed.DeepClone();
        await charger.Tell(step);

        var reading = await Reading($"{charger.Identity}/t1");
        Assert.Equal(
            (Data, "ECDSA-secp256r1-SHA256", "OCMF", Key),
            (Text(reading, "data"), Text(reading, "signingMethod"), Text(reading, "encodingMethod"), Text(reading, "publicKey")));
    }

    [Fact]
    public async Task What_a_meter_of_a_1_6_charger_signed_is_given_back_as_it_came()
    {
        await Api.Accept("SIGNED");
        await using var charger = await RawCharger.Boot(fixture.Node.Ocpp, "SIGNED-16");
        var start = Charging.Result(await charger.Call("StartTransaction", new
        {
            connectorId = 1, idTag = "SIGNED", meterStart = 1_000, timestamp = Charging.Now,
        }));
        var transactionId = start["transactionId"]!.GetValue<int>();
        var value = new { value = Data, format = "SignedData", measurand = Register };
        Charging.Result(await charger.Call("MeterValues", new
        {
            connectorId = 1, transactionId, meterValue = new[] { new { timestamp = Charging.Now, sampledValue = new[] { value } } },
        }));

        var samples = await Samples($"{charger.Identity}/{transactionId}");
        var reading = samples.SelectMany(sample => sample!["readings"]!.AsArray())
            .Single(reading => Text(reading!, "format") == "SignedData")!;
        Assert.Equal((Data, Register), (Text(reading, "value"), Text(reading, "measurand")));
    }

    private async Task<JsonNode> Reading(string transaction) =>
        Assert.Single(Assert.Single(await Samples(transaction))!["readings"]!.AsArray())!["signed"]!;

    private async Task<JsonArray> Samples(string transaction)
    {
        var said = await Eventually.Get(
            () => Api.Get($"transactions/{transaction}/samples"),
            seen => seen.Status == HttpStatusCode.OK && seen["items"]!.AsArray().Count > 0,
            Soon);
        return said["items"]!.AsArray();
    }

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();

    private static string Signature(int length)
    {
        var octets = Enumerable.Range(0, (length / 4 * 3) - 1).Select(n => (byte)((n * 89) + 251)).ToArray();
        return Convert.ToBase64String(octets);
    }
}
