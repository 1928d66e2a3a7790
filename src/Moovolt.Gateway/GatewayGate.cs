namespace Moovolt.Gateway;

/// <summary>Whether new chargers are let in, as far as the node's own life goes.</summary>
public enum GateState
{
    Open,

    /// <summary>The node is leaving: its sockets are being moved to others.</summary>
    Draining,

    /// <summary>The node has not joined its cluster yet.</summary>
    Starting,
}

/// <summary>
/// How well this node can store, and so answer: the states of the brown-out rule. Who decides is the node; what follows
/// for sockets and calls is decided here.
/// </summary>
public enum Strain
{
    /// <summary>As usual.</summary>
    Green,

    /// <summary>Storing takes long: no new sockets, and what is no transaction's is slowed down.</summary>
    Yellow,

    /// <summary>
    /// Nothing can be stored: transaction messages wait, and in the end their sockets are closed, so that chargers keep
    /// them. Never an error, for it is not the charger that is unwell.
    /// </summary>
    Red,
}

/// <summary>
/// What the node has to say to its gateway: the switch by which it opens and closes its door to new chargers, and how
/// well it can store. Open sockets are not the door's business.
/// </summary>
public sealed class GatewayGate
{
    private volatile GateState state = GateState.Open;
    private volatile Strain strain = Strain.Green;

    public GateState State
    {
        get => state;
        set => state = value;
    }

    public Strain Strain
    {
        get => strain;
        set => strain = value;
    }
}
