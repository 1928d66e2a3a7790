using System.Globalization;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Connectors that are kept for somebody. A reservation ends when its token charges there, at its time, when the
/// connector fails, or when it is taken back (OCPP 1.6, 5.13 and 5.1); the charger says only some of that.
/// </summary>
public static class Reservations
{
    /// <summary>More than any charger has connectors for.</summary>
    public const int Most = 100;

    private const string DueReason = "reservation-end ";

    // A start that is dated before the reservation was made offline, long ago; but clocks differ.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>What the clock wakes the charge point for, at the end of a reservation.</summary>
    public static string Due(int reservationId) => DueReason + reservationId.ToString(CultureInfo.InvariantCulture);

    internal static string? WhyNot(ChargePoint state, Reserve wish)
    {
        if (state.Reservations.Length >= Most) return $"The charger keeps {Most} reservations already.";
        return wish.Connector is not { Evse: > 0 } && state.Flag(ChargerLimit.ReservesAnyConnector) == false
            ? "The charger takes no reservation without a connector "
                + $"({state.Item(ChargerLimit.ReservesAnyConnector)?.Key} is false): name one."
            : null;
    }

    /// <summary>Positive, and no other reservation's that is still active.</summary>
    internal static int NextId(ChargePoint state)
    {
        var next = state.LastReservation;
        do next = next is < 0 or int.MaxValue ? 1 : next + 1;
        while (state.Reservations.Any(known => known.Id == next));
        return next;
    }

    internal static Decision Report(ChargePoint state, ReportReservationOver c) =>
        state.Reservations.Any(known => known.Id == c.ReservationId)
            ? new(new Reply.Accepted(), new ReservationEnded(c.Id, c.ReservationId, c.How, null, c.At))
            : new(new Reply.Repeated());

    /// <summary>Adds to a decision the ends of those reservations that its events end.</summary>
    internal static Decision Follow(ChargePoint state, ChargePointCommand command, Decision decision)
    {
        ChargePointEvent[] ends = command is WakeChargePoint wake
            ? [.. Expired(state, wake)]
            : [.. decision.Events.SelectMany(@event => EndedBy(state, command, @event))];
        return ends.Length == 0 ? decision : decision with { Events = [.. decision.Events, .. ends] };
    }

    internal static ChargePoint Apply(ChargePoint state, Reserved reserved, DateTimeOffset at)
    {
        var others = state.Reservations.RemoveAll(known => known.Id == reserved.ReservationId); // the same id replaces it
        if (others.Length >= Most) others = others.RemoveAt(0);
        return state with
        {
            Reservations = others.Add(new Reservation(
                reserved.ReservationId, reserved.Connector, reserved.Token, reserved.Parent, reserved.ExpiresAt, at)),
            LastReservation = Math.Max(state.LastReservation, reserved.ReservationId),
        };
    }

    internal static ChargePoint Over(ChargePoint state, int reservationId) =>
        state with { Reservations = state.Reservations.RemoveAll(known => known.Id == reservationId) };

    private static IEnumerable<ReservationEnded> EndedBy(ChargePoint state, ChargePointCommand command, ChargePointEvent @event) =>
        @event switch
        {
            TransactionNumbered e when command is NumberTransaction c && UsedBy(state, c) is { } used =>
                [new(e.Id, used.Id, ReservationEnd.Used, $"{e.Start.Number}", e.At)],
            TransactionOpenNoted e when (state.Reservations.FirstOrDefault(known => known.Id == e.Reservation)
                ?? state.Reservations.FirstOrDefault(known => Covers(known, e.Connector) && Same(known.Token, e.Token))) is { } used =>
                [new(e.Id, used.Id, ReservationEnd.Used, e.LocalId, e.At)],
            // The start may come before the charger's answer to what it was asked to keep.
            StationAnswered { Answer.Outcome: Reserved made } e when state.Open.FirstOrDefault(open =>
                open.Reservation == made.ReservationId) is { } used =>
                [new(e.Id, made.ReservationId, ReservationEnd.Used, used.LocalId, e.At)],
            ConnectorStatusChanged { Status.Status: "Faulted" or "Unavailable" } e => state.Reservations
                .Where(known => known.Connector.Meets(e.Connector) || e.Connector == ConnectorId.ChargePoint)
                .Select(known => new ReservationEnded(e.Id, known.Id, ReservationEnd.Faulted, null, e.At)),
            _ => [],
        };

    // The number is the charger's word; without it the token tells, as chargers forget the number.
    private static Reservation? UsedBy(ChargePoint state, NumberTransaction c) =>
        state.Reservations.FirstOrDefault(known => known.Id == c.Reservation)
        ?? state.Reservations.FirstOrDefault(known => Covers(known, c.Connector)
            && (Same(known.Token, c.Token) || (known.Parent is { } parent && Same(parent, c.Verdict.Parent)))
            && c.At >= known.At - ClockDifference);

    // One that is not known here is over too: its row must not wake us for ever.
    private static IEnumerable<ReservationEnded> Expired(ChargePoint state, WakeChargePoint wake)
    {
        foreach (var known in state.Reservations.Where(known => known.ExpiresAt <= wake.At))
            yield return new ReservationEnded(wake.Id, known.Id, ReservationEnd.Expired, null, wake.At);

        if (wake.Reason.StartsWith(DueReason, StringComparison.Ordinal)
            && int.TryParse(wake.Reason.AsSpan(DueReason.Length), CultureInfo.InvariantCulture, out var meant)
            && state.Reservations.All(known => known.Id != meant))
            yield return new ReservationEnded(wake.Id, meant, ReservationEnd.Expired, null, wake.At);
    }

    private static bool Covers(Reservation known, ConnectorId connector) =>
        known.Connector == ConnectorId.ChargePoint || known.Connector.Meets(connector);

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
