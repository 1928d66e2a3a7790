using System.Text.Json;

namespace Moovolt.Simulator.V16;

/// <summary>OCPP 1.6, 4.2.</summary>
internal sealed class BootNotification(string serialNumber) : Outgoing("BootNotification")
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteString("chargePointVendor", OwnTransfer.Vendor);
        payload.WriteString("chargePointModel", "Simulator");
        payload.WriteString("chargePointSerialNumber", serialNumber.Length > 25 ? serialNumber[..25] : serialNumber);
        payload.WriteString("firmwareVersion", "1.0");
    }

    public override Answer Read(JsonElement payload) =>
        base.Read(payload) with { Interval = payload.Number("interval") };
}

/// <summary>OCPP 1.6, 4.6.</summary>
internal sealed class Heartbeat() : Outgoing("Heartbeat")
{
    public override void Print(Utf8JsonWriter payload)
    {
    }
}

/// <summary>OCPP 1.6, 4.1.</summary>
internal sealed class Authorize(string idTag) : Outgoing("Authorize")
{
    public override void Print(Utf8JsonWriter payload) => payload.WriteString("idTag", idTag);

    public override Answer Read(JsonElement payload) =>
        new(Outcome.Ok, Status: payload.Member("idTagInfo")?.Text("status"));
}

/// <summary>OCPP 1.6, 4.9.</summary>
internal sealed class StatusNotification(
    int connector, OutletStatus status, DateTimeOffset at) : Outgoing("StatusNotification")
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("connectorId", connector);
        payload.WriteString("errorCode", "NoError");
        payload.WriteString("status", status.ToString()); // OCPP 1.6's own words
        payload.WriteString("timestamp", ChargerClock.Print(at));
    }
}
