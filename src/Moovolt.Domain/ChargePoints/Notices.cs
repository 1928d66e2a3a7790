using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// A charger tells something that the charge point itself does nothing about: kept as it came, published, and answered
/// when it is stored. A monitor's event, a bill's settlement, what a car needs, a swapped battery.
/// </summary>
/// <param name="Kind">What it is, by the name that OCPP has for it.</param>
/// <param name="Payload">The JSON object as it came, up to <see cref="Notices.LongestPayload"/> characters.</param>
[Sent("cp-report-notice"), DataContract]
public sealed record ReportNotice(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] string Kind,
    [property: DataMember(Order = 4)] string Payload,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointCommand;

/// <param name="Truncated">The payload was longer than what is kept.</param>
[Journaled("cp-notice"), DataContract]
public sealed record NoticeReceived(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Kind,
    [property: DataMember(Order = 3)] string Payload,
    [property: DataMember(Order = 4)] bool Truncated,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A notice that was kept.</summary>
/// <param name="Key">Of what it said.</param>
[DataContract]
public readonly record struct HeardNotice(
    [property: DataMember(Order = 1)] ulong Key,
    [property: DataMember(Order = 2)] DateTimeOffset At);

/// <summary>What chargers tell and nothing here acts on: kept once each.</summary>
public static class Notices
{
    /// <summary>Characters: a frame may have more, and no list wants them.</summary>
    public const int LongestPayload = 65_536;

    /// <summary>How many are told apart from their repeats.</summary>
    internal const int Remembered = 64;

    /// <summary>Most say no time of their own: the same again after that is news.</summary>
    internal static readonly TimeSpan Repeats = TimeSpan.FromMinutes(10);

    internal static Decision Report(ChargePoint state, ReportNotice c)
    {
        var key = Key(c.Kind, c.Payload);
        if (state.NoticesHeard.Any(heard => heard.Key == key && c.At - heard.At < Repeats)) return new(new Reply.Repeated());
        var kept = c.Payload.Length <= LongestPayload ? c.Payload : Cut(c.Payload);
        return new(new Reply.Accepted(), new NoticeReceived(c.Id, c.Kind, kept, kept.Length < c.Payload.Length, c.At));
    }

    // Of one that is cut only the kept part can be told apart: the same in every replay.
    internal static ImmutableArray<HeardNotice> Apply(ImmutableArray<HeardNotice> heard, NoticeReceived e) =>
        Remember(heard, Key(e.Kind, e.Payload), e.At);

    /// <summary>The last ones, and this one.</summary>
    internal static ImmutableArray<HeardNotice> Remember(ImmutableArray<HeardNotice> heard, ulong key, DateTimeOffset at) =>
        (heard.Length < Remembered ? heard : heard.RemoveAt(0)).Add(new HeardNotice(key, at));

    private static ulong Key(string kind, string payload) =>
        Fingerprint.Of($"{kind}|{(payload.Length <= LongestPayload ? payload : Cut(payload))}");

    private static string Cut(string text) =>
        text[..(char.IsHighSurrogate(text[LongestPayload - 1]) ? LongestPayload - 1 : LongestPayload)];
}
