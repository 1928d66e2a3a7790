using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// A password that is being given to a charger. It lives in the memory of the session that sends it, and nowhere else:
/// no event, message, table or log holds it, and its text is a mask.
/// </summary>
/// <param name="octets">160 random bits.</param>
public sealed class Secret(ReadOnlyMemory<byte> octets)
{
    /// <summary>
    /// How many octets one has: OCPP 1.6 takes 16 to 20 (security whitepaper, A00.FR.205), and 2.x as many in hex.
    /// </summary>
    public const int Length = 20;

    public ReadOnlyMemory<byte> Octets => octets;

    /// <summary>40 hex digits.</summary>
    public string Hex => Convert.ToHexStringLower(octets.Span);

    public override string ToString() => "***";
}

/// <summary>
/// The charger is given a new password (security whitepaper, A01). Which one is made up by the session that says it,
/// after what is kept of it has been stored: so a wish that waits, or is read by anybody, holds no secret.
/// </summary>
[DataContract]
public sealed record RotatePassword : StationRequest
{
    // The whitepaper has the charger disconnect and come back at once (A01, step 3); old ones take minutes.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    // Both passwords are good until the charger comes with one, whenever that is: so it is worth waiting for.
    private static readonly TimeSpan WithinUndecided = TimeSpan.FromDays(7);

    private Secret? secret;

    /// <summary>
    /// The new password; only there in the session that sends it, and no data member, so never written.
    /// </summary>
    public Secret? New => secret;

    public override string Verb => "rotate-password";

    public static RotatePassword Giving(Secret made) => new() { secret = made };

    public override string? WhyNot(ChargePoint state) => state.Registered switch
    {
        null => "Nobody has registered this charger, so it has no password.",
        { SecurityProfile: 0 } => "At security profile 0 a charger has no password.",
        { SecurityProfile: 3 } => "At security profile 3 a charger has a certificate and no password.",
        _ => null,
    };

    public override string? WhyNotNow(ChargePoint state)
    {
        if (state.Asked.Any(request => request.IsUnderWay && request.Request is RotatePassword))
            return "Another rotation is under way.";
        return state.Rotation is null
            ? null
            : "Of the last rotation nobody knows whether the charger took the new password. Both are accepted until it "
                + "comes back with one of them: a reset makes it come back.";
    }

    public override TimeSpan? EffectWithin(Outcome? outcome) =>
        outcome is PasswordTaken { Switched: true } ? Within : WithinUndecided;

    /// <summary>It has come back, and its new password has opened the door.</summary>
    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is SessionOpened e && e.Epoch > asked.Epoch && state.RotatedBy == asked.RequestId;

    public override string? FailedIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is CredentialRotationDropped e && e.RequestId == asked.RequestId ? e.Why : null;

    public override string WhyNoEffect(ChargePoint state) => state.Rotation is null
        ? "The charger took the new password and has not come back with it yet. The old one is not accepted any more."
        : "The charger has not come back yet. Both passwords are accepted until it does.";
}

/// <summary>The charger says that it took the new password.</summary>
/// <param name="Switched">
/// True: the old one opens no door any more. False: which one it uses is seen when it comes back (it takes the new one
/// from its next start on, or the switch could not be stored), and until then both are good.
/// </param>
[DataContract]
public sealed record PasswordTaken([property: DataMember(Order = 1)] bool Switched) : Outcome;

/// <summary>The charger has the password that it had: it refused the new one, or was never sent it.</summary>
[DataContract]
public sealed record PasswordKept : Outcome;

/// <summary>The charger is known to hold the new password, and the one before is nobody's any more.</summary>
/// <param name="RequestId">The command by which it was given.</param>
[Journaled("cp-credential-rotated"), DataContract]
public sealed record CredentialRotated(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The charger is known to hold the password that it had, and the new one is nobody's.</summary>
/// <param name="Why">In plain words.</param>
[Journaled("cp-credential-rotation-dropped"), DataContract]
public sealed record CredentialRotationDropped(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] string Why,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;
