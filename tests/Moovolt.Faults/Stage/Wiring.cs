namespace Moovolt.Faults.Stage;

/// <summary>Which lines lead through a proxy, so that they can be made bad.</summary>
[Flags]
internal enum Wiring
{
    /// <summary>None: every line is direct.</summary>
    Direct = 0,

    /// <summary>Between chargers and nodes.</summary>
    Chargers = 1,

    /// <summary>Between nodes.</summary>
    Peers = 2,

    /// <summary>Between nodes and their database.</summary>
    Database = 4,
}
