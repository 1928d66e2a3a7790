namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// Who is behind an address at which others have used up what may go wrong: one password is checked after the other, so a
/// scanner that knows many names costs one processor at most, and mostly waits for itself.
/// </summary>
internal sealed class Crowd(TimeProvider time) : IDisposable
{
    /// <summary>So many wait for their turn, some 15 ms each.</summary>
    public const int MostInLine = 100;

    private readonly SemaphoreSlim turn = new(1, 1);
    private int inLine;
    private long latest;

    /// <summary>Has a password checked when it is its turn.</summary>
    /// <returns>What the check came to; null when too many wait.</returns>
    public async Task<T?> InTurnAsync<T>(Func<Task<T>> check, CancellationToken cancellation)
        where T : class
    {
        var came = time.GetTimestamp();
        try
        {
            if (Interlocked.Increment(ref inLine) > MostInLine) return null;
            await turn.WaitAsync(cancellation);
            try
            {
                return await check();
            }
            finally
            {
                turn.Release();
                Volatile.Write(ref latest, time.GetElapsedTime(came).Ticks);
            }
        }
        finally
        {
            Interlocked.Decrement(ref inLine);
        }
    }

    /// <summary>Takes as long as the latest check did, so that who is nobody's charger cannot be told by it.</summary>
    public Task AsIfInTurnAsync(CancellationToken cancellation) =>
        Task.Delay(new TimeSpan(Volatile.Read(ref latest)), time, cancellation);

    public void Dispose() => turn.Dispose();
}
