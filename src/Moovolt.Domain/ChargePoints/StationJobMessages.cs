using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What a charger does over minutes or hours, and reports on from time to time.</summary>
public enum StationJobKind
{
    /// <summary>
    /// It fetches a firmware and installs it (OCPP 1.6, 5.19; security whitepaper, SignedUpdateFirmware).
    /// </summary>
    Firmware = 0,

    /// <summary>It uploads a file of diagnostics (OCPP 1.6, 5.9).</summary>
    Diagnostics = 1,

    /// <summary>It uploads a log (security whitepaper, GetLog).</summary>
    Log = 2,

    /// <summary>It fetches a firmware and keeps it for others in its network (OCPP 2.0.1, L03).</summary>
    PublishedFirmware = 3,
}

/// <summary>
/// The charger says how far a job is. An unchanged status is no event: some say "Uploading" every second.
/// </summary>
/// <param name="Number">
/// The number that the job was given; null when the charger names none, and the latest is meant.
/// </param>
/// <param name="Status">OCPP's word.</param>
[Sent("cp-report-job"), DataContract]
public sealed record ReportJob(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] StationJobKind Kind,
    [property: DataMember(Order = 4)] int? Number,
    [property: DataMember(Order = 5)] string Status,
    [property: DataMember(Order = 6)] DateTimeOffset At) : ChargePointCommand;

/// <summary>How far a job is.</summary>
/// <param name="JobId">The command that asked for it; <c>unasked-…</c> for one that nobody here asked for.</param>
[Journaled("cp-job"), DataContract]
public sealed record JobProgressed(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] StationJobKind Kind,
    [property: DataMember(Order = 3)] string JobId,
    [property: DataMember(Order = 4)] string Status,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The charger has taken a job on.</summary>
/// <param name="Number">The number that it will name in its reports; null where OCPP has none.</param>
/// <param name="Location">Where it fetches or uploads, without a password.</param>
/// <param name="FileName">What it will call the file; null when it did not say.</param>
/// <param name="ReplacedOlder">It gave up an older one for this (AcceptedCanceled).</param>
[DataContract]
public sealed record JobTaken(
    [property: DataMember(Order = 1)] StationJobKind Kind,
    [property: DataMember(Order = 2)] int? Number,
    [property: DataMember(Order = 3)] string Location,
    [property: DataMember(Order = 4)] string? FileName = null,
    [property: DataMember(Order = 5)] bool ReplacedOlder = false) : Outcome;

/// <summary>The latest job of a kind, as the charge point remembers it.</summary>
/// <param name="Status">The charger's last word; null while it has said none.</param>
[DataContract]
public sealed record KnownJob(
    [property: DataMember(Order = 1)] StationJobKind Kind,
    [property: DataMember(Order = 2)] string JobId,
    [property: DataMember(Order = 3)] int? Number,
    [property: DataMember(Order = 4)] string? Status);
