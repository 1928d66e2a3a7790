using System.Collections.Immutable;

namespace Moovolt.Domain.Transactions;

/// <summary>What a transaction came to, and what had to be said about that.</summary>
/// <param name="Delivered">Never negative, never the size of a meter's life.</param>
/// <param name="Oddity">
/// What was odd, and how it was settled; null when start and stop agree with all that was seen.
/// </param>
/// <param name="IsDoubtful">Whether a person should look before anybody pays.</param>
public sealed record Reckoned(Energy Delivered, Oddity? Oddity = null, bool IsDoubtful = false);

/// <summary>
/// From a start, a stop and the samples between them to watt-hours. Chargers reset their registers, count from zero in
/// one message and for life in the other, or write kWh and call it Wh. What other readings prove is put right and said;
/// what nothing proves counts as nothing delivered, and is held.
/// </summary>
internal static class Reckoning
{
    /// <summary>The most that one outlet gives: beyond the largest chargers that speak OCPP 1.6.</summary>
    private const decimal MostWatts = 500_000m;

    /// <summary>
    /// More than any battery takes that is not a lorry's; clocks that stand still must not make it less.
    /// </summary>
    private const long AlwaysPossible = 200_000;

    private const long PossibleAtOnce = 20_000;
    private const long Thousand = 1000;
    private const long Largest = 1_000_000_000_000_000; // what is more is no register, and would overflow sums
    private const long HalfKilowattHours = 2 * Thousand; // kWh without decimals, twice rounded

    /// <param name="began">How it began.</param>
    /// <param name="meter">All samples, those of the stop among them.</param>
    /// <param name="stop">What the stop says; null when it says nothing, or there is none.</param>
    /// <param name="stoppedAt">By the charger's clock: samples from later are not this transaction's.</param>
    /// <param name="arrivedAt">When we heard of the end.</param>
    public static Reckoned Of(
        TransactionBegan began, MeterSeen meter, Energy? stop, DateTimeOffset stoppedAt, DateTimeOffset arrivedAt)
    {
        var seen = meter.Until(stoppedAt);
        var registers = seen.Select(register => register.Register.WattHours).ToImmutableArray();
        var most = Possible(AlwaysPossible, Longer(stoppedAt - began.At, arrivedAt - began.ArrivedAt));
        var reckoned = (Sane(began.MeterStart), Sane(stop)) switch
        {
            (0, { } to) when IsMissing(began, seen) =>
                WithoutStart(registers, to, "meter-start-implausible", "The start says 0"),
            ({ } from, { } to) when to >= from => Forward(from, to, registers, most),
            ({ } from, { } to) => Backward(from, to, registers),
            (0, null) when IsMissing(began, seen) =>
                Between(registers, "meter-start-implausible", "The start says 0 Wh"),
            ({ } from, null) => WithoutStop(from, registers),
            (null, { } to) => WithoutStart(registers, to, "meter-start-missing", "The start names no meter"),
            _ => Between(registers, "meter-missing", "Neither start nor stop names a meter"),
        };

        if (reckoned.Delivered.WattHours > most)
        {
            return Odd(
                0, "energy-implausible",
                $"{reckoned.Delivered} in that time is more than a charger can deliver: nothing is counted until "
                    + "somebody looks.");
        }

        return PerhapsKilowattHours(reckoned, meter.Power, stoppedAt - began.At);
    }

    // A start of 0 while the very first sample shows the register of a life: the charger had not read its meter yet.
    private static bool IsMissing(TransactionBegan began, ImmutableArray<RegisterSeen> seen) =>
        !seen.IsEmpty && seen[0].Register.WattHours > Possible(PossibleAtOnce, seen[0].At - began.At);

    private static Reckoned Forward(long from, long to, ImmutableArray<long> registers, decimal most)
    {
        if (registers.IsEmpty) return Fine(to - from);
        var (lowest, highest) = (registers.Min(), registers.Max());
        if (to - from > most && lowest >= from && highest - from <= most)
            return Odd(highest - from, "meter-stop-implausible",
                $"The stop says {to} Wh; {highest} Wh was the highest sample.");
        if (to - from > most && lowest <= to && to - lowest <= most)
            return Odd(to - lowest, "meter-start-implausible",
                $"The start says {from} Wh; {lowest} Wh was the lowest sample.");

        if (highest < from)
        {
            return highest * Thousand >= from - HalfKilowattHours && highest * Thousand <= to + HalfKilowattHours
                ? Said(to - from, "samples-in-kwh",
                    $"The samples show kWh and call them Wh ({highest}); start and stop count.")
                : Said(to - from, "samples-session-relative",
                    "The samples count from the start of the session; start and stop count.");
        }

        if (registers[0] >= from && highest > to && Falls(registers.Add(to))) return Piecewise(from, registers, to);
        return Falls(registers)
            ? Said(to - from, "register-dipped", "A sample shows less than one before it; start and stop count.")
            : Fine(to - from);
    }

    private static Reckoned Backward(long from, long to, ImmutableArray<long> registers)
    {
        const string Code = "meter-runs-backwards";
        var said = $"{from} Wh at the start, {to} Wh at the stop";
        if (registers.IsEmpty) return Odd(0, Code, $"{said}; no sample tells what was delivered.");
        var highest = registers.Max();
        if (registers[0] < from)
        {
            return highest <= to && !Falls(registers)
                ? Odd(to, "stop-session-relative", $"{said}; samples and stop count from the start of the session.")
                : Odd(0, Code, $"{said}; the samples do not tell what was delivered.");
        }

        if (Math.Abs((to * Thousand) - highest) <= HalfKilowattHours)
        {
            return Said(
                Math.Max(highest, to * Thousand) - from, "stop-in-kwh",
                $"{said}; the samples go up to {highest} Wh, so the stop is in kWh.");
        }

        if (Falls(registers)) return Piecewise(from, registers, to);
        return Math.Abs(highest - from - to) <= HalfKilowattHours
            ? Odd(Math.Max(highest - from, to), "stop-session-relative",
                $"{said}; the stop counts from the start of the session.")
            : Odd(highest - from, Code, $"{said}; {highest} Wh was the highest sample, and counts.");
    }

    private static Reckoned WithoutStop(long from, ImmutableArray<long> registers)
    {
        const string Code = "meter-stop-missing";
        if (registers.IsEmpty) return Odd(0, "meter-missing", "The stop names no meter, and there is no sample.");
        var highest = registers.Max();
        if (highest < from)
            return Odd(highest, Code,
                $"No meter at the stop; the samples count from the start of the session, to {highest} Wh.");
        return registers[0] >= from && Falls(registers)
            ? Piecewise(from, registers, registers[^1])
            : Odd(highest - from, Code, $"No meter at the stop; {highest} Wh was the highest sample.");
    }

    private static Reckoned WithoutStart(ImmutableArray<long> registers, long to, string code, string what) =>
        registers.IsEmpty || registers.Min() > to
            ? Odd(0, "meter-missing", $"{what}, and no sample tells where it began.")
            : Odd(to - registers.Min(), code, $"{what}; {registers.Min()} Wh was the lowest sample, and counts.");

    private static Reckoned Between(ImmutableArray<long> registers, string code, string what) => registers.IsEmpty
        ? Odd(0, code, $"{what}, and there is no sample.")
        : Odd(registers.Max() - registers.Min(),
            code, $"{what}; the samples go from {registers.Min()} to {registers.Max()} Wh.");

    // Only what the register grew by is proven: what flowed between its last value and its new beginning is not.
    private static Reckoned Piecewise(long from, ImmutableArray<long> registers, long to)
    {
        var (sum, last, resets) = (0L, from, 0);
        foreach (var register in registers.Add(to))
        {
            if (register < last) resets++;
            sum += Math.Max(0, register - last);
            last = register;
        }

        return Odd(sum, "register-reset",
            $"The register fell {resets} time(s) during the session; what it grew by between is counted.");
    }

    // The meter says a thousandth of what the power over that time comes to. Not put right: nothing proves it.
    private static Reckoned PerhapsKilowattHours(Reckoned reckoned, (decimal Watts, int Count) power, TimeSpan duration)
    {
        if (reckoned.Oddity is not null || power.Count < 2 || duration <= TimeSpan.Zero) return reckoned;
        var expected = power.Watts / power.Count * (decimal)duration.TotalHours;
        return expected >= Thousand / 2 && expected > reckoned.Delivered.WattHours * 200m
            ? Odd(
                reckoned.Delivered.WattHours, "energy-perhaps-in-kwh",
                $"The meter says {reckoned.Delivered}, the power samples say about {decimal.Floor(expected)} Wh: "
                    + "perhaps kWh called Wh.")
            : reckoned;
    }

    private static bool Falls(ImmutableArray<long> registers)
    {
        for (var i = 1; i < registers.Length; i++)
            if (registers[i] < registers[i - 1]) return true;
        return false;
    }

    private static decimal Possible(long always, TimeSpan within) =>
        always + (MostWatts * Math.Max(0, (decimal)within.TotalHours));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static long? Sane(Energy? register) => register?.WattHours is { } wattHours and <= Largest
        ? wattHours : null;

    private static Reckoned Fine(long wattHours) => new(new Energy(wattHours));

    private static Reckoned Said(long wattHours, string code, string why) =>
        new(new Energy(wattHours), new Oddity(code, why));

    private static Reckoned Odd(long wattHours, string code, string why) =>
        new(new Energy(wattHours), new Oddity(code, why), IsDoubtful: true);
}
