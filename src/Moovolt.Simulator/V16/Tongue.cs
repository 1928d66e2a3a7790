using System.Text.Json;

namespace Moovolt.Simulator.V16;

/// <summary>OCPP 1.6.</summary>
internal sealed class Tongue : ITongue
{
    public Protocol Protocol => Protocol.Ocpp16;

    public bool HearsSends => false;

    public Outgoing Heartbeat { get; } = new Heartbeat();

    public Outgoing Boot(string serialNumber, bool restarted) => new BootNotification(serialNumber);

    public Outgoing Authorize(string tag) => new Authorize(tag);

    public Outgoing Status(int outlet, OutletStatus status, DateTimeOffset at) =>
        new StatusNotification(outlet, status, at);

    public bool IsSame(OutletStatus one, OutletStatus other) => one == other;

    public string? NewTransactionId() => null;

    public TransactionMessage Began(ChargingSession session, bool offline) => new StartTransaction(session);

    public TransactionMessage Metered(
        ChargingSession session, long wattHours, int watts, DateTimeOffset at, bool offline) =>
        new MeterValues(session, wattHours, watts, at);

    public TransactionMessage Ended(
        ChargingSession session, long wattHours, StopCause cause, DateTimeOffset at, bool offline) =>
        new StopTransaction(session, wattHours, cause, at);

    public Task Answer(Uplink line, string id, string action, JsonElement payload, Controls controls) =>
        new CallBook(line, id, payload, controls).Answer(action);
}
