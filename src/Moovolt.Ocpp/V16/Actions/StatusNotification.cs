using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.9: how a connector is, or, for 0, the charge point itself.</summary>
[OcppAction("StatusNotification", OcppVersion.V16)]
public sealed record StatusNotification(
    [SenselessBelow(0)] int ConnectorId,
    [OneOf(
        "ConnectorLockFailure", "EVCommunicationError", "GroundFailure", "HighTemperature", "InternalError",
        "LocalListConflict", "NoError", "OtherError", "OverCurrentFailure", "PowerMeterFailure", "PowerSwitchFailure",
        "ReaderFailure", "ResetFailure", "UnderVoltage",
        "OverVoltage", "WeakSignal", Seen = ["Error"])] string ErrorCode,
    [AsItComes, MaxLength(50)] string? Info,
    [OneOf(
        "Available", "Preparing", "Charging", "SuspendedEVSE", "SuspendedEV", "Finishing", "Reserved", "Unavailable",
        "Faulted")] string Status,
    DateTimeOffset? Timestamp,
    [AsItComes, MaxLength(255)] string? VendorId,
    [AsItComes, MaxLength(50)] string? VendorErrorCode) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportStatus(
            arrival.From,
            arrival.Epoch,
            Domain.ConnectorId.Of16(ConnectorId),
            new ConnectorStatus(Status, ErrorCode, Info, VendorId, VendorErrorCode),
            Timestamp,
            arrival.At),
        new Response());
}
