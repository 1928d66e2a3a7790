using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>What a charging station of OCPP 2.0.1 or 2.1 says, frame by frame.</summary>
internal static class Stepping
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Connects, boots and says that its only connector is free.</summary>
    public static async Task<RawCharger> Boot(Uri ocpp, string identity, string version)
    {
        var charger = await RawCharger.Connect(ocpp, identity, subprotocol: version);
        var boot = Charging.Result(await charger.Call("BootNotification", Introduction));
        Assert.Equal("Accepted", boot["status"]!.GetValue<string>());
        await charger.Call("StatusNotification", Status("Available"));
        return charger;
    }

    /// <summary>As <see cref="Boot"/>, and waits until operators can see it.</summary>
    public static async Task<RawCharger> BootKnown(MoovoltProcess node, string identity, string version)
    {
        var charger = await Boot(node.Ocpp, identity, version);
        var seen = await Eventually.Get(
            () => node.Api.Get($"charge-points/{identity}"), seen => seen.Status == HttpStatusCode.OK, Soon);
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        return charger;
    }

    public static object Introduction => new
    {
        reason = "PowerUp", chargingStation = new { vendorName = "Raw", model = "Two", serialNumber = "R-2", firmwareVersion = "2.0" },
    };

    public static object Status(string status) =>
        new { timestamp = Charging.Now, connectorStatus = status, evseId = 1, connectorId = 1 };

    /// <summary>A step of a transaction.</summary>
    /// <param name="wh">What the meter shows; null for no sample.</param>
    public static JsonObject Step(
        string id, string kind, int number, int? wh = null, string? token = null, string trigger = "MeterValuePeriodic",
        string? at = null, string? state = null, int? remoteStart = null)
    {
        var (time, context) = (at ?? Charging.Now, kind == "Updated" ? "Sample.Periodic" : kind == "Started" ? "Transaction.Begin" : "Transaction.End");
        var info = new JsonObject { ["transactionId"] = id };
        if (state is not null) info["chargingState"] = state;
        if (remoteStart is { } wish) info["remoteStartId"] = wish;
        var step = new JsonObject
        {
            ["eventType"] = kind,
            ["timestamp"] = time,
            ["triggerReason"] = trigger,
            ["seqNo"] = number,
            ["transactionInfo"] = info,
            ["evse"] = new JsonObject { ["id"] = 1, ["connectorId"] = 1 },
        };
        if (token is not null) step["idToken"] = new JsonObject { ["idToken"] = token, ["type"] = "ISO14443" };
        if (wh is not { } register) return step;

        var sampled = new JsonObject
        {
            ["value"] = register / 1000m,
            ["context"] = context,
            ["unitOfMeasure"] = new JsonObject { ["unit"] = "Wh", ["multiplier"] = 3 },
        };
        step["meterValue"] = new JsonArray(new JsonObject { ["timestamp"] = time, ["sampledValue"] = new JsonArray(sampled) });
        return step;
    }

    /// <summary>Tells a step; gives back what we think of the token in it, or null.</summary>
    public static async Task<string?> Tell(this RawCharger charger, JsonObject step) =>
        Charging.Result(await charger.Call("TransactionEvent", step.DeepClone()))["idTokenInfo"]?["status"]?.GetValue<string>();
}
