using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What a charger can be asked to say again.</summary>
public enum TriggeredMessage
{
    Boot = 0,
    Status = 1,
    Heartbeat = 2,
    MeterValues = 3,
    FirmwareStatus = 4,
    DiagnosticsStatus = 5,
    LogStatus = 6,
    SignCertificate = 7,
}

/// <summary>Say that again (OCPP 1.6, 5.17; security whitepaper, ExtendedTriggerMessage).</summary>
/// <param name="Connector">Of which connector; null: of the whole charge point.</param>
/// <param name="TheOtherWay">
/// 1.6 has two actions for it, and most chargers know one: this is the second try, with the other one.
/// </param>
[DataContract]
public sealed record Trigger(
    [property: DataMember(Order = 1)] TriggeredMessage What,
    [property: DataMember(Order = 2)] ConnectorId? Connector,
    [property: DataMember(Order = 3)] bool TheOtherWay = false) : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    public override string Verb => "trigger";

    // What is unchanged when it is said again is no event: then there is nothing to see.
    public override TimeSpan? EffectWithin(Outcome? outcome) =>
        What is TriggeredMessage.Boot or TriggeredMessage.SignCertificate ? Within : null;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) => What switch
    {
        TriggeredMessage.Boot => @event is ChargePointBooted,
        TriggeredMessage.SignCertificate => @event is CertificateRequested,
        _ => false,
    };

    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) =>
        !TheOtherWay && HasOtherWay && answer.Outcome is NotKnownThere ? [this with { TheOtherWay = true }] : [];

    private bool HasOtherWay => What is
        TriggeredMessage.Boot or TriggeredMessage.Status or TriggeredMessage.Heartbeat or TriggeredMessage.MeterValues
        or TriggeredMessage.FirmwareStatus;
}

/// <summary>The charger does not know the action, or not what it was asked for.</summary>
[DataContract]
public sealed record NotKnownThere : Outcome;
