using System.Globalization;
using System.Text.Json;

namespace Moovolt.Simulator.V16;

/// <summary>OCPP 1.6, 4.8.</summary>
internal sealed class StartTransaction(ChargingSession session) : TransactionMessage(
    "StartTransaction", session, $"start|{session.Key}", session.MeterStart, session.StartedAt)
{
    public override bool Begins => true;

    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("connectorId", Session.Connector);
        payload.WriteString("idTag", Session.IdTag);
        payload.WriteNumber("meterStart", WattHours);
        payload.WriteString("timestamp", ChargerClock.Print(At));
    }

    public override Answer Read(JsonElement payload) => new(
        Outcome.Ok,
        Status: payload.Member("idTagInfo")?.Text("status"),
        TransactionId: payload.Number("transactionId")?.ToString(CultureInfo.InvariantCulture));
}

/// <summary>OCPP 1.6, 4.7: the register, and the power that a console likes to draw.</summary>
internal sealed class MeterValues(ChargingSession session, long wattHours, int watts, DateTimeOffset at)
    : TransactionMessage(
        "MeterValues", session,
        $"meter|{session.Key}|{ChargerClock.Print(at)}|{wattHours.ToString(CultureInfo.InvariantCulture)}",
        wattHours, at)
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("connectorId", Session.Connector);
        if (Session.TransactionId is { } id) payload.WriteNumber("transactionId", Number(id));
        payload.WriteStartArray("meterValue");
        payload.WriteStartObject();
        payload.WriteString("timestamp", ChargerClock.Print(At));
        payload.WriteStartArray("sampledValue");
        Reading(payload, WattHours, "Energy.Active.Import.Register", "Wh");
        Reading(payload, watts, "Power.Active.Import", "W");
        payload.WriteEndArray();
        payload.WriteEndObject();
        payload.WriteEndArray();
    }

    public static int Number(string transactionId) => int.Parse(transactionId, CultureInfo.InvariantCulture);

    private static void Reading(Utf8JsonWriter payload, long value, string measurand, string unit)
    {
        payload.WriteStartObject();
        payload.WriteString("value", value.ToString(CultureInfo.InvariantCulture));
        payload.WriteString("context", "Sample.Periodic");
        payload.WriteString("measurand", measurand);
        payload.WriteString("unit", unit);
        payload.WriteEndObject();
    }
}

/// <summary>OCPP 1.6, 4.10.</summary>
internal sealed class StopTransaction(ChargingSession session, long wattHours, StopCause cause, DateTimeOffset at)
    : TransactionMessage("StopTransaction", session, $"stop|{session.Key}", wattHours, at)
{
    // A start that the server never took has no id, and its stop says so (OCPP 1.6, errata sheet).
    private const int Unknown = -1;

    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("transactionId", Session.TransactionId is { } id ? MeterValues.Number(id) : Unknown);
        payload.WriteString("idTag", Session.IdTag);
        payload.WriteNumber("meterStop", WattHours);
        payload.WriteString("timestamp", ChargerClock.Print(At));
        payload.WriteString("reason", cause.ToString()); // OCPP 1.6's own words
    }
}
