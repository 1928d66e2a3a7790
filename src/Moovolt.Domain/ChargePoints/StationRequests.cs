using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// A wish that a charger shall do something, without a version: each dialect says it in its own words. As a member of
/// stored events its cases are numbered in one table (Moovolt.Journal), frozen by a golden test.
/// </summary>
public abstract record StationRequest
{
    /// <summary>The operator's word for it, as in the address of the command.</summary>
    public abstract string Verb { get; }

    /// <summary>
    /// Why this charge point cannot be asked so, by the rules of the specification and what is known of it: a sentence
    /// for whoever asked. Null when it can.
    /// </summary>
    public virtual string? WhyNot(ChargePoint state) => null;

    /// <summary>Why it cannot be asked just now, though at another time it could: a sentence. Null when it can.</summary>
    public virtual string? WhyNotNow(ChargePoint state) => null;

    /// <summary>The wish as it is written down: with what only the charge point can add, such as a number.</summary>
    public virtual StationRequest Complete(ChargePoint state) => this;

    /// <summary>How long we look for the effect after the charger said yes; null: there is nothing that we could see.</summary>
    public virtual TimeSpan? EffectWithin(Outcome? outcome) => null;

    /// <summary>Whether this is the effect.</summary>
    /// <param name="state">As it is after the event.</param>
    /// <param name="event">What has happened just now.</param>
    /// <param name="asked">The wish as it stands.</param>
    public virtual bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) => false;

    /// <summary>Why this event shows that there will be no effect; null: it does not.</summary>
    public virtual string? FailedIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) => null;

    /// <summary>Whether one event is the effect of one such wish only: a transaction is started once.</summary>
    public virtual bool TakesItAlone() => false;

    /// <summary>A sentence for the operator: why nothing was seen, as far as we can tell.</summary>
    public virtual string WhyNoEffect(ChargePoint state) => "The charger said yes, and nothing that shows it came in time.";

    /// <summary>What Moovolt asks of the charger next, by itself, because of an answer; usually nothing.</summary>
    public virtual ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) => [];
}

/// <summary>Any action of the charger's own version, its payload checked and then sent member for member as given.</summary>
/// <param name="Action">OCPP's name, case-sensitive.</param>
/// <param name="Payload">A JSON object.</param>
/// <param name="SecurityProfile">The security profile that it would move the charger to; null when it would not.</param>
[DataContract]
public sealed record RawCall(
    [property: DataMember(Order = 1)] string Action,
    [property: DataMember(Order = 2)] string Payload,
    [property: DataMember(Order = 3)] int? SecurityProfile = null) : StationRequest
{
    public override string Verb => Action;

    public override string? WhyNot(ChargePoint state) => SecurityProfiles.WhyNot(state, SecurityProfile);
}

/// <param name="Connector">Null: the charger chooses.</param>
/// <param name="Profile">Limits for the transaction that begins (OCPP 1.6, 5.16.2); null for none.</param>
/// <param name="WithinSeconds">How long a driver may take to plug in before the wish is without effect; null for 3 minutes.</param>
/// <param name="Number">By which a charger may say that a transaction began by this wish; 0 until the charge point has given it one.</param>
[DataContract]
public sealed record StartCharging(
    [property: DataMember(Order = 1)] string Token,
    [property: DataMember(Order = 2)] ConnectorId? Connector,
    [property: DataMember(Order = 3)] ChargingProfile? Profile = null,
    [property: DataMember(Order = 4)] int? WithinSeconds = null,
    [property: DataMember(Order = 5)] int Number = 0) : StationRequest
{
    // A driver may take that long to plug in (ConnectionTimeOut of chargers is 30 to 120 s), and the start to come.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    public override string Verb => "start-charging";

    public override string? WhyNot(ChargePoint state) =>
        Profile is null ? null : ChargingProfileRules.WhyNotWithStart(state, Profile);

    public override StationRequest Complete(ChargePoint state) => this with
    {
        Profile = Profile is null ? null : ChargingProfiles.Number(state, Profile),
        Number = state.LastRemoteStart is > 0 and < int.MaxValue ? state.LastRemoteStart + 1 : 1,
    };

    public override TimeSpan? EffectWithin(Outcome? outcome) =>
        WithinSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Within;

    public override bool TakesItAlone() => true;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) => @event switch
    {
        TransactionNumbered e => !e.Replayed && Fits(e.Token, e.Connector),
        TransactionOpenNoted { RemoteStart: { } number } when Number > 0 => number == Number,
        TransactionOpenNoted e => !e.Replayed && Fits(e.Token, e.Connector),
        _ => false,
    };

    public override string WhyNoEffect(ChargePoint state)
    {
        var there = state.Connectors.FirstOrDefault(known => known.Id == Connector)?.Status.Status;
        return "The charger said yes, and no transaction of this token began. " + (there switch
        {
            _ when state.Session is null => "It has gone offline since.",
            "Finishing" => "The connector is Finishing: the plug of the last session must be pulled first.",
            "Faulted" => "The connector is Faulted.",
            "Unavailable" => "The connector is Unavailable: bring it into use with change-availability.",
            "Reserved" => "The connector is Reserved, perhaps for another token.",
            "Preparing" => "The connector is Preparing: the cable is in, and the car or the charger does not go on.",
            "Available" => "The connector is Available: no cable was plugged in.",
            { } word => $"The connector is {word}.",
            null => "Perhaps no cable was plugged in.",
        });
    }

    private bool Fits(string token, ConnectorId connector) =>
        string.Equals(token, Token, StringComparison.OrdinalIgnoreCase) && (Connector is not { Evse: > 0 } wished || wished.Meets(connector));
}

[DataContract]
public sealed record StopCharging([property: DataMember(Order = 1)] TransactionId Transaction) : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    public override string Verb => "stop-charging";

    public override TimeSpan? EffectWithin(Outcome? outcome) => Within;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is TransactionOverNoted or StationAnswered
        && state.Open.All(open => open.LocalId != Transaction.LocalId);

    public override string WhyNoEffect(ChargePoint state) =>
        "The charger said yes, and the end of the transaction has not been reported."
        + (state.Session is null ? " It has gone offline since." : "");
}

/// <param name="Hard">True: at once, transactions or not. False: gracefully.</param>
[DataContract]
public sealed record Restart([property: DataMember(Order = 1)] bool Hard) : StationRequest
{
    // Old chargers take minutes to come up again.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    public override string Verb => "reset";

    public override TimeSpan? EffectWithin(Outcome? outcome) => Within;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is ChargePointBooted e && (e.Epoch > asked.Epoch || e.At > asked.SentAt);

    public override string WhyNoEffect(ChargePoint state) => state.Session is null
        ? "The charger went away and has not come back."
        : "The charger said yes, and has not introduced itself anew (BootNotification) as after a start.";
}

[DataContract]
public sealed record Unlock([property: DataMember(Order = 1)] ConnectorId Connector) : StationRequest
{
    public override string Verb => "unlock";
}

/// <param name="Connector">Null, or (0, 0): the whole charge point.</param>
[DataContract]
public sealed record ChangeAvailability(
    [property: DataMember(Order = 1)] ConnectorId? Connector,
    [property: DataMember(Order = 2)] bool Operative) : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WithinTransactions = TimeSpan.FromHours(24);

    public override string Verb => "change-availability";

    public override TimeSpan? EffectWithin(Outcome? outcome) => outcome is AvailabilityScheduled ? WithinTransactions : Within;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) => @event switch
    {
        ConnectorStatusChanged e => Covers(e.Connector) && IsSo(e.Status.Status),
        StationAnswered when asked.State == RequestState.Accepted => state.Connectors.Any(known => Covers(known.Id))
            && state.Connectors.Where(known => Covers(known.Id)).All(known => IsSo(known.Status.Status)),
        _ => false,
    };

    public override string WhyNoEffect(ChargePoint state) =>
        "The charger said yes, and no status that shows it has come; some chargers do not report it.";

    private bool Covers(ConnectorId place) => Connector is not { Evse: > 0 } wished || wished == place;

    private bool IsSo(string status) => Operative != (status is "Unavailable");
}

[DataContract]
public sealed record ClearCache : StationRequest
{
    public override string Verb => "clear-cache";
}

/// <summary>
/// How far a wish has come. A wish is never sent twice by us and never silently lost; what the charger did with one
/// that was sent and not answered, nobody knows, and so it says.
/// </summary>
public enum RequestState
{
    /// <summary>The charger is away and the operator said that it may wait.</summary>
    Queued = 0,
    Sent = 1,
    Accepted = 2,
    Rejected = 3,

    /// <summary>The charger answered with a CALLERROR.</summary>
    Failed = 4,

    /// <summary>Sent and not answered: it may have been done or not.</summary>
    TimedOut = 5,

    /// <summary>Queued, and its time ran out before the charger came.</summary>
    Expired = 6,

    /// <summary>Queued, and taken back by an operator.</summary>
    Cancelled = 7,

    /// <summary>The charger said yes, and what it promised was seen.</summary>
    Effective = 8,

    /// <summary>The charger said yes, and what it promised was not seen in time.</summary>
    NoEffect = 9,
}

/// <summary>What came of a call to a charger.</summary>
/// <param name="State">Accepted, Rejected, Failed or TimedOut.</param>
/// <param name="Response">The CALLRESULT's payload as it came; null when there was none.</param>
/// <param name="ErrorCode">The CALLERROR's code, or ours: noAnswer, sessionReplaced, nodeLost.</param>
/// <param name="ErrorDescription">In words.</param>
/// <param name="Outcome">What question and answer came to; null when nothing but the yes or no.</param>
[DataContract]
public sealed record StationAnswer(
    [property: DataMember(Order = 1)] RequestState State,
    [property: DataMember(Order = 2)] string? Response = null,
    [property: DataMember(Order = 3)] string? ErrorCode = null,
    [property: DataMember(Order = 4)] string? ErrorDescription = null,
    [property: DataMember(Order = 5)] Outcome? Outcome = null)
{
    public static StationAnswer Unknown(string code, string why) => new(RequestState.TimedOut, null, code, why);
}
