using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.3: say that again, with what the whitepaper adds.</summary>
[OcppAction("ExtendedTriggerMessage", OcppVersion.V16)]
public sealed record ExtendedTriggerMessage(
    [OneOf(
        "BootNotification", "LogStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues",
        "SignChargePointCertificate", "StatusNotification")]
    string RequestedMessage,
    [SenselessBelow(1, IsTaken = true)] int? ConnectorId) : ICsmsCall
{
    public sealed record Response([OneOf("Accepted", "Rejected", "NotImplemented")] string Status);

    public StationAnswer ToAnswer(Heard heard) => Triggers.Judge(heard);
}
