using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.17: say that again.</summary>
[OcppAction("TriggerMessage", OcppVersion.V16)]
public sealed record TriggerMessage(
    [OneOf(
        "BootNotification", "DiagnosticsStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues",
        "StatusNotification")]
    string RequestedMessage,
    [SenselessBelow(1, IsTaken = true)] int? ConnectorId) : ICsmsCall<Trigger>
{
    public sealed record Response([OneOf("Accepted", "Rejected", "NotImplemented")] string Status);

    public static Wording ToCall(Trigger request) => Triggers.ToCall(request);

    public StationAnswer ToAnswer(Heard heard) => Triggers.Judge(heard);
}
