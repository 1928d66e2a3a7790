namespace Moovolt.Rig;

/// <summary>
/// What is wrong with one direction of a line, to be changed at any moment. The words are toxiproxy's, whose vocabulary
/// operators know: https://github.com/Shopify/toxiproxy
/// </summary>
public sealed class Toxics
{
    private volatile TaskCompletionSource? _blocked;
    private long _latency;
    private long _jitter;

    /// <summary>Every byte arrives so much later.</summary>
    public TimeSpan Latency
    {
        get => new(Interlocked.Read(ref _latency));
        set => Interlocked.Exchange(ref _latency, value.Ticks);
    }

    /// <summary>And by chance up to so much later than that. What was sent first still comes first: TCP orders it.</summary>
    public TimeSpan Jitter
    {
        get => new(Interlocked.Read(ref _jitter));
        set => Interlocked.Exchange(ref _jitter, value.Ticks);
    }

    /// <summary>Bytes a second; 0: as many as there are.</summary>
    public int Bandwidth { get; set; }

    /// <summary>The most bytes that arrive in one piece; 0: as they come.</summary>
    public int Slicer { get; set; }

    /// <summary>After so many bytes of a connection it is reset, in the middle of whatever that is; 0: never.</summary>
    public int LimitData { get; set; }

    /// <summary>
    /// Nothing arrives, and nobody is told. What is sent meanwhile arrives afterwards, as TCP would send it again.
    /// </summary>
    public bool Timeout
    {
        get => _blocked is not null;
        set
        {
            if (value) _blocked ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else Interlocked.Exchange(ref _blocked, null)?.SetResult();
        }
    }

    /// <summary>Completes when something may pass.</summary>
    internal Task Passage => _blocked?.Task ?? Task.CompletedTask;

    /// <summary>All is well again.</summary>
    public void Clear()
    {
        (Latency, Jitter, Bandwidth, Slicer, LimitData) = (TimeSpan.Zero, TimeSpan.Zero, 0, 0, 0);
        Timeout = false;
    }
}
