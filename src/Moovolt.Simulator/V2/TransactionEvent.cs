using System.Globalization;
using System.Text.Json;

namespace Moovolt.Simulator.V2;

/// <summary>What a message tells of a transaction.</summary>
internal enum StepKind
{
    Started,
    Updated,
    Ended,
}

/// <summary>
/// OCPP 2.0.1, E01 to E08: one step of a transaction, numbered from 0 without a gap as it happens, whenever it is told.
/// </summary>
internal sealed class TransactionEvent : TransactionMessage
{
    private readonly StepKind kind;
    private readonly int number;
    private readonly int? watts;
    private readonly bool offline;

    /// <param name="watts">What flows at this moment; null: not told.</param>
    public TransactionEvent(
        ChargingSession session, StepKind kind, long wattHours, int? watts, DateTimeOffset at, bool offline)
        : this(session, session.NextStep(), kind, wattHours, watts, at, offline)
    {
    }

    private TransactionEvent(
        ChargingSession session, int number, StepKind kind, long wattHours, int? watts, DateTimeOffset at, bool offline)
        : base(
            "TransactionEvent", session,
            string.Create(CultureInfo.InvariantCulture, $"step|{session.Key}|{number}"), wattHours, at)
    {
        (this.number, this.kind, this.watts, this.offline) = (number, kind, watts, offline);
    }

    /// <summary>Why it is told, in OCPP's word.</summary>
    public required string Trigger { get; init; }

    /// <summary>Why it ended, in OCPP's word.</summary>
    public string? StoppedReason { get; init; }

    public bool NamesDriver { get; init; }

    public override bool Begins => kind == StepKind.Started;

    public override (int Number, string Kind)? Step => (number, kind.ToString());

    public override void Print(Utf8JsonWriter payload)
    {
        payload.WriteString("eventType", kind.ToString()); // OCPP's own words
        payload.WriteString("timestamp", ChargerClock.Print(At));
        payload.WriteString("triggerReason", Trigger);
        payload.WriteNumber("seqNo", number);
        if (offline) payload.WriteBoolean("offline", true);
        payload.WriteStartObject("transactionInfo");
        payload.WriteString("transactionId", Session.TransactionId);
        payload.WriteString("chargingState", kind == StepKind.Ended ? "EVConnected" : "Charging");
        if (StoppedReason is not null) payload.WriteString("stoppedReason", StoppedReason);
        if (Begins && Session.Driver.RemoteStart is { } wish) payload.WriteNumber("remoteStartId", wish);
        payload.WriteEndObject();
        payload.WriteStartObject("evse");
        payload.WriteNumber("id", Session.Connector);
        payload.WriteNumber("connectorId", 1);
        payload.WriteEndObject();
        if (NamesDriver) Authorize.PrintToken(payload, Session.IdTag);
        PrintMeter(payload);
    }

    public override Answer Read(JsonElement payload) =>
        new(Outcome.Ok, Status: payload.Member("idTokenInfo")?.Text("status"));

    private void PrintMeter(Utf8JsonWriter payload)
    {
        payload.WriteStartArray("meterValue");
        payload.WriteStartObject();
        payload.WriteString("timestamp", ChargerClock.Print(At));
        payload.WriteStartArray("sampledValue");
        Reading(payload, WattHours, "Energy.Active.Import.Register", "Wh");
        if (watts is { } power) Reading(payload, power, "Power.Active.Import", "W");
        payload.WriteEndArray();
        payload.WriteEndObject();
        payload.WriteEndArray();
    }

    private void Reading(Utf8JsonWriter payload, long value, string measurand, string unit)
    {
        payload.WriteStartObject();
        payload.WriteNumber("value", value);
        payload.WriteString("context", kind switch
        {
            StepKind.Started => "Transaction.Begin",
            StepKind.Ended => "Transaction.End",
            _ => "Sample.Periodic",
        });
        payload.WriteString("measurand", measurand);
        payload.WriteStartObject("unitOfMeasure");
        payload.WriteString("unit", unit);
        payload.WriteEndObject();
        payload.WriteEndObject();
    }
}
