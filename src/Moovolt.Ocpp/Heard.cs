using System.Text.Json;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp;

/// <summary>A charger's CALLRESULT, as far as it could be read.</summary>
/// <param name="Payload">A JSON object; which members it has, nobody promises.</param>
/// <param name="Response">
/// The action's <c>Response</c>, read from it. Members that were missing or wrong are null, whatever their type says.
/// </param>
public readonly record struct Heard(JsonElement Payload, object Response)
{
    /// <summary>The word in the member <c>status</c>; null when there is none.</summary>
    public string? Status => Payload.TryGetProperty("status"u8, out var status)
        && status.ValueKind == JsonValueKind.String
        ? status.GetString()
        : null;

    /// <summary>
    /// Most answers say yes or no by their status: accepted when it is one of the words that mean yes.
    /// </summary>
    public StationAnswer Judge(params ReadOnlySpan<string> yes) =>
        new(Status is { } word && yes.Contains(word) ? RequestState.Accepted : RequestState.Rejected);
}
