using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>
/// Turns the journal into what people look at: reads it in commit order and writes rows and offset in one transaction,
/// so that each event counts once. One runs in the whole cluster; a second one does no harm.
/// </summary>
public sealed class Projector : IDisposable
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowestRetry = TimeSpan.FromSeconds(30);

    /// <summary>After a hint, for what commits together to be read together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private readonly Stores stores;
    private readonly TimeProvider clock;
    private readonly ILogger<Projector> log;
    private readonly JournalReader reader;
    private readonly ProjectionWriter writer;
    private readonly ChangePruning pruning;
    private readonly XminWatch watch;
    private readonly Behind behind;
    private readonly Meter meter = new("Moovolt.ReadModel");
    private readonly SemaphoreSlim hints = new(0);

    private ReadOffset? failedAt;

    public Projector(Stores stores, TimeProvider clock, ILogger<Projector> log)
    {
        this.stores = stores;
        this.clock = clock;
        this.log = log;
        reader = new JournalReader(stores.Journal);
        writer = new ProjectionWriter(stores.ReadModel, clock, log, meter);
        pruning = new ChangePruning(stores.ReadModel, clock, log);
        watch = new XminWatch(stores.Journal, clock, log);
        behind = new Behind(clock);
        meter.CreateObservableGauge(
            "moovolt_projection_lag_seconds",
            () => behind.Age.TotalSeconds,
            description: "Age of the oldest event that is not projected yet; 0 where no projector runs");
    }

    /// <summary>
    /// How long the oldest event that is not projected yet has waited; zero when none does, and where no projector
    /// runs.
    /// </summary>
    public TimeSpan Lag => behind.Age;

    /// <summary>Who holds the projector up, in words; null when nobody does.</summary>
    public string? HeldBy => watch.HeldBy;

    /// <summary>How many events were skipped because this program does not know them.</summary>
    public long Unknown => writer.Unknown;

    /// <summary>
    /// There may be something new: read now instead of at the next poll. Cheap, from any thread, at any rate.
    /// </summary>
    public void Wake()
    {
        if (hints.CurrentCount == 0) hints.Release(); // two at once are one read too many, and no harm
    }

    /// <summary>Projects until cancelled. What goes wrong is said once and tried again.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        behind.Begin();
        try
        {
            await ProjectAsync(cancellation);
        }
        finally
        {
            behind.End();
        }
    }

    /// <summary>Projects all that can be read now, and returns: for tools and tests.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        while (await StepAsync(cancellation) > 0)
        {
        }
    }

    /// <summary>
    /// Empties what is projected; whichever projector runs begins again at the first event. What the doors have written
    /// stays. Listeners to changes are told to begin anew.
    /// </summary>
    public async Task RebuildAsync(CancellationToken cancellation)
    {
        List<Statement> statements = [.. Projections.Tables.Select(table => new Statement($"delete from {table}"))];
        statements.Insert(0, new Statement(
            "update projection set xid = 0, ordering = 0, last_change = last_change + 1 where name = 'read-model'"));
        await stores.ReadModel.RunForLongAsync(statements, cancellation).SaidAsync(log, "emptying the read model");
        log.LogWarning("The read model is emptied and is projected again from the first event");
        Wake();
    }

    public void Dispose()
    {
        meter.Dispose();
        hints.Dispose();
    }

    private async Task ProjectAsync(CancellationToken cancellation)
    {
        var poll = FirstPoll;
        var retry = FirstPoll;
        var adopted = false;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                // A server may have been restored behind our back: look again whenever the connection was lost.
                if (!adopted) await RestoredJournal.AdoptAsync(stores, log, cancellation);
                adopted = true;

                var projected = await StepAsync(cancellation);
                retry = FirstPoll;
                if (projected == JournalReader.BatchSize) continue;
                poll = projected > 0 || watch.RowsWait ? FirstPoll : Min(poll * 2, SlowestPoll);
                if (await HintedAsync(poll, cancellation)) poll = FirstPoll;
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Say(e, retry);
                adopted = false;
                await Task.Delay(retry, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                retry = Min(retry * 2, SlowestRetry);
            }
        }
    }

    /// <summary>Reads once and writes what was read; how many events that were.</summary>
    private async Task<int> StepAsync(CancellationToken cancellation)
    {
        var offset = await ReadOffset.LoadAsync(stores.ReadModel, cancellation);
        var events = await reader.ReadAsync(offset, cancellation);
        if (events.Count == 0)
        {
            await watch.LookAsync(offset, cancellation);
            behind.Looked(watch.WaitingSince);
        }
        else
        {
            behind.Looked(events[0].CreatedAt);
            await WriteAsync(offset, events, cancellation);
            behind.Looked(null); // until the next look, which is soon, nobody knows better
        }

        await pruning.StepAsync(cancellation);
        return events.Count;
    }

    private async Task WriteAsync(ReadOffset offset, List<StoredEvent> events, CancellationToken cancellation)
    {
        if (failedAt is null)
        {
            try
            {
                await writer.WriteAsync(offset, events, cancellation);
                return;
            }
            catch (Exception e) when (events.Count > 1 && IsOfAnEvent(e, cancellation))
            {
                log.LogDebug(e, "A batch of {Count} events failed and is tried one by one", events.Count);
            }
        }

        await WriteOneByOneAsync(offset, events, cancellation);
    }

    // So that only the event that fails waits, and what comes before it does not.
    private async Task WriteOneByOneAsync(ReadOffset offset, List<StoredEvent> events, CancellationToken cancellation)
    {
        foreach (var stored in events)
        {
            try
            {
                await writer.WriteAsync(offset, [stored], cancellation);
            }
            catch (Exception e) when (IsOfAnEvent(e, cancellation))
            {
                behind.Looked(stored.CreatedAt);
                throw new ProjectionFailedException(stored, e);
            }

            offset = stored.Offset;
        }

        failedAt = null;
    }

    private void Say(Exception e, TimeSpan retry)
    {
        if (e is not ProjectionFailedException failed)
        {
            log.LogWarning(e, "The projector failed and tries again in {Retry}", retry);
            return;
        }

        if (failedAt == failed.Stored.Offset) return;
        failedAt = failed.Stored.Offset;
        log.LogError(
            e.InnerException,
            "The projector stands before event {SequenceNumber} of {PersistenceId} ({Manifest}) and tries it again "
                + "and again",
            failed.Stored.SequenceNumber, failed.Stored.PersistenceId, failed.Stored.Manifest);
    }

    private async Task<bool> HintedAsync(TimeSpan patience, CancellationToken cancellation)
    {
        if (!await hints.WaitAsync(patience, cancellation)) return false;
        await Task.Delay(Gathering, clock, cancellation);
        return true;
    }

    // And not of the database, which was away, or of ourselves, who are stopping.
    private static bool IsOfAnEvent(Exception e, CancellationToken cancellation) =>
        (e is DbException { IsTransient: false } || !Database.IsAway(e)) && !cancellation.IsCancellationRequested;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>One event could not be written.</summary>
    private sealed class ProjectionFailedException(StoredEvent stored, Exception cause)
        : Exception(cause.Message, cause)
    {
        public StoredEvent Stored => stored;
    }
}
