namespace Moovolt.Api;

/// <summary>What the HTTP bridge must be told. Everything else about it is its contract.</summary>
/// <param name="Keys">Who may ask.</param>
public sealed record ApiSettings(OperatorKeys Keys)
{
    /// <summary>How long a charger may take to answer a command before it counts as not answered.</summary>
    public TimeSpan ChargerPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a change waits until the tables show it, so that the next read finds what was written.
    /// </summary>
    public TimeSpan ProjectionPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a silent event stream says that it is alive; proxies commonly cut after 30 or 60 s.</summary>
    public TimeSpan StreamHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many event streams one node serves at once; one more is told to come later.</summary>
    public int MostStreams { get; init; } = 1_000;
}
