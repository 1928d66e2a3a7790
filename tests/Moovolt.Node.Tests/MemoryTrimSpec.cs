using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Moovolt.Node.Tests;

/// <summary>When memory is given back; that the collector then does it is the collector's.</summary>
public sealed class MemoryTrimSpec
{
    private const long MiB = 1L << 20;
    private const long Much = 200 * MiB;

    private readonly MemoryTrim _trim = new(TimeProvider.System, NullLogger<MemoryTrim>.Instance);
    private long _allocated;

    [Fact]
    public void Memory_is_given_back_at_the_fourth_quiet_look_after_a_burst()
    {
        Assert.False(Look(burst: true));
        Assert.Equal([false, false, false, true], Looks(4));
    }

    [Fact]
    public void A_busy_node_is_let_alone()
    {
        Assert.DoesNotContain(true, Enumerable.Range(0, 200).Select(n => Look(burst: n % 4 == 0)));
    }

    [Fact]
    public void What_is_not_worth_a_pause_stays()
    {
        Look(burst: true);
        Assert.DoesNotContain(true, Looks(50, spare: 24 * MiB));
    }

    [Fact]
    public void A_node_that_stays_quiet_is_looked_at_ten_minutes_later_and_one_with_another_burst_at_once()
    {
        Look(burst: true);
        Looks(4);
        Assert.Equal(123, Looks(124).ToList().IndexOf(true));

        Look(burst: true);
        Assert.Equal([false, false, false, true], Looks(4));
    }

    private bool[] Looks(int times, long spare = Much) => [.. Enumerable.Range(0, times).Select(_ => Look(spare: spare))];

    private bool Look(bool burst = false, long spare = Much) =>
        _trim.IsDue(_allocated += burst ? 100 * MiB : MiB, spare);
}
