using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// A wish that a charger is busy with for a while, and reports on: it ends by the charger's word, or by a week of silence.
/// </summary>
public abstract record StationJobRequest : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromDays(7);

    public abstract StationJobKind Kind { get; }

    public override TimeSpan? EffectWithin(Outcome? outcome) => Within;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is JobProgressed e && e.JobId == asked.RequestId && StationJobs.IsSuccess(e.Status);

    public override string? FailedIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is JobProgressed or StationAnswered
        && state.Jobs.FirstOrDefault(job => job.JobId == asked.RequestId)?.Status is { } status && StationJobs.IsFailure(status)
            ? $"The charger reports {status}."
            : null;

    public override string WhyNoEffect(ChargePoint state) =>
        state.Jobs.FirstOrDefault(job => job.Kind == Kind)?.Status is { } last
            ? $"Nothing more was heard for a week after {last}."
            : "The charger said yes, and reported nothing for a week.";
}

/// <summary>Fetch that firmware and install it.</summary>
/// <param name="Location">A URI; it may hold a user and a password, which are shown nowhere.</param>
/// <param name="RetryIntervalSeconds">Between two tries.</param>
/// <param name="Number">Named in the charger's reports, by versions that number such jobs.</param>
[DataContract]
public sealed record UpdateFirmware(
    [property: DataMember(Order = 1)] string Location,
    [property: DataMember(Order = 2)] DateTimeOffset RetrieveAt,
    [property: DataMember(Order = 3)] int? Retries = null,
    [property: DataMember(Order = 4)] int? RetryIntervalSeconds = null,
    [property: DataMember(Order = 5)] int Number = 0) : StationJobRequest
{
    public override string Verb => "update-firmware";

    public override StationJobKind Kind => StationJobKind.Firmware;
}

/// <summary>Fetch that firmware, prove its signature, and install it (security whitepaper, L01).</summary>
/// <param name="Number">Named in the charger's reports.</param>
/// <param name="SigningCertificate">PEM.</param>
/// <param name="Signature">Base64.</param>
[DataContract]
public sealed record UpdateSignedFirmware(
    [property: DataMember(Order = 1)] int Number,
    [property: DataMember(Order = 2)] string Location,
    [property: DataMember(Order = 3)] DateTimeOffset RetrieveAt,
    [property: DataMember(Order = 4)] DateTimeOffset? InstallAt,
    [property: DataMember(Order = 5)] string SigningCertificate,
    [property: DataMember(Order = 6)] string Signature,
    [property: DataMember(Order = 7)] int? Retries = null,
    [property: DataMember(Order = 8)] int? RetryIntervalSeconds = null) : StationJobRequest
{
    public override string Verb => "update-firmware";

    public override StationJobKind Kind => StationJobKind.Firmware;
}

/// <summary>Upload what helps to find a fault.</summary>
[DataContract]
public sealed record UploadDiagnostics(
    [property: DataMember(Order = 1)] string Location,
    [property: DataMember(Order = 2)] DateTimeOffset? From = null,
    [property: DataMember(Order = 3)] DateTimeOffset? To = null,
    [property: DataMember(Order = 4)] int? Retries = null,
    [property: DataMember(Order = 5)] int? RetryIntervalSeconds = null) : StationJobRequest
{
    public override string Verb => "get-diagnostics";

    public override StationJobKind Kind => StationJobKind.Diagnostics;
}

/// <summary>Upload a log (security whitepaper, N01).</summary>
/// <param name="Number">Named in the charger's reports.</param>
/// <param name="Security">The security log; else the diagnostics log.</param>
[DataContract]
public sealed record UploadLog(
    [property: DataMember(Order = 1)] int Number,
    [property: DataMember(Order = 2)] bool Security,
    [property: DataMember(Order = 3)] string Location,
    [property: DataMember(Order = 4)] DateTimeOffset? From = null,
    [property: DataMember(Order = 5)] DateTimeOffset? To = null,
    [property: DataMember(Order = 6)] int? Retries = null,
    [property: DataMember(Order = 7)] int? RetryIntervalSeconds = null) : StationJobRequest
{
    public override string Verb => "get-log";

    public override StationJobKind Kind => StationJobKind.Log;
}

/// <summary>Fetch that firmware and keep it for others in your network (OCPP 2.0.1, L03).</summary>
/// <param name="Checksum">MD5, in hexadecimal.</param>
/// <param name="Number">Named in the charger's reports.</param>
[DataContract]
public sealed record PublishFirmware(
    [property: DataMember(Order = 1)] string Location,
    [property: DataMember(Order = 2)] string Checksum,
    [property: DataMember(Order = 3)] int Number,
    [property: DataMember(Order = 4)] int? Retries = null,
    [property: DataMember(Order = 5)] int? RetryIntervalSeconds = null) : StationJobRequest
{
    public override string Verb => "publish-firmware";

    public override StationJobKind Kind => StationJobKind.PublishedFirmware;
}

/// <summary>Keep that firmware no more (OCPP 2.0.1, L04).</summary>
[DataContract]
public sealed record UnpublishFirmware([property: DataMember(Order = 1)] string Checksum) : StationRequest
{
    public override string Verb => "unpublish-firmware";
}
