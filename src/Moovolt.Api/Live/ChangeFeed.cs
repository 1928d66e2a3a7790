using System.Collections.Immutable;
using Moovolt.ReadModel.Changes;

namespace Moovolt.Api.Live;

/// <summary>
/// The changes of the last moments, read once for all the streams of this node. A stream that is further behind reads
/// the table itself; nobody buffers for a slow listener.
/// </summary>
internal sealed class ChangeFeed(ChangeTable changes, TimeProvider clock) : IDisposable
{
    private const int Remembered = 2_000;
    private const int Batch = 500;

    private static readonly ChangeFilter Everything = new();
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _reading = new(1);
    private Window? _window;
    private DateTimeOffset _readAt;

    /// <summary>The next changes after an id, in order; none when nothing came within the poll.</summary>
    public async Task<ImmutableArray<ChangeRow>> After(long id, CancellationToken cancellation)
    {
        var window = await Refresh(id, cancellation);
        return id < window.From
            ? [.. await changes.AfterAsync(id, Everything, Batch, cancellation)]
            : [.. window.Changes.SkipWhile(change => change.Id <= id)];
    }

    public void Dispose() => _reading.Dispose();

    // Whoever comes first in a poll's time reads, and the others find what was read.
    private async Task<Window> Refresh(long id, CancellationToken cancellation)
    {
        var asked = clock.GetUtcNow();
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_window is { } recent && _readAt >= asked) return recent;
            if (_readAt + Poll - clock.GetUtcNow() is { Ticks: > 0 } rest) await Task.Delay(rest, clock, cancellation);
            // nobody listened for a while: begin anew
            var window = _window is { } known && known.To >= id ? known : new Window(id, []);
            _window = window.Add(await changes.AfterAsync(window.To, Everything, Batch, cancellation));
            _readAt = clock.GetUtcNow();
            return _window;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>All changes after an id, up to the last that was read; there may be none.</summary>
    /// <param name="From">What is not after this is not here, though it may be in the table.</param>
    private sealed record Window(long From, ImmutableArray<ChangeRow> Changes)
    {
        public long To => Changes.IsEmpty ? From : Changes[^1].Id;

        public Window Add(IReadOnlyList<ChangeRow> fresh)
        {
            var changes = Changes.AddRange(fresh);
            return changes.Length <= Remembered
                ? this with { Changes = changes }
                : new Window(changes[^(Remembered + 1)].Id, [.. changes.TakeLast(Remembered)]);
        }
    }
}
