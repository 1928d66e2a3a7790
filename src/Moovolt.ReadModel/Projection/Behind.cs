namespace Moovolt.ReadModel.Projection;

/// <summary>
/// How long the oldest event has waited that is not projected yet, as the projector of this process last knew, and
/// growing from then on: what holds the projector up must not stop its clock.
/// </summary>
internal sealed class Behind(TimeProvider clock)
{
    /// <summary>A projector that works looks at least every second.</summary>
    private static readonly TimeSpan LooksOften = TimeSpan.FromSeconds(5);

    private const long None = 0;

    private long waitingSince = None; // UTC ticks
    private long lookedAt = None;

    /// <summary>
    /// Zero when nothing waits, and where no projector runs. When the journal or the offset cannot be read, the time
    /// since they last could be: that long at most has something waited.
    /// </summary>
    public TimeSpan Age
    {
        get
        {
            var now = clock.GetUtcNow().UtcTicks;
            var (waiting, looked) = (Volatile.Read(ref waitingSince), Volatile.Read(ref lookedAt));
            if (waiting != None) return new TimeSpan(Math.Max(0, now - waiting));
            return looked != None && now - looked > LooksOften.Ticks ? new TimeSpan(now - looked) : TimeSpan.Zero;
        }
    }

    /// <summary>The projector begins here, and has not looked yet.</summary>
    public void Begin() => Looked(null);

    /// <summary>The projector has looked.</summary>
    /// <param name="oldest">When the oldest event was stored that waits; null when none does.</param>
    public void Looked(DateTimeOffset? oldest)
    {
        Volatile.Write(ref lookedAt, clock.GetUtcNow().UtcTicks);
        Volatile.Write(ref waitingSince, oldest?.UtcTicks ?? None);
    }

    /// <summary>The projector is another member's now.</summary>
    public void End()
    {
        Volatile.Write(ref waitingSince, None);
        Volatile.Write(ref lookedAt, None);
    }
}
