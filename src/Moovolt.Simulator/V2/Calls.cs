using System.Text.Json;

namespace Moovolt.Simulator.V2;

/// <summary>OCPP 2.0.1, B01.</summary>
internal sealed class BootNotification(string serialNumber, bool restarted) : Outgoing("BootNotification")
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteString("reason", restarted ? "RemoteReset" : "PowerUp");
        payload.WriteStartObject("chargingStation");
        payload.WriteString("vendorName", OwnTransfer.Vendor);
        payload.WriteString("model", "Simulator");
        payload.WriteString("serialNumber", serialNumber.Length > 25 ? serialNumber[..25] : serialNumber);
        payload.WriteString("firmwareVersion", "1.0");
        payload.WriteEndObject();
    }

    public override Answer Read(JsonElement payload) =>
        base.Read(payload) with { Interval = payload.Number("interval") };
}

/// <summary>OCPP 2.0.1, G02.</summary>
internal sealed class Heartbeat() : Outgoing("Heartbeat")
{
    public override void Print(Utf8JsonWriter payload)
    {
    }
}

/// <summary>OCPP 2.0.1, C01.</summary>
internal sealed class Authorize(string tag) : Outgoing("Authorize")
{
    public override void Print(Utf8JsonWriter payload) => PrintToken(payload, tag);

    public override Answer Read(JsonElement payload) =>
        new(Outcome.Ok, Status: payload.Member("idTokenInfo")?.Text("status"));

    /// <summary>A card, as any message names one.</summary>
    public static void PrintToken(Utf8JsonWriter payload, string tag)
    {
        payload.WriteStartObject("idToken");
        payload.WriteString("idToken", tag);
        payload.WriteString("type", "ISO14443");
        payload.WriteEndObject();
    }
}

/// <summary>OCPP 2.0.1, G01: what a charger tells of an EVSE, which has one connector here.</summary>
internal sealed class StatusNotification(
    int evse, OutletStatus status, DateTimeOffset at) : Outgoing("StatusNotification")
{
    public static string Word(OutletStatus status) => status switch
    {
        OutletStatus.Available => "Available",
        OutletStatus.Unavailable => "Unavailable",
        _ => "Occupied", // the transaction says the rest
    };

    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteString("timestamp", ChargerClock.Print(at));
        payload.WriteString("connectorStatus", Word(status));
        payload.WriteNumber("evseId", evse);
        payload.WriteNumber("connectorId", 1);
    }
}
