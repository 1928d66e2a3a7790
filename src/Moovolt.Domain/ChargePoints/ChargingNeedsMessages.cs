using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What a car says that it can take.</summary>
/// <param name="MostAmperes">Per phase; null when it does not say.</param>
/// <param name="MostWatts">Null when it does not say.</param>
[DataContract]
public sealed record CarNeeds(
    [property: DataMember(Order = 1)] decimal? MostAmperes,
    [property: DataMember(Order = 2)] decimal? MostWatts);

/// <summary>How a car's wish is met: a setting of the installation, which comes with the wish.</summary>
/// <param name="Answer">A profile is made of it; else it is only kept.</param>
/// <param name="MostAmperes">No profile allows more; null: no such bound.</param>
/// <param name="MostWatts">No profile allows more; null: no such bound.</param>
[DataContract]
public sealed record NeedsRule(
    [property: DataMember(Order = 1)] bool Answer,
    [property: DataMember(Order = 2)] decimal? MostAmperes = null,
    [property: DataMember(Order = 3)] decimal? MostWatts = null)
{
    public static readonly NeedsRule Usual = new(Answer: true);
}

/// <summary>A car wants a schedule (OCPP 2.0.1, K15). Answered with <see cref="NeedsTaken"/>.</summary>
/// <param name="Place">The EVSE.</param>
/// <param name="Body">All that it said, as in <see cref="HeldThing"/>.</param>
[Sent("cp-report-needs"), DataContract]
public sealed record ReportChargingNeeds(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] ConnectorId Place,
    [property: DataMember(Order = 4)] CarNeeds Needs,
    [property: DataMember(Order = 5)] string Body,
    [property: DataMember(Order = 6)] NeedsRule Rule,
    [property: DataMember(Order = 7)] DateTimeOffset At) : ChargePointCommand;

/// <summary>What becomes of a car's wish.</summary>
public enum NeedsAnswer
{
    /// <summary>No profile is made of it.</summary>
    No = 0,

    /// <summary>A profile is on its way.</summary>
    Now = 1,

    /// <summary>A profile follows when its transaction is known here.</summary>
    Later = 2,
}

[Sent("re-needs-taken"), DataContract]
public sealed record NeedsTaken([property: DataMember(Order = 1)] NeedsAnswer Answer) : Reply;

/// <summary>A car wants a schedule.</summary>
/// <param name="Rule">As it was then.</param>
[Journaled("cp-needs-told"), DataContract]
public sealed record ChargingNeedsTold(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] HeldThing Thing,
    [property: DataMember(Order = 3)] CarNeeds Needs,
    [property: DataMember(Order = 4)] NeedsRule Rule,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The transaction has begun that a wish waited for.</summary>
/// <param name="Place">Of the wish.</param>
/// <param name="LocalId">Of the transaction.</param>
[Journaled("cp-needs-bound"), DataContract]
public sealed record ChargingNeedsBound(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] ConnectorId Place,
    [property: DataMember(Order = 3)] string LocalId,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>What a car wants at an EVSE.</summary>
/// <param name="Transaction">Its local id; empty while it is not known here.</param>
[DataContract]
public sealed record KnownNeeds(
    [property: DataMember(Order = 1)] ConnectorId Place,
    [property: DataMember(Order = 2)] string Transaction,
    [property: DataMember(Order = 3)] CarNeeds Needs,
    [property: DataMember(Order = 4)] NeedsRule Rule,
    [property: DataMember(Order = 5)] DateTimeOffset At);
