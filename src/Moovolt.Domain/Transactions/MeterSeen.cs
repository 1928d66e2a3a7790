using System.Collections.Immutable;

namespace Moovolt.Domain.Transactions;

/// <summary>
/// What the meter has shown during a transaction: the extremes of its register, in whatever order they came, and
/// what was heard already, so that a repeat counts once (business key: the time and the measurands of a sample).
/// </summary>
public sealed record MeterSeen(Energy? Lowest, Energy? Highest, ImmutableHashSet<ulong> Heard)
{
    public static readonly MeterSeen None = new(null, null, []);

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
        var seen = With(recorded.Samples);
        return recorded.Frame is null ? seen : seen with { Heard = seen.Heard.Add(Fingerprint.Of(recorded.Frame)) };
    }

    public MeterSeen With(ImmutableArray<Sample> samples)
    {
        var (lowest, highest) = (Lowest, Highest);
        foreach (var sample in samples)
        {
            if (sample.Register() is not { } register) continue;
            lowest = lowest is { } low && low < register ? low : register;
            highest = highest is { } high && high > register ? high : register;
        }

        return new MeterSeen(lowest, highest, Heard.Union(samples.Select(Fingerprint.Of)));
    }

    /// <summary>What a transaction came to, and what is odd about it. Never negative, never more than the meter proves.</summary>
    public (Energy Delivered, Oddity? Oddity) Delivered(Energy? start, Energy? stop) => (start, stop) switch
    {
        ({ } from, { } to) when to >= from => (to - from, null),
        ({ } from, { } to) => (new Energy(0), new Oddity("meter-runs-backwards", $"{from} at the start, {to} at the stop.")),
        ({ } from, null) when Highest is { } to && to >= from =>
            (to - from, new Oddity("meter-stop-missing", $"The stop names no meter; {to} was the highest sample.")),
        (null, { } to) when Lowest is { } from && to >= from =>
            (to - from, new Oddity("meter-start-missing", $"The start names no meter; {from} was the lowest sample.")),
        _ => (new Energy(0), new Oddity("meter-missing", "Start, stop and samples do not tell what was delivered.")),
    };
}

/// <summary>64-bit FNV-1a over what makes two messages the same. Journaled state is built from it: never change it.</summary>
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
        }

        return hash;
    }

    private static ulong Add(ulong hash, string? text)
    {
        foreach (var c in text ?? "") hash = (hash ^ c) * Prime;
        return (hash ^ 0xFFFF) * Prime; // an end mark that no character is
    }
}
