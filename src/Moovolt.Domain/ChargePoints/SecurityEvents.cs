using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Something happened at the charger that concerns its security (security whitepaper, A04). It is confirmed when it is
/// stored, and not before: the charger keeps it until then.
/// </summary>
/// <param name="Type">The charger's word; types that no list has are kept as they come.</param>
/// <param name="ChargerAt">The charger's own time.</param>
[Sent("cp-report-security"), DataContract]
public sealed record ReportSecurityEvent(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] string Type,
    [property: DataMember(Order = 4)] DateTimeOffset ChargerAt,
    [property: DataMember(Order = 5)] string? Details,
    [property: DataMember(Order = 6)] DateTimeOffset At) : ChargePointCommand;

[Journaled("cp-security-event"), DataContract]
public sealed record SecurityEventReported(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Type,
    [property: DataMember(Order = 3)] DateTimeOffset ChargerAt,
    [property: DataMember(Order = 4)] string? Details,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent
{
    /// <summary>What makes two reports the same: a charger repeats one until it is confirmed.</summary>
    internal ulong Key => SecurityEvents.Key(Type, ChargerAt, Details);

    /// <summary>
    /// Whether the whitepaper calls events of this type critical (its appendix with the list of security events).
    /// </summary>
    public bool IsCritical => SecurityEvents.Critical.Contains(Type);
}

/// <summary>What chargers report of their security, or is seen of it: kept once each.</summary>
internal static class SecurityEvents
{
    /// <summary>How many are told apart from their repeats.</summary>
    private const int Remembered = 64;

    public static readonly ImmutableHashSet<string> Critical =
    [
        "FirmwareUpdated", "SettingSystemTime", "StartupOfTheDevice", "ResetOrReboot", "SecurityLogWasCleared",
        "MemoryExhaustion", "TamperDetectionActivated", "InvalidFirmwareSignature", "InvalidFirmwareSigningCertificate",
        "InvalidCentralSystemCertificate", "InvalidCsmsCertificate", "InvalidChargePointCertificate",
        "InvalidChargingStationCertificate", "InvalidTLSVersion", "InvalidTLSCipherSuite",
    ];

    public static Decision Report(ChargePoint state, ReportSecurityEvent c) =>
        state.SecurityEventsHeard.Contains(Key(c.Type, c.ChargerAt, c.Details))
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), new SecurityEventReported(c.Id, c.Type, c.ChargerAt, c.Details, c.At));

    public static ImmutableArray<ulong> Apply(ImmutableArray<ulong> heard, ulong key) =>
        (heard.Length < Remembered ? heard : heard.RemoveAt(0)).Add(key);

    public static ulong Key(string type, DateTimeOffset chargerAt, string? details) =>
        Fingerprint.Of($"{type}|{chargerAt.UtcTicks}|{details}");
}
