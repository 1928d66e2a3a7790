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
    private ImmutableArray<ChangeRow> _recent = [];
    private DateTimeOffset _readAt;

    /// <summary>The next changes after an id, in order; none when nothing came within the poll.</summary>
    public async Task<ImmutableArray<ChangeRow>> After(long id, CancellationToken cancellation)
    {
        await Refresh(id, cancellation);
        var recent = _recent;
        if (recent.IsEmpty || recent[^1].Id <= id) return [];
        return recent[0].Id <= id + 1
            ? [.. recent.SkipWhile(change => change.Id <= id)]
            : [.. await changes.AfterAsync(id, Everything, Batch, cancellation)];
    }

    public void Dispose() => _reading.Dispose();

    // Whoever comes first in a poll's time reads, and the others find what was read.
    private async Task Refresh(long id, CancellationToken cancellation)
    {
        var asked = clock.GetUtcNow();
        await _reading.WaitAsync(cancellation);
        try
        {
            if (_readAt >= asked) return;
            if (_readAt + Poll - clock.GetUtcNow() is { Ticks: > 0 } rest) await Task.Delay(rest, clock, cancellation);
            // nobody listened for a while: begin anew
            var recent = _recent.IsEmpty || _recent[^1].Id < id ? [] : _recent;
            var fresh = await changes.AfterAsync(recent.IsEmpty ? id : recent[^1].Id, Everything, Batch, cancellation);
            _recent = [.. recent.AddRange(fresh).TakeLast(Remembered)];
            _readAt = clock.GetUtcNow();
        }
        finally
        {
            _reading.Release();
        }
    }
}
