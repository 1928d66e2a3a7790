using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>The charger shall hold to this profile (OCPP 1.6, 5.16).</summary>
/// <param name="Connector">(0, 0): the whole charge point, or every connector.</param>
[DataContract]
public sealed record SetChargingProfile(
    [property: DataMember(Order = 1)] ConnectorId Connector,
    [property: DataMember(Order = 2)] ChargingProfile Profile) : StationRequest
{
    public override string Verb => "set-charging-profile";

    public override string? WhyNot(ChargePoint state) => ChargingProfileRules.WhyNot(state, Connector, Profile);

    public override StationRequest Complete(ChargePoint state) =>
        this with { Profile = ChargingProfiles.Number(state, Profile) };
}

/// <summary>
/// The charger shall forget profiles: all that fit every criterion that is given (OCPP 1.6, 5.5; errata 3.25), and all
/// of them when none is.
/// </summary>
/// <param name="Connector">(0, 0): those of the whole charge point; null: wherever they are.</param>
[DataContract]
public sealed record ClearChargingProfile(
    [property: DataMember(Order = 1)] int? ProfileId,
    [property: DataMember(Order = 2)] ConnectorId? Connector,
    [property: DataMember(Order = 3)] ProfilePurpose? Purpose,
    [property: DataMember(Order = 4)] int? StackLevel) : StationRequest
{
    public override string Verb => "clear-charging-profile";
}

/// <summary>What will the charger draw at most, all limits taken together (OCPP 1.6, 5.7)?</summary>
/// <param name="Connector">(0, 0): the grid connection, all connectors together.</param>
/// <param name="DurationSeconds">From now on.</param>
/// <param name="Unit">Null: the charger chooses.</param>
[DataContract]
public sealed record ReadCompositeSchedule(
    [property: DataMember(Order = 1)] ConnectorId Connector,
    [property: DataMember(Order = 2)] int DurationSeconds,
    [property: DataMember(Order = 3)] RateUnit? Unit) : StationRequest
{
    public override string Verb => "get-composite-schedule";
}

/// <summary>The charger took a profile.</summary>
/// <param name="Connector">(0, 0) with a start: the charger chooses.</param>
/// <param name="ForToken">It came with a start, for the transaction that this token begins; null otherwise.</param>
[DataContract]
public sealed record ProfileAccepted(
    [property: DataMember(Order = 1)] ConnectorId Connector,
    [property: DataMember(Order = 2)] ChargingProfile Profile,
    [property: DataMember(Order = 3)] string? ForToken) : Outcome;

/// <summary>The charger has no profile of that kind any more: it cleared them, or had none.</summary>
[DataContract]
public sealed record ProfilesCleared(
    [property: DataMember(Order = 1)] int? ProfileId,
    [property: DataMember(Order = 2)] ConnectorId? Connector,
    [property: DataMember(Order = 3)] ProfilePurpose? Purpose,
    [property: DataMember(Order = 4)] int? StackLevel) : Outcome;

/// <summary>The charger said what it will draw at most.</summary>
/// <param name="StartsAt">What the seconds of the schedule are counted from; null when the charger did not say.</param>
[DataContract]
public sealed record CompositeScheduleRead(
    [property: DataMember(Order = 1)] ConnectorId Connector,
    [property: DataMember(Order = 2)] DateTimeOffset? StartsAt,
    [property: DataMember(Order = 3)] ChargingSchedule Schedule) : Outcome;

/// <summary>A profile is in force; said again when the transaction that it waited for has begun.</summary>
/// <param name="Replaced">The ids of those that are no more because of it.</param>
[Journaled("cp-profile-installed"), DataContract]
public sealed record ChargingProfileInstalled(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] InstalledProfile Installed,
    ImmutableArray<int> Replaced,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent
{
    [DataMember(Order = 3)]
    public ImmutableArray<int> Replaced { get => field.IsDefault ? [] : field; init; } = Replaced;
}

/// <summary>Profiles are no more.</summary>
/// <param name="Why">
/// "cleared", "transaction-over" or "no-transaction": the start that they came with never came.
/// </param>
[Journaled("cp-profiles-ended"), DataContract]
public sealed record ChargingProfilesEnded(
    [property: DataMember(Order = 1)] ChargePointId Id,
    ImmutableArray<int> ProfileIds,
    [property: DataMember(Order = 3)] string Why,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent
{
    [DataMember(Order = 2)]
    public ImmutableArray<int> ProfileIds { get => field.IsDefault ? [] : field; init; } = ProfileIds;
}
