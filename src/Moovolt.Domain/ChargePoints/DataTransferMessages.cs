using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What a vendor's message is answered (OCPP 1.6, 7.23).</summary>
public enum TransferStatus
{
    Accepted = 0,
    Rejected = 1,

    /// <summary>The vendor is known, and its message is none of those agreed on.</summary>
    UnknownMessageId = 2,
    UnknownVendorId = 3,
}

/// <summary>A vendor's own message to a charger (OCPP 1.6, 5.6).</summary>
/// <param name="VendorId">Usually a reversed domain name.</param>
[DataContract]
public sealed record TransferData(
    [property: DataMember(Order = 1)] string VendorId,
    [property: DataMember(Order = 2)] string? MessageId,
    [property: DataMember(Order = 3)] string? Data) : StationRequest
{
    public override string Verb => "data-transfer";
}

/// <summary>A vendor's message went to the charger, and it answered.</summary>
/// <param name="Data">What was sent, at most <see cref="DataTransfers.LongestData"/> characters of it.</param>
/// <param name="Answer">The data of the answer, cut likewise.</param>
/// <param name="Truncated">True when there was more of either.</param>
[DataContract]
public sealed record DataTransferred(
    [property: DataMember(Order = 1)] string VendorId,
    [property: DataMember(Order = 2)] string? MessageId,
    [property: DataMember(Order = 3)] string? Data,
    [property: DataMember(Order = 4)] TransferStatus Status,
    [property: DataMember(Order = 5)] string? Answer,
    [property: DataMember(Order = 6)] bool Truncated) : Outcome;

/// <summary>
/// The charger sends a vendor's message (OCPP 1.6, 4.3). The same command again is a retry of ours and changes nothing;
/// what the charger itself sends twice is two messages, for only the vendor knows better.
/// </summary>
/// <param name="Data">At most <see cref="DataTransfers.LongestData"/> characters.</param>
/// <param name="Truncated">True when there was more of it.</param>
/// <param name="Status">What it is answered, by what is registered of the vendor.</param>
/// <param name="Answer">The data of the answer.</param>
[Sent("cp-report-transfer"), DataContract]
public sealed record ReportDataTransfer(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string VendorId,
    [property: DataMember(Order = 3)] string? MessageId,
    [property: DataMember(Order = 4)] string? Data,
    [property: DataMember(Order = 5)] bool Truncated,
    [property: DataMember(Order = 6)] TransferStatus Status,
    [property: DataMember(Order = 7)] string? Answer,
    [property: DataMember(Order = 8)] DateTimeOffset At) : ChargePointCommand;

/// <summary>A vendor's message came from the charger. Of one that nobody has registered, the first of a day.</summary>
[Journaled("cp-data-transferred"), DataContract]
public sealed record DataTransferReceived(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string VendorId,
    [property: DataMember(Order = 3)] string? MessageId,
    [property: DataMember(Order = 4)] string? Data,
    [property: DataMember(Order = 5)] bool Truncated,
    [property: DataMember(Order = 6)] TransferStatus Status,
    [property: DataMember(Order = 7)] string? Answer,
    [property: DataMember(Order = 8)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A kind of message that nobody has registered, and when it was last written down.</summary>
/// <param name="Print">Fingerprint of vendor and message.</param>
[DataContract]
public readonly record struct UnregisteredTransfer(
    [property: DataMember(Order = 1)] ulong Print,
    [property: DataMember(Order = 2)] DateTimeOffset At);
