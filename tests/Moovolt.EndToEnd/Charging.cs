using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>The frames of a charging session, in the words of OCPP 1.6.</summary>
internal static class Charging
{
    public static string Now => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    public static object StartTransaction(string token, int meterStart, string? at = null, int connector = 1) =>
        new { connectorId = connector, idTag = token, meterStart, timestamp = at ?? Now };

    public static object StopTransaction(int transaction, int meterStop, string? at = null) =>
        new { transactionId = transaction, meterStop, timestamp = at ?? Now };

    /// <summary>Starts, and gives back the number that the transaction got.</summary>
    public static async Task<int> Start(this RawCharger charger, string token, int meterStart) =>
        Result(await charger.Call("StartTransaction", StartTransaction(token, meterStart)))["transactionId"]!.GetValue<int>();

    /// <summary>From now on it answers that action with this status.</summary>
    public static void Says(this RawCharger charger, string action, string status) => charger.Answers[action] = _ => new { status };

    /// <summary>The payload of a CALLRESULT; anything else fails the test.</summary>
    public static JsonNode Result(JsonArray frame)
    {
        Assert.True(frame[0]!.GetValue<int>() == 3, $"No CALLRESULT: {frame.ToJsonString()}");
        return frame[2]!;
    }

    /// <summary>The error code of a CALLERROR; anything else fails the test.</summary>
    public static string ErrorCode(JsonArray frame)
    {
        Assert.True(frame[0]!.GetValue<int>() == 4, $"No CALLERROR: {frame.ToJsonString()}");
        Assert.Equal(5, frame.Count);
        return frame[2]!.GetValue<string>();
    }
}
