using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// How connectors are told about: the last to arrive wins, unless its own time says that it is history
/// (<see cref="OldStatuses"/>); an unchanged status is no event.
/// </summary>
internal static class ConnectorStatuses
{
    /// <summary>
    /// More connectors than any charger has: a charger that makes them up may not grow its entity for ever.
    /// </summary>
    private const int Most = 256;

    public static Decision Report(ChargePoint state, ReportStatus c)
    {
        if (c.Epoch != 0 && c.Epoch < state.LastEpoch) return new(new Reply.Repeated());

        var known = state.Connectors.FirstOrDefault(connector => connector.Id == c.Connector);
        if (known is null && state.Connectors.Length >= Most)
            return new(new Reply.Refused(
                $"The charger has named {Most} connectors already; {c.Connector} is not kept."));
        if (known?.Status == c.Status) return new(new Reply.Repeated());

        var changed = new ConnectorStatusChanged(c.Id, c.Connector, c.Status, c.ChargerAt, c.At);
        if (known is null || !OldStatuses.IsOlder(state, c, known)) return new(new Reply.Accepted(), changed);
        return OldStatuses.ClockWasSet(state, c) is { } clock
            ? new(new Reply.Accepted(), clock, changed)
            : OldStatuses.Keep(state, c);
    }

    public static ImmutableArray<KnownConnector> Apply(
        ImmutableArray<KnownConnector> connectors, ConnectorStatusChanged e) =>
        connectors.RemoveAll(known => known.Id == e.Connector)
            .Add(new KnownConnector(e.Connector, e.Status, e.At, e.ChargerAt));
}
