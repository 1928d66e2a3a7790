namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Closes sockets at a pace, so that others can take their chargers: those that charge last, and otherwise as chance
/// has it, so that no charger is always the last.
/// </summary>
/// <param name="time">What the pace is kept by.</param>
/// <param name="perSecond">How many are closed each second.</param>
/// <param name="charges">Whether a socket's charger has a running transaction.</param>
/// <param name="isClosing">Whether there is nothing to do any more.</param>
/// <param name="close">Closes one.</param>
internal sealed class Eviction<T>(
    TimeProvider time, int perSecond, Func<T, bool> charges, Func<T, bool> isClosing, Action<T> close)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>By chance, those that charge after all others.</summary>
    public static IEnumerable<T> InOrder(IEnumerable<T> sockets, Func<T, bool> charges)
    {
        var all = sockets.ToArray();
        Random.Shared.Shuffle(all);
        return all.OrderBy(charges); // keeps the order of those that are alike
    }

    /// <summary>Goes on until there is nothing left.</summary>
    /// <param name="left">Looked at each time anew, since some come while others go; null when it is over.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Func<IEnumerable<T>?> left, CancellationToken cancellation)
    {
        var allowed = 0d;
        var since = time.GetTimestamp() - (long)(Beat.TotalSeconds * time.TimestampFrequency);
        while (left() is { } sockets)
        {
            var now = time.GetTimestamp();
            // After a pause of the whole process not all that it has missed at once: others must take them.
            allowed = Math.Min(allowed + (time.GetElapsedTime(since, now).TotalSeconds * perSecond), perSecond);
            since = now;
            foreach (var socket in InOrder(sockets.Where(socket => !isClosing(socket)), charges).Take((int)allowed))
            {
                close(socket);
                allowed--;
            }

            await Task.Delay(Beat, time, cancellation);
        }
    }
}
