using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>A call that a charger makes: its action, and how the members of its payload are printed.</summary>
internal abstract class Outgoing(string action)
{
    public string Action { get; } = action;

    public abstract void Print(Utf8JsonWriter payload);
}

/// <summary>OCPP 1.6, 4.2.</summary>
internal sealed class BootNotification(string serialNumber) : Outgoing("BootNotification")
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteString("chargePointVendor", "Moovolt");
        payload.WriteString("chargePointModel", "Simulator");
        payload.WriteString("chargePointSerialNumber", serialNumber.Length > 25 ? serialNumber[..25] : serialNumber);
        payload.WriteString("firmwareVersion", "1.0");
    }
}

/// <summary>OCPP 1.6, 4.6.</summary>
internal sealed class Heartbeat() : Outgoing("Heartbeat")
{
    public static readonly Heartbeat One = new();

    public override void Print(Utf8JsonWriter payload)
    {
    }
}

/// <summary>OCPP 1.6, 4.1.</summary>
internal sealed class Authorize(string idTag) : Outgoing("Authorize")
{
    public override void Print(Utf8JsonWriter payload) => payload.WriteString("idTag", idTag);
}

/// <summary>OCPP 1.6, 4.9.</summary>
internal sealed class StatusNotification(
    int connector, string status, DateTimeOffset at) : Outgoing("StatusNotification")
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("connectorId", connector);
        payload.WriteString("errorCode", "NoError");
        payload.WriteString("status", status);
        payload.WriteString("timestamp", ChargerClock.Print(at));
    }
}
