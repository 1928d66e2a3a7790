using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>How far the read model is behind the journal.</summary>
/// <param name="Events">How many events are still to come, counted up to <see cref="Freshness.MostCounted"/>.</param>
/// <param name="Age">How long the oldest of them has waited; zero when there is none.</param>
public sealed record ProjectionLag(long Events, TimeSpan Age);

/// <summary>
/// Does what people look at show what is stored already? Asked on any node, wherever the projector runs.
/// </summary>
public sealed class Freshness(Stores stores, TimeProvider clock)
{
    public const int MostCounted = 10_000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    public async Task<ProjectionLag> LagAsync(CancellationToken cancellation)
    {
        var offset = await ReadOffset.LoadAsync(stores.ReadModel, cancellation);
        var waiting = await stores.Journal.QueryAsync(
            new Statement(
                stores.Journal.Choose(
                    """
                    select count(*), min(created) from
                      (select created from journal where (xid, ordering) > ($1::text::xid8, $2) order by xid,
                        ordering limit $3) waiting
                    """,
                    """
                    select count(*), min(created) from
                      (select created from journal where $1 = $1 and ordering > $2 order by ordering limit $3) waiting
                    """),
                offset.XidText, offset.Ordering, MostCounted),
            reader => (Count: reader.GetInt64(0), Since: reader.NumberOrNull(1)),
            cancellation);
        var (count, since) = waiting.Single();
        var age = since is { } ticks ? clock.GetUtcNow() - JournalReader.CreatedAt(ticks) : TimeSpan.Zero;
        return new ProjectionLag(count, age > TimeSpan.Zero ? age : TimeSpan.Zero);
    }

    /// <summary>
    /// Who holds the projector up, in words: a write transaction that is open somewhere on the PostgreSQL server. Null
    /// when nobody does, or not for ten seconds yet.
    /// </summary>
    public async Task<string?> HeldByAsync(ProjectionLag lag, CancellationToken cancellation) =>
        lag.Age < XminWatch.Patience
            ? null
            : await XminWatch.HolderAsync(
                stores.Journal, await ReadOffset.LoadAsync(stores.ReadModel, cancellation), cancellation);

    /// <summary>
    /// Waits until the read model shows all that is stored of an entity now, so that who has just written reads what
    /// was written. One look at the journal, then looks at the offset alone.
    /// </summary>
    /// <param name="persistenceId">Such as <c>charge-point/CP-1</c>.</param>
    /// <returns>False when it took longer than <paramref name="patience"/>: what is shown is older.</returns>
    public async Task<bool> WaitForAsync(string persistenceId, TimeSpan patience, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var last = await stores.Journal.QueryAsync(
            new Statement(
                stores.Journal.Choose(
                    "select xid::text::bigint, ordering from journal where persistence_id = $1 order by "
                        + "sequence_number desc limit 1",
                    "select 0, ordering from journal where persistence_id = $1 order by sequence_number desc limit 1"),
                persistenceId),
            reader => new ReadOffset(reader.GetInt64(0), reader.GetInt64(1)),
            cancellation);
        if (last is not [var wanted]) return true;

        while (!(await ReadOffset.LoadAsync(stores.ReadModel, cancellation)).Covers(wanted))
        {
            if (clock.GetElapsedTime(began) >= patience) return false;
            await Task.Delay(Pace, clock, cancellation);
        }

        return true;
    }
}
