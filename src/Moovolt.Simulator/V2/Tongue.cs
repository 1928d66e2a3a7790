using System.Text.Json;

namespace Moovolt.Simulator.V2;

/// <summary>OCPP 2.0.1 and 2.1, which put what a charger has to say in the same words.</summary>
internal sealed class Tongue(Protocol protocol) : ITongue
{
    public Protocol Protocol { get; } = protocol;

    public bool HearsSends => Protocol == Protocol.Ocpp21;

    public Outgoing Heartbeat { get; } = new Heartbeat();

    public Outgoing Boot(string serialNumber, bool restarted) => new BootNotification(serialNumber, restarted);

    public Outgoing Authorize(string tag) => new Authorize(tag);

    public Outgoing Status(int outlet, OutletStatus status, DateTimeOffset at) =>
        new StatusNotification(outlet, status, at);

    public bool IsSame(OutletStatus one, OutletStatus other) =>
        StatusNotification.Word(one) == StatusNotification.Word(other);

    public string? NewTransactionId() => Guid.NewGuid().ToString(); // unique for ever (OCPP 2.0.1, E01.FR.08)

    public TransactionMessage Began(ChargingSession session, bool offline) => new TransactionEvent(
        session, StepKind.Started, session.MeterStart, null, session.StartedAt, offline)
    {
        Trigger = session.Driver.Remote ? "RemoteStart" : "Authorized",
        NamesDriver = true,
    };

    public TransactionMessage Metered(
        ChargingSession session, long wattHours, int watts, DateTimeOffset at, bool offline) =>
        new TransactionEvent(session, StepKind.Updated, wattHours, watts, at, offline)
        {
            Trigger = "MeterValuePeriodic",
        };

    public TransactionMessage Ended(
        ChargingSession session, long wattHours, StopCause cause, DateTimeOffset at, bool offline)
    {
        var (trigger, reason) = cause switch
        {
            StopCause.Remote => ("RemoteStop", "Remote"),
            StopCause.SoftReset or StopCause.HardReset => ("ResetCommand", "ImmediateReset"),
            StopCause.UnlockCommand => ("UnlockCommand", "Other"),
            StopCause.DeAuthorized => ("Deauthorized", "DeAuthorized"),
            _ => ("StopAuthorized", "Local"),
        };
        return new TransactionEvent(session, StepKind.Ended, wattHours, null, at, offline)
        {
            Trigger = trigger,
            StoppedReason = reason,
            NamesDriver = cause == StopCause.Local, // with the card that is held before it to stop (OCPP 2.0.1, E07)
        };
    }

    public Task Answer(Uplink line, string id, string action, JsonElement payload, Controls controls) =>
        new CallBook(line, id, payload, controls).Answer(action);
}
