using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Field;

/// <summary>The frames of the field specs: as chargers write them, rightly or wrongly.</summary>
internal static class Telling
{
    /// <summary>Introduces itself; gives back the payload of the answer.</summary>
    public static async Task<JsonNode> Boots(this RawCharger charger) => Charging.Result(
        await charger.Call("BootNotification", new { chargePointVendor = "Raw", chargePointModel = "One" }));

    /// <summary>Starts, and gives back the payload of the answer.</summary>
    public static async Task<JsonNode> Starts(
        this RawCharger charger, string token, long? meterStart, string? at = null, int connector = 1) => Charging.Result(
        await charger.Call("StartTransaction", new { connectorId = connector, idTag = token, meterStart, timestamp = at ?? Charging.Now }));

    public static async Task<int> StartsAt(this RawCharger charger, string token, long? meterStart, string? at = null, int connector = 1) =>
        (await charger.Starts(token, meterStart, at, connector))["transactionId"]!.GetValue<int>();

    /// <summary>Stops, and gives back the payload of the answer.</summary>
    public static async Task<JsonNode> Stops(
        this RawCharger charger, object? transactionId, long meterStop, string? at = null, string? token = null)
    {
        var stop = new JsonObject
        {
            ["transactionId"] = System.Text.Json.JsonSerializer.SerializeToNode(transactionId),
            ["meterStop"] = meterStop,
            ["timestamp"] = at ?? Charging.Now,
        };
        if (token is not null) stop["idTag"] = token;
        return Charging.Result(await charger.Call("StopTransaction", stop));
    }

    /// <summary>Sends one sample of the register.</summary>
    public static async Task Samples(
        this RawCharger charger,
        int? transaction,
        string value,
        string? at = null,
        int connector = 1,
        string? unit = "Wh",
        string? context = null)
    {
        var sampled = new JsonObject { ["value"] = value, ["measurand"] = "Energy.Active.Import.Register" };
        if (unit is not null) sampled["unit"] = unit;
        if (context is not null) sampled["context"] = context;
        var payload = new JsonObject
        {
            ["connectorId"] = connector,
            ["meterValue"] = new JsonArray(new JsonObject
            {
                ["timestamp"] = at ?? Charging.Now, ["sampledValue"] = new JsonArray(sampled),
            }),
        };
        if (transaction is { } number) payload["transactionId"] = number;
        Assert.Empty(Charging.Result(await charger.Call("MeterValues", payload)).AsObject());
    }

    public static async Task Says(this RawCharger charger, string status, int connector = 1, string? at = null)
    {
        var payload = new JsonObject { ["connectorId"] = connector, ["errorCode"] = "NoError", ["status"] = status };
        if (at is not null) payload["timestamp"] = at;
        Assert.Empty(Charging.Result(await charger.Call("StatusNotification", payload)).AsObject());
    }

    /// <summary>The next call that we have made to the charger.</summary>
    public static async Task<JsonArray> IsAsked(this RawCharger charger, string action)
    {
        JsonArray? call = null;
        Assert.True(
            await Eventually.Is(
                () => (call = charger.Asked.FirstOrDefault(frame => frame[2]!.GetValue<string>() == action)) is not null,
                TimeSpan.FromSeconds(30)),
            $"It was never asked for {action}.");
        return call!; // it was
    }

    public static Task Answers(this RawCharger charger, JsonArray call, object payload) => charger.Send(
        new JsonArray(3, call[1]!.GetValue<string>(), System.Text.Json.JsonSerializer.SerializeToNode(payload)).ToJsonString());
}
