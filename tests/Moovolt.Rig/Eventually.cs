using System.Diagnostics;

namespace Moovolt.Rig;

/// <summary>Waiting for what is true a little later, with an end to it.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Task<bool> Is(Func<bool> condition, TimeSpan within) => Is(() => Task.FromResult(condition()), within);

    public static async Task<bool> Is(Func<Task<bool>> condition, TimeSpan within)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < within; await Task.Delay(Pause))
            if (await condition()) return true;
        return false;
    }

    /// <summary>Asks until the answer fits; the last answer is in the exception when none did.</summary>
    public static async Task<T> Get<T>(Func<Task<T>> ask, Func<T, bool> fits, TimeSpan within)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause))
        {
            var answer = await ask();
            if (fits(answer)) return answer;
            if (clock.Elapsed > within) throw new TimeoutException($"Not within {within.TotalSeconds:0} s; at last: {answer}");
        }
    }
}
