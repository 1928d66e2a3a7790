using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.V16.Actions;

namespace Moovolt.Ocpp.V16;

/// <summary>
/// 1.6 has two actions that ask for a message: TriggerMessage, and, from the security whitepaper on,
/// ExtendedTriggerMessage. Each knows some messages that the other does not; for the rest the older one is tried first.
/// </summary>
internal static class Triggers
{
    public static Wording ToCall(Trigger wish)
    {
        if (wish.Connector is { } place && Connectors.Number(place) is null)
            return Wording.Impossible(Connectors.Unknown(place));
        var connector = wish.Connector is { } at && Connectors.Number(at) is { } number and > 0 ? number : (int?)null;
        var extended = ExtendedWord(wish.What);
        if (Word(wish.What) is { } word && (extended is null || !wish.TheOtherWay))
            return Wording.Of(new TriggerMessage(word, connector));
        return extended is null
            ? Wording.Impossible($"OCPP 1.6 has no message to trigger for {wish.What}.")
            : Wording.Of(new ExtendedTriggerMessage(extended, connector));
    }

    public static StationAnswer Judge(Heard heard) => heard.Judge("Accepted") with
    {
        Outcome = heard.Status == "NotImplemented" ? new NotKnownThere() : null,
    };

    private static string? Word(TriggeredMessage what) => what switch
    {
        TriggeredMessage.Boot => "BootNotification",
        TriggeredMessage.Status => "StatusNotification",
        TriggeredMessage.Heartbeat => "Heartbeat",
        TriggeredMessage.MeterValues => "MeterValues",
        TriggeredMessage.FirmwareStatus => "FirmwareStatusNotification",
        TriggeredMessage.DiagnosticsStatus => "DiagnosticsStatusNotification",
        _ => null,
    };

    private static string? ExtendedWord(TriggeredMessage what) => what switch
    {
        TriggeredMessage.DiagnosticsStatus => null,
        TriggeredMessage.LogStatus => "LogStatusNotification",
        TriggeredMessage.SignCertificate => "SignChargePointCertificate",
        _ => Word(what),
    };
}
