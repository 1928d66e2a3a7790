using System.Globalization;
using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>
/// A message that must not be lost: it waits in the charger's queue, with all that it says fixed at the moment that it
/// speaks of, until it is acknowledged. Only the transaction's id is filled in when it is sent.
/// </summary>
internal abstract class TransactionMessage(string action, ChargingSession session, string key, long wattHours)
    : Outgoing(action)
{
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChargingSession Session { get; } = session;

    /// <summary>The same for every repeat of this message, and for nothing else of the same station.</summary>
    public string Key { get; } = key;

    public long WattHours { get; } = wattHours;

    public string? MessageId { get; set; }

    public int Sendings { get; set; }

    public int CallErrors { get; set; }

    /// <summary>Ticks of the monotonic clock; 0 before the first sending.</summary>
    public long FirstSentAt { get; set; }

    public bool Acknowledged { get; private set; }

    /// <summary>Completes when the message needs no more sending: acknowledged, or given up.</summary>
    public Task Settled => settled.Task;

    public void Acknowledge() => Acknowledged = true;

    public void Settle() => settled.TrySetResult();
}

/// <summary>OCPP 1.6, 4.8.</summary>
internal sealed class StartTransaction(ChargingSession session)
    : TransactionMessage("StartTransaction", session, $"start|{session.Key}", session.MeterStart)
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("connectorId", Session.Connector);
        payload.WriteString("idTag", Session.IdTag);
        payload.WriteNumber("meterStart", WattHours);
        payload.WriteString("timestamp", ChargerClock.Print(Session.StartedAt));
    }
}

/// <summary>OCPP 1.6, 4.7: the register, and the power that a console likes to draw.</summary>
internal sealed class MeterValues(ChargingSession session, long wattHours, int watts, DateTimeOffset at)
    : TransactionMessage(
        "MeterValues", session,
        $"meter|{session.Key}|{ChargerClock.Print(at)}|{wattHours.ToString(CultureInfo.InvariantCulture)}",
        wattHours)
{
    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("connectorId", Session.Connector);
        if (Session.TransactionId is { } id) payload.WriteNumber("transactionId", id);
        payload.WriteStartArray("meterValue");
        payload.WriteStartObject();
        payload.WriteString("timestamp", ChargerClock.Print(at));
        payload.WriteStartArray("sampledValue");
        Reading(payload, WattHours, "Energy.Active.Import.Register", "Wh");
        Reading(payload, watts, "Power.Active.Import", "W");
        payload.WriteEndArray();
        payload.WriteEndObject();
        payload.WriteEndArray();
    }

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
internal sealed class StopTransaction(ChargingSession session, long wattHours, string reason, DateTimeOffset at)
    : TransactionMessage("StopTransaction", session, $"stop|{session.Key}", wattHours)
{
    // A start that the server never took has no id, and its stop says so (OCPP 1.6, errata sheet).
    private const int Unknown = -1;

    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteNumber("transactionId", Session.TransactionId ?? Unknown);
        payload.WriteString("idTag", Session.IdTag);
        payload.WriteNumber("meterStop", WattHours);
        payload.WriteString("timestamp", ChargerClock.Print(at));
        payload.WriteString("reason", reason);
    }
}
