using System.Text.Json;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp;

/// <summary>Most answers of chargers say yes or no by one word, in the member <c>status</c>.</summary>
internal static class StatusWord
{
    /// <summary>Accepted when the status is one of the words that mean yes; any other, or none, is a no.</summary>
    public static StationAnswer Judge(JsonElement response, params ReadOnlySpan<string> yes)
    {
        if (!response.TryGetProperty("status"u8, out var status) || status.ValueKind != JsonValueKind.String)
            return new StationAnswer(RequestState.Rejected);

        foreach (var word in yes)
        {
            if (status.ValueEquals(word)) return new StationAnswer(RequestState.Accepted);
        }

        return new StationAnswer(RequestState.Rejected);
    }
}
