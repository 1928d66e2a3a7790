using System.Collections.Immutable;

namespace Moovolt.Domain.Transactions;

/// <summary>
/// What the meter has shown during a transaction, in whatever order it came, and what was heard already, so that a
/// repeat counts once (business key: the time and the measurands of a sample).
/// </summary>
/// <param name="Registers">
/// Every total energy register, as it came: about 60 bytes a sample, while it is in memory.
/// </param>
public sealed record MeterSeen(ImmutableList<RegisterSeen> Registers, ImmutableHashSet<ulong> Heard)
{
    public static readonly MeterSeen None = new([], []);

    /// <summary>The sum of all power samples in watts, and how many there were.</summary>
    public (decimal Watts, int Count) Power { get; private init; }

    /// <summary>
    /// The register that the charger says it was at the beginning (context Transaction.Begin); null when it says none.
    /// </summary>
    public Energy? AtBegin { get; private init; }

    /// <summary>
    /// The register that the charger says it was at the end (context Transaction.End); null when it says none.
    /// </summary>
    public Energy? AtEnd { get; private init; }

    /// <summary>The samples that are new; null when there is nothing new at all.</summary>
    /// <param name="samples">What the charger sent.</param>
    /// <param name="frame">The payload, when not all of it could be read: then it is what is new or not.</param>
    public ImmutableArray<Sample>? News(ImmutableArray<Sample> samples, string? frame)
    {
        var news = samples.RemoveAll(sample => Heard.Contains(Fingerprint.Of(sample)));
        var frameIsNew = frame is not null && !Heard.Contains(Fingerprint.Of(frame));
        return news.IsEmpty && !frameIsNew ? null : news;
    }

    public MeterSeen With(SamplesRecorded recorded)
    {
        var seen = With(recorded.Samples, recorded.ArrivedAt);
        return recorded.Frame is null ? seen : seen with { Heard = seen.Heard.Add(Fingerprint.Of(recorded.Frame)) };
    }

    /// <param name="samples">What is new.</param>
    /// <param name="arrivedAt">When they came: the time of those that have none of their own.</param>
    public MeterSeen With(ImmutableArray<Sample> samples, DateTimeOffset arrivedAt)
    {
        var (registers, power, heard) = (Registers, Power, Heard);
        var (begin, end) = (AtBegin, AtEnd);
        foreach (var sample in samples)
        {
            var fingerprint = Fingerprint.Of(sample);
            if (heard.Contains(fingerprint)) continue;
            heard = heard.Add(fingerprint);
            if (sample.Register() is { } register)
                registers = registers.Add(new RegisterSeen(sample.At ?? arrivedAt, register));
            begin ??= sample.Register("Transaction.Begin");
            end ??= sample.Register("Transaction.End");
            if (sample.Readings.Select(reading => reading.Power())
                .FirstOrDefault(watts => watts is not null) is { } watts)
                power = (power.Watts + watts, power.Count + 1);
        }

        return new MeterSeen(registers, heard) { Power = power, AtBegin = begin, AtEnd = end };
    }

    /// <summary>The registers up to a moment of the charger's clock, in the order of that clock.</summary>
    public ImmutableArray<RegisterSeen> Until(DateTimeOffset end) =>
        [.. Registers.Where(seen => seen.At <= end).OrderBy(seen => seen.At).ThenBy(seen => seen.Register)];

    /// <summary>The latest register by the charger's clock; null when there is none.</summary>
    public RegisterSeen? Last => Registers.IsEmpty ? null : Registers.MaxBy(seen => (seen.At, seen.Register));
}

/// <summary>What the total energy register showed at one moment.</summary>
/// <param name="At">By the charger's clock; by ours when it gave no time.</param>
public readonly record struct RegisterSeen(DateTimeOffset At, Energy Register);

/// <summary>
/// 64-bit FNV-1a over what makes two messages the same. Journaled state is built from it: never change it.
/// </summary>
public static class Fingerprint
{
    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(string text) => Add(Seed, text);

    public static ulong Of(Sample sample)
    {
        var hash = Add(Seed, sample.At?.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var reading in sample.Readings)
        {
            hash = Add(hash, reading.Value);
            hash = Add(hash, reading.Measurand);
            hash = Add(hash, reading.Unit);
            hash = Add(hash, reading.Context);
            hash = Add(hash, reading.Phase);
            hash = Add(hash, reading.Location);
            hash = Add(hash, reading.Format);
            if (reading.Multiplier is { } power) hash = Add(hash, $"e{power}");
            if (reading.Signed is { } signed) hash = Add(hash, signed.Data);
        }

        return hash;
    }

    private static ulong Add(ulong hash, string? text)
    {
        foreach (var c in text ?? "") hash = (hash ^ c) * Prime;
        return (hash ^ 0xFFFF) * Prime; // an end mark that no character is
    }
}
