using CsCheck;
using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>What a charger tells of the time when nobody heard it, and what a wrong clock must not do.</summary>
public sealed class OldStatusSpec
{
    private static readonly string[] Words = ["Preparing", "Charging", "Finishing", "Faulted"];
    private static readonly ConnectorId One = ConnectorId.Of16(1);

    private readonly World _world = new();
    private readonly Dictionary<ConnectorId, SaidAt> _said = [];
    private int _sessions;

    [Fact]
    public void What_is_told_after_the_live_status_and_is_older_is_history()
    {
        Connects(0);
        Says("Available", 0);
        Says("Charging", 1, late: 60);

        Assert.Equal("Available", Live());
        Assert.Equal("Charging", Assert.Single(_world.Stored<ConnectorStatusToldLate>()).Status.Status);
    }

    /// <summary>The live status is no event when nothing has changed: what is older than it is history all the same.</summary>
    [Fact]
    public void What_is_told_after_an_unchanged_live_status_is_history()
    {
        Connects(0);
        Says("Available", 0);
        Connects(600);
        Says("Available", 600);
        Says("Charging", 601, late: 300);

        Assert.Equal("Available", Live());
    }

    [Fact]
    public void A_charger_that_tells_in_order_ends_with_how_it_is()
    {
        Connects(0);
        Says("Available", 0);
        Connects(600);
        Says("Charging", 600, late: 300); // OCPP 1.6, 4.9: in the order in which it happened
        Says("Finishing", 600, late: 20);
        Assert.Equal("Finishing", Live());
        Assert.Empty(_world.Stored<ConnectorStatusToldLate>());
    }

    [Fact]
    public void History_is_kept_once_however_often_it_is_told()
    {
        Connects(0);
        Says("Available", 0);
        Says("Faulted", 1, late: 60);
        Says("Faulted", 2, late: 61);

        Assert.Single(_world.Stored<ConnectorStatusToldLate>());
    }

    [Fact]
    public void A_status_without_a_time_and_one_of_a_clock_that_was_never_set_are_live()
    {
        Connects(0);
        Says("Available", 0);
        _world.Send(new ReportStatus(Cp1, 0, One, new ConnectorStatus("Preparing", "NoError"), null, Noon.AddMinutes(1)));
        Assert.Equal("Preparing", Live());
        _world.Send(new ReportStatus(
            Cp1, 0, One, new ConnectorStatus("Charging", "NoError"), DateTimeOffset.UnixEpoch.AddMinutes(2), Noon.AddMinutes(2)));
        Assert.Equal("Charging", Live());
    }

    [Fact]
    public void A_clock_that_is_put_right_is_believed_at_once()
    {
        const int Year = 525_600;
        Connects(0);
        Says("Available", 0, late: -Year);
        Says("Preparing", 2, late: -Year);
        Connects(10);
        Says("Charging", 11);

        Assert.Equal("Charging", Live());
    }

    [Fact]
    public void A_clock_that_is_set_back_is_believed_with_the_second_status()
    {
        const int Year = 525_600;
        Connects(0);
        Says("Available", 0);
        Says("Preparing", 2);
        Connects(10);
        Says("Charging", 11, late: Year);
        Assert.Equal("Preparing", Live()); // it may be history
        Says("SuspendedEV", 13, late: Year);

        Assert.Equal("SuspendedEV", Live());
        Assert.True(_world.Stored<ClockSkewEstimated>()[^1] is { Set: true, Seconds: -60 * Year });
        Says("Finishing", 14, late: Year);
        Assert.Equal("Finishing", Live());
    }

    /// <summary>In any order, by any clock that runs as it did: what is so now stays so.</summary>
    [Fact]
    public void A_told_history_never_changes_what_is_so() =>
        Gen.Select(
            Gen.Int[-600_000, 600_000],
            Gen.Select(Gen.Double[2, 50_000], Gen.Int[1, 2], Gen.Int[0, 3]).Array[1, 40],
            Gen.Bool).Sample((skew, history, known) =>
        {
            var told = new OldStatusSpec();
            if (known)
            {
                told.Connects(-60_000);
                told.Says("Preparing", -60_000, late: -skew);
                told.Says("Available", -59_000, late: -skew);
            }

            told.Connects(0);
            told.Says("Available", 0, late: -skew);
            told.Says("Unavailable", 0, late: -skew, connector: 2);
            var arrives = 0.01;
            foreach (var (before, connector, status) in history.Where(one => Math.Abs(one.Item1 - skew) > 1)) // not by chance now
                told.Says(Words[status], arrives += 0.01, late: before + arrives - skew, connector);

            Assert.Equal(("Available", "Unavailable"), (told.Live(), told.Live(2)));
        }, iter: 2_000);

    /// <summary>However a clock jumps: the second status after it, a minute on, is how the connector is.</summary>
    [Fact]
    public void No_clock_keeps_a_connector_as_it_was() =>
        Gen.Select(Gen.Double[-900_000, 900_000], Gen.Bool, Gen.Double[1, 2_000].Array[2, 5]).Array[1, 6].Sample(regimes =>
        {
            var told = new OldStatusSpec();
            told.Connects(0);
            var (now, word) = (0.0, 0);
            foreach (var (late, reconnects, pauses) in regimes)
            {
                if (reconnects) told.Connects(now);
                for (var n = 0; n < pauses.Length; n++)
                {
                    told.Says($"Status {++word}", now += pauses[n], late);
                    if (n > 0) Assert.Equal($"Status {word}", told.Live());
                }
            }
        }, iter: 2_000);

    private void Connects(double minute)
    {
        _said.Clear();
        _world.Send(new OpenSession(
            Cp1, $"s-{++_sessions}", 0, "ocpp1.6", "akka.tcp://moovolt@10.0.0.1:4053", 77, "192.0.2.7", 0, Noon.AddMinutes(minute)));
    }

    /// <param name="minute">When it comes to us.</param>
    /// <param name="late">By how many minutes its own time is before that.</param>
    private void Says(string status, double minute, double late = 0, int connector = 1)
    {
        var (id, arrived) = (ConnectorId.Of16(connector), Noon.AddMinutes(minute));
        var said = new SaidAt(arrived.AddMinutes(-late), arrived);
        var latest = _said.GetValueOrDefault(id);
        if (latest is null || said.ChargerAt >= latest.ChargerAt) _said[id] = said;
        _world.Send(new ReportStatus(Cp1, 0, id, new ConnectorStatus(status, "NoError"), said.ChargerAt, arrived, latest));
    }

    private string Live(int connector = 1) => _world.ChargePoint(Cp1).Connectors
        .Single(known => known.Id == ConnectorId.Of16(connector)).Status.Status;
}
