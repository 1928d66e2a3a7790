namespace Moovolt.Api.Live;

/// <summary>How many event streams this node serves just now: never more than it may.</summary>
internal sealed class EventStreams(ApiSettings settings)
{
    private int _open;

    /// <summary>A place for one stream until it is disposed; null when all are taken.</summary>
    public IDisposable? Enter()
    {
        if (Interlocked.Increment(ref _open) <= settings.MostStreams) return new Place(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Place(EventStreams streams) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref streams._open);
    }
}
