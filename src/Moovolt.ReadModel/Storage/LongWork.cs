using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Moovolt.ReadModel.Storage;

/// <summary>
/// Work that takes as long as a table is big: it is not given up, and whoever reads the log knows that it goes on.
/// </summary>
internal static class LongWork
{
    /// <summary>How often it is said that the work is still going on.</summary>
    public static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(15);

    /// <summary>Waits for the work to its end, and says every so often that it is not done.</summary>
    /// <param name="what">What is being done, in words, after "Still at it: ".</param>
    /// <param name="every">Between two words in the log.</param>
    public static async Task<T> SaidAsync<T>(this Task<T> work, ILogger log, string what, TimeSpan every)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            using var done = new CancellationTokenSource();
            var pause = Task.Delay(every, done.Token);
            if (await Task.WhenAny(work, pause) == work)
            {
                await done.CancelAsync();
                return await work;
            }

            log.LogInformation(
                "Still at it: {What}, for {Seconds} s so far",
                what, (long)Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    /// <summary>As above, every <see cref="SayEvery"/>.</summary>
    public static Task<T> SaidAsync<T>(this Task<T> work, ILogger log, string what) =>
        work.SaidAsync(log, what, SayEvery);
}
