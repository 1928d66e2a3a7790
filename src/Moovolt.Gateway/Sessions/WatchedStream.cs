using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;

namespace Moovolt.Gateway.Sessions;

/// <summary>The upgrade of a request, with the bytes that come of it counted.</summary>
internal sealed class WatchedUpgrade(IHttpUpgradeFeature upgrade, GatewaySettings settings, TimeProvider time)
    : IHttpUpgradeFeature
{
    /// <summary>What came of it; null before.</summary>
    public WatchedStream? Stream { get; private set; }

    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() =>
        Stream = new WatchedStream(await upgrade.UpgradeAsync(), new WireCount(settings, time));
}

/// <summary>
/// The bytes of one connection on their way to its WebSocket. When there is too much of something it is said once, and
/// from then on nothing is read any more: what a flood has on its way is neither answered nor held.
/// </summary>
internal sealed class WatchedStream(Stream inner, WireCount counter) : Stream
{
    private Action<Excess>? exceeded;
    private CancellationToken left;
    private bool isOver; // there is one reader

    /// <summary>Before the first read: whom to tell, and when the peer has ended the connection.</summary>
    public void Watch(Action<Excess> tooMuch, CancellationToken gone) => (exceeded, left) = (tooMuch, gone);

    // While nothing comes this waits, so each idle socket has one of these.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (isOver) await Task.Delay(Timeout.InfiniteTimeSpan, left); // it is being closed, or else cut

        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (exceeded is { } say && counter.Count(buffer.Span[..read]) is not Excess.None and var excess)
        {
            isOver = true;
            say(excess);
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
