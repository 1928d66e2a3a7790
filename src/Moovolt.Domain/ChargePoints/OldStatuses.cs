using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>When a charger has said something, by both clocks.</summary>
/// <param name="ChargerAt">The charger's own time; null when it gave none.</param>
/// <param name="At">When it came to us.</param>
[DataContract]
public sealed record SaidAt(
    [property: DataMember(Order = 1)] DateTimeOffset? ChargerAt,
    [property: DataMember(Order = 2)] DateTimeOffset At);

/// <summary>
/// The charger has told how a connector was while nobody heard it, and something later of that connector is known: kept
/// as history, it changes nothing of what is so now.
/// </summary>
/// <param name="ChargerAt">The charger's own time.</param>
/// <param name="At">When it was told.</param>
[Journaled("cp-status-told-late"), DataContract]
public sealed record ConnectorStatusToldLate(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] ConnectorStatus Status,
    [property: DataMember(Order = 4)] DateTimeOffset ChargerAt,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent
{
    /// <summary>What makes two of them the same.</summary>
    internal ulong Key => OldStatuses.Key(Connector, Status, ChargerAt);
}

/// <summary>
/// Which statuses are history. A charger tells what happened while it was alone in the order in which it happened
/// (OCPP 1.6, 4.9), but some tell how they are first and what was before it afterwards. A clock that is wrong, or that
/// was set, must not make a charger's every word history: see <see cref="IsOlder"/> and <see cref="ClockWasSet"/>.
/// </summary>
internal static class OldStatuses
{
    /// <summary>How many are told apart from their repeats.</summary>
    private const int Remembered = 64;

    /// <summary>A clock that says less has not been set: OCPP 1.6 itself is from 2015.</summary>
    private static readonly DateTimeOffset FirstDay = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// So far apart in arrival, two old statuses that are as old as each other are those of a clock that was set.
    /// </summary>
    private static readonly TimeSpan AllTheSame = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether something later is known of the connector: what we hold, or what was said of it over this connection
    /// (which is no event when it changes nothing). What was said while the charger was connected is never history.
    /// </summary>
    public static bool IsOlder(ChargePoint state, ReportStatus c, KnownConnector known)
    {
        if (c.ChargerAt is not { } at || at < FirstDay) return false;
        var ahead = state.Clock?.Seconds ?? Ahead(c.Latest);
        var ours = Ours(new SaidAt(at, c.At), ahead);
        if (state.Session is { } session && ours >= session.At) return false;
        return ours < Ours(new SaidAt(known.ChargerAt, known.At), ahead)
            || (c.Latest is { } latest && ours < Ours(latest, ahead));
    }

    /// <summary>
    /// The clock's new difference, when this status is history only by a clock that was set meanwhile: told live,
    /// statuses go on being equally late, and what is told out of a memory is not.
    /// </summary>
    public static ClockSkewEstimated? ClockWasSet(ChargePoint state, ReportStatus c) =>
        c.ChargerAt is { } at && state.Clock?.Doubt is { } doubt && c.At - doubt.At >= AllTheSame
        && ClockSkew.Agree(doubt.Seconds, ClockSkew.Seconds(at - c.At))
            ? new ClockSkewEstimated(c.Id, ClockSkew.Seconds(at - c.At), c.At, Set: true)
            : null;

    public static Decision Keep(ChargePoint state, ReportStatus c) =>
        state.ToldLate.Contains(Key(c.Connector, c.Status, c.ChargerAt!.Value)) // what is older has a time
            ? new(new Reply.Repeated())
            : new(new Reply.Accepted(),
                new ConnectorStatusToldLate(c.Id, c.Connector, c.Status, c.ChargerAt.Value, c.At));

    public static ChargePoint Apply(ChargePoint state, ConnectorStatusToldLate e) => state with
    {
        ToldLate = (state.ToldLate.Length < Remembered ? state.ToldLate : state.ToldLate.RemoveAt(0)).Add(e.Key),
        Clock = ClockSkew.Apply(state, e),
    };

    public static ulong Key(ConnectorId connector, ConnectorStatus status, DateTimeOffset chargerAt) =>
        Fingerprint.Of($"{connector}|{status.Status}|{status.ErrorCode}|{status.VendorErrorCode}|{chargerAt.UtcTicks}");

    // By our clock, and never later than it came. A clock that is right now is right, whatever it was before.
    private static DateTimeOffset Ours(SaidAt said, int ahead)
    {
        if (said.ChargerAt is not { } at) return said.At;
        var ours = ClockSkew.Agree(0, ClockSkew.Seconds(at - said.At)) ? at : at - TimeSpan.FromSeconds(ahead);
        return ours < said.At ? ours : said.At;
    }

    // Of a clock that is not known yet: nobody tells of what is still to come.
    private static int Ahead(SaidAt? latest) =>
        latest?.ChargerAt is { } at ? Math.Max(0, ClockSkew.Seconds(at - latest.At)) : 0;
}
