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
/// <param name="TransactionId">What the server calls the transaction, where versions let it.</param>
internal readonly record struct Answer(
    Outcome Outcome, string? ErrorCode = null, string? Status = null, string? TransactionId = null,
    int? Interval = null)
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

    public static Answer Error(JsonElement frame) =>
        new(Outcome.CallError, frame.GetArrayLength() > 2 && frame[2].ValueKind == JsonValueKind.String
            ? frame[2].GetString() : "");
}
