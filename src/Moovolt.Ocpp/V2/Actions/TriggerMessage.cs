using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, F06: say that again.</summary>
[OcppAction("TriggerMessage", OcppVersion.V201, OcppVersion.V21)]
public sealed record TriggerMessage(
    [OneOf(
        "BootNotification", "LogStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues",
        "SignChargingStationCertificate", "SignV2GCertificate", "StatusNotification", "TransactionEvent",
        "SignCombinedCertificate", "PublishFirmwareStatusNotification")]
    [OneOf("SignV2G20Certificate", "CustomTrigger", Since = OcppVersion.V21)]
    string RequestedMessage,
    Evse? Evse = null,
    [Since(OcppVersion.V21), MaxLength(50)] string? CustomTrigger = null) : ICsmsCall<Trigger>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NotImplemented")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Trigger request) => Wording.Of(new TriggerMessage(
        request.What switch
        {
            TriggeredMessage.Boot => "BootNotification",
            TriggeredMessage.Status => "StatusNotification",
            TriggeredMessage.Heartbeat => "Heartbeat",
            TriggeredMessage.MeterValues => "MeterValues",
            TriggeredMessage.FirmwareStatus => "FirmwareStatusNotification",
            TriggeredMessage.SignCertificate => "SignChargingStationCertificate",
            _ => "LogStatusNotification", // diagnostics are a log here
        },
        Places.ToWire(request.Connector)));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted") with
    {
        Outcome = heard.Status == "NotImplemented" ? new NotKnownThere() : null,
    };
}
