using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// How long silence lasts before a transaction without a stop is taken for over: an operator's settings.
/// </summary>
/// <param name="QuietSeconds">While its connector is free again.</param>
/// <param name="IdleSeconds">While its charger is there, whatever the connector.</param>
[DataContract]
public sealed record StopPatience(
    [property: DataMember(Order = 1)] int QuietSeconds,
    [property: DataMember(Order = 2)] int IdleSeconds)
{
    /// <summary>A quarter of an hour, and a day.</summary>
    public static readonly StopPatience Usual = new(15 * 60, 24 * 60 * 60);

    /// <summary>No shorter: chargers may sample that seldom.</summary>
    public static readonly StopPatience Least = new(5 * 60, 6 * 60 * 60);

    public TimeSpan Quiet => TimeSpan.FromSeconds(QuietSeconds);

    public TimeSpan Idle => TimeSpan.FromSeconds(IdleSeconds);
}

/// <summary>A transaction without a stop asks, when its time has come, whether it can still be running.</summary>
/// <param name="HeardAt">When anything was last heard of it.</param>
/// <param name="Patience">Null: <see cref="StopPatience.Usual"/>.</param>
/// <param name="InSteps">Its charger numbers what it tells of it, and can be asked about it.</param>
/// <param name="HasGaps">Something that the charger must have told has not come.</param>
[Sent("cp-look-for-stop"), DataContract]
public sealed record LookForStop(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string LocalId,
    [property: DataMember(Order = 3)] ConnectorId Connector,
    [property: DataMember(Order = 4)] DateTimeOffset HeardAt,
    [property: DataMember(Order = 5)] DateTimeOffset At,
    [property: DataMember(Order = 6)] StopPatience? Patience = null,
    [property: DataMember(Order = 7)] bool InSteps = false,
    [property: DataMember(Order = 8)] bool HasGaps = false) : ChargePointCommand;

/// <summary>
/// When a transaction whose stop does not come is taken for over: power cuts, chargers that move to another server, and
/// messages that are lost would else leave it running for ever, and its card blocked. What is inferred wrongly, the
/// charger's own stop puts right.
/// </summary>
public static class MissingStops
{
    /// <summary>How long a charger that has come back gets to tell what it has kept.</summary>
    public static readonly TimeSpan ToCatchUp = TimeSpan.FromHours(1);

    /// <summary>
    /// After which a charger that can be asked is asked: those that meter are heard of far more often.
    /// </summary>
    public static readonly TimeSpan LongSilence = TimeSpan.FromHours(1);

    /// <summary>How long what is missing may be on its way before a charger is asked about it.</summary>
    public static readonly TimeSpan ForGaps = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(6);

    /// <summary>Whether a status means that no transaction goes on there.</summary>
    public static bool IsFree(string status) => status is "Available" or "Preparing";

    internal static LookForStop Question(Transaction.Running state, WakeTransaction wake) => new(
        state.Began.Id.ChargePoint, state.Began.Id.LocalId,
        state.Began.Connector, state.HeardAt, wake.At, wake.StopPatience,
        !state.Told.Keys.IsEmpty, !state.Told.Gaps().IsEmpty);

    internal static Decision Look(ChargePoint state, LookForStop c) =>
        c.InSteps ? TransactionStatuses.Before(state, c, Judge(state, c)) : Judge(state, c);

    private static Decision Judge(ChargePoint state, LookForStop c)
    {
        var id = new TransactionId(c.Id, c.LocalId);
        var (patience, silence) = (c.Patience ?? StopPatience.Usual, c.At - c.HeardAt);
        var open = state.Open.FirstOrDefault(known => known.LocalId == c.LocalId);
        var connector = state.Connectors.FirstOrDefault(known => known.Id.Meets(c.Connector));

        // A cable that is put in before the start is Preparing too: only what was said after the start counts.
        var freeSince = connector is not null && IsFree(connector.Status.Status) && !(connector.At <= open?.At)
            ? connector.At
            : (DateTimeOffset?)null;
        if (freeSince is { } since && c.At - since >= patience.Quiet && silence >= patience.Quiet)
            return new(null) { Notes = [new InferEnd(
                id, EndEvidence.ConnectorFree, connector?.ChargerAt ?? since, c.At)] };
        if (freeSince is { } lately) return Later(id, Max(lately, c.HeardAt) + patience.Quiet, c.At);

        // A charger that is away charges on by itself, and one that says so is believed.
        var charges = connector?.Status.Status is "Charging" or "SuspendedEV" or "SuspendedEVSE";
        var there = state.Session is { } session && c.At - session.At >= ToCatchUp;
        if (silence >= patience.Idle && there && !charges)
            return new(null) { Notes = [new InferEnd(id, EndEvidence.Idle, c.HeardAt, c.At)] };
        return Later(id, Max(c.HeardAt + patience.Idle, c.At + LookAgain), c.At);
    }

    /// <summary>What a start says of those that began before it on the same connector: they are over.</summary>
    /// <param name="at">When it began, by the charger's clock.</param>
    /// <param name="itself">Its local id, when it has one already.</param>
    internal static ImmutableArray<Command> Superseded(
        ChargePoint state, ChargePointId id, ConnectorId connector,
        DateTimeOffset at, DateTimeOffset arrivedAt, string? itself = null) =>
        connector == ConnectorId.ChargePoint
            ? []
            :
            [
                .. state.Open
                    .Where(open => open.Connector.Meets(connector)
                        && (open.StartedAt ?? open.At) < at && open.LocalId != itself)
                    .Select(open =>
                        new InferEnd(new TransactionId(id, open.LocalId), EndEvidence.NextStart, at, arrivedAt)),
            ];

    private static Decision Later(TransactionId id, DateTimeOffset again, DateTimeOffset at) =>
        new(null) { Notes = [new AwaitStop(id, again, at)] };

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
