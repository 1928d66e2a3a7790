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
}

/// <summary>Any action of the charger's own version, its payload checked and then sent member for member as given.</summary>
/// <param name="Action">OCPP's name, case-sensitive.</param>
/// <param name="Payload">A JSON object.</param>
[DataContract]
public sealed record RawCall(
    [property: DataMember(Order = 1)] string Action,
    [property: DataMember(Order = 2)] string Payload) : StationRequest
{
    public override string Verb => Action;
}

[DataContract]
public sealed record StartCharging(
    [property: DataMember(Order = 1)] string Token,
    [property: DataMember(Order = 2)] ConnectorId? Connector) : StationRequest
{
    public override string Verb => "start-charging";
}

[DataContract]
public sealed record StopCharging([property: DataMember(Order = 1)] TransactionId Transaction) : StationRequest
{
    public override string Verb => "stop-charging";
}

/// <param name="Hard">True: at once, transactions or not. False: gracefully.</param>
[DataContract]
public sealed record Restart([property: DataMember(Order = 1)] bool Hard) : StationRequest
{
    public override string Verb => "reset";
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
    public override string Verb => "change-availability";
}

/// <param name="Keys">Which keys; empty for all.</param>
[DataContract]
public sealed record ReadConfiguration(ImmutableArray<string> Keys) : StationRequest
{
    [DataMember(Order = 1)]
    public ImmutableArray<string> Keys { get => field.IsDefault ? [] : field; init; } = Keys;

    public override string Verb => "get-configuration";
}

[DataContract]
public sealed record WriteConfiguration(
    [property: DataMember(Order = 1)] string Key,
    [property: DataMember(Order = 2)] string Value) : StationRequest
{
    public override string Verb => "set-configuration";
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
    Effective = 8,
    NoEffect = 9,
}

/// <summary>What came of a call to a charger.</summary>
/// <param name="State">Accepted, Rejected, Failed or TimedOut.</param>
/// <param name="Response">The CALLRESULT's payload as it came; null when there was none.</param>
/// <param name="ErrorCode">The CALLERROR's code, or ours: noAnswer, sessionReplaced, nodeLost.</param>
/// <param name="ErrorDescription">In words.</param>
[DataContract]
public sealed record StationAnswer(
    [property: DataMember(Order = 1)] RequestState State,
    [property: DataMember(Order = 2)] string? Response = null,
    [property: DataMember(Order = 3)] string? ErrorCode = null,
    [property: DataMember(Order = 4)] string? ErrorDescription = null)
{
    public static StationAnswer Unknown(string code, string why) => new(RequestState.TimedOut, null, code, why);
}
