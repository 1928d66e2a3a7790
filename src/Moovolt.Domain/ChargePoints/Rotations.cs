using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Which password a charger holds, from its answer or from the one that it comes back with. The credential's row is the
/// key to the door and is switched by the gateways; here is the history of it, which never holds a secret.
/// </summary>
internal static class Rotations
{
    private const int ByCertificate = 3;

    /// <summary>Adds to a decision what it says about the rotation that is under way.</summary>
    public static Decision Follow(ChargePoint state, ChargePointCommand command, Decision decision)
    {
        if (decision.Events.IsEmpty) return decision;
        ImmutableArray<ChargePointEvent> events =
        [
            .. decision.Events.SelectMany(@event => @event is SessionOpened && command is OpenSession open
                ? [.. ComesBack(state, open), @event]
                : Answered(state, @event)),
        ];
        return events.Length == decision.Events.Length ? decision : decision with { Events = events };
    }

    /// <summary>From when a rotation is sent on, the charger may hold either password.</summary>
    public static ChargePoint Begin(ChargePoint state, string requestId) =>
        state.Rotation is null && state.Asked.Any(known => known.RequestId == requestId && known is
        {
            State: RequestState.Sent, Request: RotatePassword,
        })
            ? state with { Rotation = requestId }
            : state;

    public static ChargePoint Apply(ChargePoint state, CredentialRotated e) =>
        state with { RotatedBy = e.RequestId, Rotation = null };

    public static ChargePoint Apply(ChargePoint state, CredentialRotationDropped e) =>
        state.Rotation == e.RequestId ? state with { Rotation = null } : state;

    // Its password has opened the door, so by now the row says which one it is; a certificate says nothing of that.
    private static IEnumerable<ChargePointEvent> ComesBack(ChargePoint state, OpenSession c)
    {
        if (c.SecurityProfile == ByCertificate) yield break;
        if (c.Rotation is { } taken && taken != state.RotatedBy)
            yield return new CredentialRotated(c.Id, taken, c.At);
        if (state.Rotation is { } open && open != c.Rotation)
        {
            yield return new CredentialRotationDropped(
                c.Id, open, "The charger has come back with a password of before: the new one is not accepted any more.",
                c.At);
        }
    }

    private static IEnumerable<ChargePointEvent> Answered(ChargePoint state, ChargePointEvent @event)
    {
        yield return @event;
        if (@event is not StationAnswered { Answer: var answer } e) yield break;
        if (answer.Outcome is PasswordTaken { Switched: true } && state.RotatedBy != e.RequestId)
            yield return new CredentialRotated(e.Id, e.RequestId, e.At);
        if (answer.Outcome is PasswordKept)
        {
            yield return new CredentialRotationDropped(
                e.Id, e.RequestId, answer.ErrorDescription ?? "The charger did not take the new password.", e.At);
        }
    }
}
