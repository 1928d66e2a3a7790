namespace Moovolt.ReadModel.Storage;

/// <summary>
/// How the journal is, as this node last felt it: whoever probes it says so here, and whoever is asked reads it. So the
/// program and the HTTP bridge need not know each other.
/// </summary>
public sealed class JournalPulse
{
    private const long None = -1;

    private long ticks = None;

    /// <summary>
    /// How long the latest write took, its commit included; null before the first, and while the journal does not
    /// answer.
    /// </summary>
    public TimeSpan? Latency
    {
        get => Volatile.Read(ref ticks) is >= 0 and var taken ? new TimeSpan(taken) : null;
        set => Volatile.Write(ref ticks, value?.Ticks ?? None);
    }
}
