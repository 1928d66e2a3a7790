using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>
/// A call that a charger makes: its action, how the members of its payload are printed, and what is read of its answer.
/// </summary>
internal abstract class Outgoing(string action)
{
    public string Action { get; } = action;

    public abstract void Print(Utf8JsonWriter payload);

    /// <summary>What a CALLRESULT to it says.</summary>
    public virtual Answer Read(JsonElement payload) => new(Outcome.Ok, Status: payload.Text("status"));
}
