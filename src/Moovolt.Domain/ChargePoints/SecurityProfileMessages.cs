using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>The charger has connected at a higher security profile than ever: no lower one is let in from now on.</summary>
/// <param name="Profile">2 or 3.</param>
[Journaled("cp-profile-raised"), DataContract]
public sealed record SecurityProfileRaised(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int Profile,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

/// <summary>An operator lets the charger in at a lower security profile again.</summary>
[Journaled("cp-profile-lowered"), DataContract]
public sealed record SecurityProfileLowered(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int From,
    [property: DataMember(Order = 3)] int To,
    [property: DataMember(Order = 4)] string RequestedBy,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;
