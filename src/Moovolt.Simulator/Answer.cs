using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>How a call came out, as the charger saw it.</summary>
internal enum Outcome
{
    /// <summary>A CALLRESULT.</summary>
    Ok,

    /// <summary>A CALLERROR.</summary>
    CallError,

    /// <summary>The connection was lost first: it may or may not have happened.</summary>
    Closed,

    /// <summary>No answer in time: it may or may not have happened.</summary>
    TimedOut,
}

/// <summary>The outcome of a call, and the few members of an answer that a charger acts on.</summary>
internal readonly record struct Answer(
    Outcome Outcome, string? ErrorCode = null, string? Status = null, int? TransactionId = null, int? Interval = null)
{
    /// <summary>The word for it in the ledger.</summary>
    public string Word => Outcome switch
    {
        Outcome.Ok => "ok",
        Outcome.CallError => $"callerror:{ErrorCode}",
        Outcome.Closed => "closed",
        _ => "timeout",
    };

    public bool Accepted => Outcome == Outcome.Ok && Status is null or "Accepted";

    public static Answer Result(JsonElement payload) => new(
        Outcome.Ok,
        Status: Text(payload, "status")
            ?? (Member(payload, "idTagInfo") is { } verdict ? Text(verdict, "status") : null),
        TransactionId: Number(payload, "transactionId"),
        Interval: Number(payload, "interval"));

    public static Answer Error(JsonElement frame) =>
        new(Outcome.CallError, frame.GetArrayLength() > 2 && frame[2].ValueKind == JsonValueKind.String
            ? frame[2].GetString() : "");

    private static JsonElement? Member(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement payload, string name) =>
        Member(payload, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement payload, string name) =>
        Member(payload, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? value : null;
}
