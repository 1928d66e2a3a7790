using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>
/// How a charger of one version puts what it has to say, and what it makes of what it is asked. All else about a
/// charger is the same whatever it speaks.
/// </summary>
internal interface ITongue
{
    Protocol Protocol { get; }

    /// <summary>Whether the server may send what is not to be answered (SEND, from OCPP 2.1 on).</summary>
    bool HearsSends { get; }

    Outgoing Heartbeat { get; }

    /// <param name="restarted">Because the server had asked for it.</param>
    Outgoing Boot(string serialNumber, bool restarted);

    Outgoing Authorize(string tag);

    Outgoing Status(int outlet, OutletStatus status, DateTimeOffset at);

    /// <summary>Whether the two are one status in this version, so that a change between them is not told.</summary>
    bool IsSame(OutletStatus one, OutletStatus other);

    /// <summary>The charger's own name for a transaction; null where the server gives it one.</summary>
    string? NewTransactionId();

    /// <param name="offline">It happened while nobody could be told.</param>
    TransactionMessage Began(ChargingSession session, bool offline);

    TransactionMessage Metered(ChargingSession session, long wattHours, int watts, DateTimeOffset at, bool offline);

    TransactionMessage Ended(
        ChargingSession session, long wattHours, StopCause cause, DateTimeOffset at, bool offline);

    /// <summary>Answers a call of the server first and acts afterwards, as chargers do.</summary>
    Task Answer(Uplink line, string id, string action, JsonElement payload, Controls controls);
}

/// <summary>The tongues that a charger may have.</summary>
internal static class Tongues
{
    private static readonly ITongue[] All =
        [new V16.Tongue(), new V2.Tongue(Protocol.Ocpp201), new V2.Tongue(Protocol.Ocpp21)];

    public static ITongue Of(Protocol protocol) => Array.Find(All, tongue => tongue.Protocol == protocol)
        ?? throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "Nobody speaks it.");
}
