using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Availability;
using Moovolt.ReadModel.BatterySwaps;
using Moovolt.ReadModel.Certificates;
using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;
using Moovolt.ReadModel.Commands;
using Moovolt.ReadModel.CompositeSchedules;
using Moovolt.ReadModel.Configuration;
using Moovolt.ReadModel.DataTransfers;
using Moovolt.ReadModel.DeviceModels;
using Moovolt.ReadModel.EventStreams;
using Moovolt.ReadModel.HeldThings;
using Moovolt.ReadModel.Inquiries;
using Moovolt.ReadModel.LocalLists;
using Moovolt.ReadModel.Notices;
using Moovolt.ReadModel.RefusedTokens;
using Moovolt.ReadModel.Reservations;
using Moovolt.ReadModel.ScheduleLimits;
using Moovolt.ReadModel.SecurityEvents;
using Moovolt.ReadModel.StationEvents;
using Moovolt.ReadModel.StationJobs;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Tokens;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.ReadModel.Projection;

/// <summary>
/// From an event to what it changes in the tables: a function, so that kept and rebuilt cannot differ. A new question
/// with tables of its own is added here and nowhere else.
/// </summary>
internal static class Projections
{
    /// <summary>What a rebuild empties. What the doors have written (credentials, observations) is not here.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        .. ChargePointProjection.Tables,
        .. CommandProjection.Tables,
        .. ChargingProfileProjection.Tables,
        .. CompositeScheduleProjection.Tables,
        .. DataTransferProjection.Tables,
        .. ConfigurationProjection.Tables,
        .. AvailabilityProjection.Tables,
        .. LocalListProjection.Tables,
        .. ReservationProjection.Tables,
        .. StationJobProjection.Tables,
        .. SecurityEventProjection.Tables,
        .. CertificateProjection.Tables,
        .. DeviceModelProjection.Tables,
        .. NoticeProjection.Tables,
        .. RefusedTokenProjection.Tables,
        .. EventStreamProjection.Tables,
        .. BatterySwapProjection.Tables,
        .. ScheduleLimitProjection.Tables,
        .. InquiryProjection.Tables,
        .. HeldThingProjection.Tables,
        .. StationEventProjection.Tables,
        .. TransactionProjection.Tables,
        .. EvidenceProjection.Tables,
        .. TokenProjection.Tables,
        .. ChangeProjection.Tables,
        "due",
    ];

    /// <summary>
    /// Whose rows an event's statements touch: a charge point's (its transactions' too), or a token's, and never those of
    /// another. What is of different lanes may be written in any order.
    /// </summary>
    public static string Lane(StoredEvent stored) => stored.Event switch
    {
        ChargePointEvent e => $"charge-point/{e.Id}",
        TransactionEvent e => $"charge-point/{e.Id.ChargePoint}",
        _ => stored.PersistenceId,
    };

    public static IEnumerable<Statement> Of(StoredEvent stored)
    {
        var version = stored.SequenceNumber;
        return stored.Event switch
        {
            StopUnplaced e => [.. ChargePointProjection.Of(e, version), EvidenceProjection.Of(e, version)],
            ChargePointEvent e =>
            [
                .. ChargePointProjection.Of(e, version),
                .. CommandProjection.Of(e, version),
                .. ChargingProfileProjection.Of(e),
                .. CompositeScheduleProjection.Of(e),
                .. DataTransferProjection.Of(e, version),
                .. MissingStopProjection.Of(e),
                .. UntoldBeginProjection.Of(e),
                .. ConfigurationProjection.Of(e, version),
                .. AvailabilityProjection.Of(e),
                .. LocalListProjection.Of(e),
                .. ReservationProjection.Of(e),
                .. StationJobProjection.Of(e, version),
                .. SecurityEventProjection.Of(e, version),
                .. CertificateProjection.Of(e),
                .. DeviceModelProjection.Of(e),
                .. NoticeProjection.Of(e, version),
                .. RefusedTokenProjection.Of(e),
                .. EventStreamProjection.Of(e),
                .. BatterySwapProjection.Of(e, version),
                .. ScheduleLimitProjection.Of(e),
                .. InquiryProjection.Of(e, version),
                .. HeldThingProjection.Of(e),
                .. StationEventProjection.Of(e, version),
                .. e is TransactionOverNoted over ? TransactionProjection.Of(over) : [],
            ],
            TransactionEvent e => [.. TransactionProjection.Of(e, version), .. EvidenceProjection.Of(e, version)],
            TokenEvent e => [TokenProjection.Of(e, version)],
            _ => Array.Empty<Statement>(),
        };
    }
}
