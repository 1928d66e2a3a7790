namespace Moovolt.ReadModel.Storage;

/// <summary>
/// How the journal is, as this node last felt it: whoever probes it says so here, and whoever is asked reads it. So the
/// program and the HTTP bridge need not know each other.
/// </summary>
public sealed class JournalPulse
{
    private const long None = -1;

    private long ticks = None;
    private long skew;
    private volatile Said said = new("green", "");

    /// <summary>
    /// How long the latest write took, its commit included; null before the first, and while the journal does not
    /// answer.
    /// </summary>
    public TimeSpan? Latency
    {
        get => Volatile.Read(ref ticks) is >= 0 and var taken ? new TimeSpan(taken) : null;
        set => Volatile.Write(ref ticks, value?.Ticks ?? None);
    }

    /// <summary>How well this node can store: green, yellow or red.</summary>
    public string State => said.Word;

    /// <summary>Why, as a sentence; empty in green.</summary>
    public string Because => said.Because;

    /// <summary>
    /// How far this node's clock is ahead of the database's, below zero when it is behind; zero where they are one.
    /// </summary>
    public TimeSpan ClockSkew
    {
        get => new(Volatile.Read(ref skew));
        set => Volatile.Write(ref skew, value.Ticks);
    }

    /// <summary>How it is from now on.</summary>
    public void Say(string word, string because) => said = new Said(word, because);

    private sealed record Said(string Word, string Because);
}
