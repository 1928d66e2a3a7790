namespace Moovolt.Gateway;

/// <summary>Whether new chargers are let in.</summary>
public enum GateState
{
    Open,

    /// <summary>The node is leaving: its sockets are being moved to others.</summary>
    Draining,

    /// <summary>Nothing can be stored, so nothing could be answered.</summary>
    JournalDown,
}

/// <summary>
/// The switch by which the node opens and closes its door to new chargers. Open sockets are not its business.
/// </summary>
public sealed class GatewayGate
{
    private volatile GateState state = GateState.Open;

    public GateState State
    {
        get => state;
        set => state = value;
    }
}
