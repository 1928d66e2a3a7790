using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>Something that happened at a component of a charger, or that a monitor saw (OCPP 2.0.1, N07 and N08).</summary>
/// <param name="Number">The charger's own number for it.</param>
/// <param name="Key">Component and variable as one text.</param>
/// <param name="Trigger">OCPP's word: Alerting, Delta or Periodic.</param>
/// <param name="Notification">OCPP's word for what saw it, such as CustomMonitor.</param>
/// <param name="Cause">The event that this one follows from.</param>
/// <param name="Cleared">What was reported is over.</param>
/// <param name="Monitor">The monitor that saw it; null when it is built in.</param>
/// <param name="Severity">0 (danger) to 9 (debug); null when the charger does not say.</param>
[DataContract]
public sealed record StationEvent(
    [property: DataMember(Order = 1)] int Number,
    [property: DataMember(Order = 2)] DateTimeOffset ChargerAt,
    [property: DataMember(Order = 3)] string Key,
    [property: DataMember(Order = 4)] string Value,
    [property: DataMember(Order = 5)] string Trigger,
    [property: DataMember(Order = 6)] string? Notification,
    [property: DataMember(Order = 7)] int? Cause = null,
    [property: DataMember(Order = 8)] bool Cleared = false,
    [property: DataMember(Order = 9)] int? Monitor = null,
    [property: DataMember(Order = 10)] int? Severity = null,
    [property: DataMember(Order = 11)] string? Transaction = null,
    [property: DataMember(Order = 12)] string? TechCode = null,
    [property: DataMember(Order = 13)] string? TechText = null)
{
    /// <summary>What makes two the same: a charger repeats one until it is confirmed.</summary>
    internal ulong Fingerprint => Transactions.Fingerprint.Of(
        $"{Number}|{ChargerAt.UtcTicks}|{Key}|{Value}|{Cleared}|{Monitor}");
}

/// <summary>A charger reports events. They are confirmed when they are stored.</summary>
[Sent("cp-report-events"), DataContract]
public sealed record ReportEvents(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    ImmutableArray<StationEvent> Events,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand
{
    [DataMember(Order = 3)]
    public ImmutableArray<StationEvent> Events { get => field.IsDefault ? [] : field; init; } = Events;
}

[Journaled("cp-events"), DataContract]
public sealed record StationEventsReported(
    [property: DataMember(Order = 1)] ChargePointId Id,
    ImmutableArray<StationEvent> Events,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent
{
    [DataMember(Order = 2)]
    public ImmutableArray<StationEvent> Events { get => field.IsDefault ? [] : field; init; } = Events;
}

/// <summary>What chargers report of their components: kept once each.</summary>
internal static class StationEvents
{
    /// <summary>How many are told apart from their repeats.</summary>
    private const int Remembered = 128;

    public static Decision Report(ChargePoint state, ReportEvents c)
    {
        ImmutableArray<StationEvent> news =
            [.. c.Events.Where(told => !state.EventsHeard.Contains(told.Fingerprint)).DistinctBy(told => told.Fingerprint)];
        return news.IsEmpty
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(), new StationEventsReported(c.Id, news, c.At));
    }

    public static ImmutableArray<ulong> Apply(ImmutableArray<ulong> heard, StationEventsReported e) =>
        [.. heard.Concat(e.Events.Select(told => told.Fingerprint)).TakeLast(Remembered)];
}
