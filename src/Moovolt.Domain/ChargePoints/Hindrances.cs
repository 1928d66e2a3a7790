using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>A session says that its charger asked about a token that may not charge. A hint: it may be lost.</summary>
[Sent("cp-note-token-refused"), DataContract]
public sealed record NoteTokenRefused(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Token,
    [property: DataMember(Order = 3)] AuthorizationStatus Status,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand;

/// <summary>Something was seen that keeps a wish from having its effect. If it has none, this is why.</summary>
/// <param name="Why">A sentence for the operator.</param>
[Journaled("cp-request-hindered"), DataContract]
public sealed record StationRequestHindered(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] string Why,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>Why what a charger promised does not come, where we had a hand in it ourselves.</summary>
internal static class Hindrances
{
    public static Decision Note(ChargePoint state, NoteTokenRefused c)
    {
        var waiting = state.Asked.FirstOrDefault(request => request.AwaitsEffect && request.Hindrance is null
            && request.Request is StartCharging wish
                && string.Equals(wish.Token, c.Token, StringComparison.OrdinalIgnoreCase));
        var refused = RefusedTokens.Note(state, c);
        return new(null, waiting is null ? refused : refused.Add(new StationRequestHindered(
            c.Id,
            waiting.RequestId,
            $"The charger said yes, then asked about {c.Token}, and was answered {c.Status}.",
            c.At)));
    }
}
