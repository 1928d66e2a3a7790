using System.Collections.Immutable;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>Which batteries went in and out: each step is kept once.</summary>
public static class BatterySwaps
{
    /// <summary>How many batteries of one step are kept: no station has more slots.</summary>
    public const int MostBatteries = 100;

    private const int Remembered = 32;

    // A charger may count its swaps from the beginning after a restart: the same after that is another one.
    private static readonly TimeSpan Repeats = TimeSpan.FromMinutes(10);

    internal static Decision Report(ChargePoint state, ReportBatterySwap c)
    {
        var swapped = new BatteriesSwapped(
            c.Id, c.Swap, c.Step, c.Token,
            c.Batteries.Length <= MostBatteries ? c.Batteries : c.Batteries[..MostBatteries], c.At);
        var key = Key(swapped);
        return state.SwapsHeard.Any(heard => heard.Key == key && c.At - heard.At < Repeats)
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), swapped);
    }

    internal static ImmutableArray<HeardSwap> Apply(ImmutableArray<HeardSwap> heard, BatteriesSwapped e) =>
        (heard.Length < Remembered ? heard : heard.RemoveAt(0)).Add(new HeardSwap(Key(e), e.At));

    private static ulong Key(BatteriesSwapped e) => Fingerprint.Of(
        $"{e.Swap}|{e.Step}|{e.Token}|{string.Join('|', e.Batteries.Select(battery => battery.SerialNumber))}");
}
