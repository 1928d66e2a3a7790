using System.Text.Json.Nodes;

namespace Moovolt.EndToEnd;

/// <summary>What a foreign charger does in a charging session, in the words of OCPP 1.6.</summary>
internal static class ForeignCharging
{
    /// <summary>What an action without other members is answered that a charger is willing to do.</summary>
    public static object Accepted => new { status = "Accepted" };

    public static Task<JsonNode> Boot(this ForeignCharger charger) => charger.Call("BootNotification", new
    {
        chargePointVendor = "Nobody here",
        chargePointModel = "Foreign",
        chargePointSerialNumber = "F-1",
        firmwareVersion = "2.2.1",
    });

    public static Task Status(
        this ForeignCharger charger, string status, int connector = 1, string errorCode = "NoError") =>
        charger.Call(
            "StatusNotification", new { connectorId = connector, errorCode, status, timestamp = Charging.Now });

    /// <summary>What a token may do, by an Authorize.</summary>
    public static async Task<string> Authorize(this ForeignCharger charger, string idTag) =>
        Status(await charger.Call("Authorize", new { idTag }));

    /// <summary>Starts, and gives back the whole answer.</summary>
    public static Task<JsonNode> Begin(
        this ForeignCharger charger,
        string idTag,
        int meterStart = 0,
        string? at = null,
        int connector = 1,
        int? reservation = null)
    {
        var payload = new JsonObject
        {
            ["connectorId"] = connector,
            ["idTag"] = idTag,
            ["meterStart"] = meterStart,
            ["timestamp"] = at ?? Charging.Now,
        };
        if (reservation is { } number) payload["reservationId"] = number;
        return charger.Call("StartTransaction", payload);
    }

    /// <summary>Starts with a token that may charge; gives back the number of the transaction.</summary>
    public static async Task<int> Start(
        this ForeignCharger charger,
        string idTag,
        int meterStart = 0,
        string? at = null,
        int connector = 1,
        int? reservation = null)
    {
        var answer = await charger.Begin(idTag, meterStart, at, connector, reservation);
        if (Status(answer) != "Accepted") throw new InvalidOperationException($"{idTag}: {answer.ToJsonString()}");
        return answer["transactionId"]!.GetValue<int>();
    }

    public static Task<JsonNode> Stop(
        this ForeignCharger charger,
        int transactionId,
        int meterStop,
        string reason = "Local",
        string? at = null,
        string? idTag = null)
    {
        var payload = new JsonObject
        {
            ["transactionId"] = transactionId,
            ["meterStop"] = meterStop,
            ["timestamp"] = at ?? Charging.Now,
            ["reason"] = reason,
        };
        if (idTag is not null) payload["idTag"] = idTag;
        return charger.Call("StopTransaction", payload);
    }

    public static Task Meter(this ForeignCharger charger, int transactionId, int wh, int connector = 1)
    {
        var value = new { value = $"{wh}", measurand = "Energy.Active.Import.Register", unit = "Wh" };
        return charger.Call("MeterValues", new
        {
            connectorId = connector,
            transactionId,
            meterValue = new[] { new { timestamp = Charging.Now, sampledValue = new[] { value } } },
        });
    }

    /// <summary>The word of an answer about a token.</summary>
    public static string Status(JsonNode answer) => answer["idTagInfo"]!["status"]!.GetValue<string>();
}
