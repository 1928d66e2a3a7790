using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>A connector that is kept for a token, and the ends of that (OCPP 1.6, 5.13 and 5.1).</summary>
public sealed class ReservationSpec
{
    private static readonly DateTimeOffset Evening = Noon.AddHours(6);

    private readonly World _world = new();

    public ReservationSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void Each_gets_a_number_of_its_own_and_is_kept_when_the_charger_agrees()
    {
        Assert.Equal(1, Reserve(1, accept: false));
        Assert.Empty(Kept);
        Assert.Equal(2, Reserve(1));
        Assert.Equal(3, Reserve(2));
        Assert.Equal([2, 3], Kept.Select(known => known.Id));
    }

    [Fact]
    public void A_start_that_names_it_uses_it_and_says_which_transaction()
    {
        var id = Reserve(1);
        var began = (Began)_world.Send(Start(Cp1, 1, "OTHER", 0) with { Reservation = id })!;

        Assert.Equal((id, ReservationEnd.Used, began.Id.LocalId), End());
        Assert.Empty(Kept);
    }

    [Fact]
    public void A_start_that_names_it_may_come_before_the_charger_has_answered()
    {
        var asked = Ask("r-1", new Reserve("TAG", ConnectorId.Of16(1), Evening));
        var wish = (Reserve)asked.Request.Request;
        var began = (Began)_world.Send(Start(Cp1, 1, "TAG", 0) with { Reservation = wish.ReservationId })!;
        Assert.Empty(_world.Stored<ReservationEnded>());

        var made = new Reserved(wish.ReservationId, ConnectorId.Of16(1), "TAG", null, Evening);
        _world.Send(new AnswerRequest(Cp1, 1, "r-1", new StationAnswer(RequestState.Accepted, Outcome: made), Noon));

        Assert.Equal((wish.ReservationId, ReservationEnd.Used, began.Id.LocalId), End());
        Assert.Empty(Kept);
    }

    [Theory]
    [InlineData(1, "tag", null, 0, true)] // a charger that forgets the number
    [InlineData(1, "OTHER", "FLEET", 0, true)] // another of the group
    [InlineData(1, "OTHER", "OTHERS", 0, false)]
    [InlineData(1, "OTHER", null, 0, false)]
    [InlineData(2, "TAG", null, 0, false)] // on another connector
    [InlineData(1, "TAG", null, -60, false)] // replayed: it began before there was a reservation
    public void A_start_of_its_token_there_uses_it(int connector, string token, string? parent, int minute, bool uses)
    {
        Reserve(1, parent: "FLEET");
        _world.Send(Start(Cp1, connector, token, 0, minute, new Verdict(AuthorizationStatus.Accepted, Parent: parent)));

        Assert.Equal(uses, Kept.IsEmpty);
    }

    [Fact]
    public void One_of_no_connector_is_used_on_any()
    {
        Reserve(null);
        _world.Send(Start(Cp1, 2, "TAG", 0));

        Assert.Equal(ReservationEnd.Used, End().How);
    }

    [Fact]
    public void A_start_that_is_repeated_uses_one()
    {
        Reserve(null);
        _world.Send(Start(Cp1, 1, "TAG", 0));
        Reserve(null);
        _world.Send(Start(Cp1, 1, "TAG", 0));

        Assert.Single(Kept);
    }

    [Theory]
    [InlineData("Faulted", 1, true)]
    [InlineData("Unavailable", 1, true)]
    [InlineData("Faulted", 0, true)]
    [InlineData("Faulted", 2, false)]
    [InlineData("Reserved", 1, false)]
    [InlineData("Charging", 1, false)]
    public void A_connector_that_fails_ends_it(string status, int connector, bool ends)
    {
        Reserve(1);
        Status(connector, status);

        Assert.Equal(ends, Kept.IsEmpty);
        if (ends) Assert.Equal(ReservationEnd.Faulted, End().How);
    }

    [Fact]
    public void Its_time_ends_it_and_not_before()
    {
        var id = Reserve(1);
        _world.Send(new WakeChargePoint(Cp1, Reservations.Due(id), Evening.AddSeconds(-1)));
        Assert.Single(Kept);

        _world.Send(new WakeChargePoint(Cp1, Reservations.Due(id), Evening));
        Assert.Equal((id, ReservationEnd.Expired, null), End());
    }

    [Fact]
    public void What_wakes_for_one_that_is_not_known_is_answered_so_that_it_wakes_no_more()
    {
        _world.Send(new WakeChargePoint(Cp1, Reservations.Due(77), Noon));

        Assert.Equal((77, ReservationEnd.Expired, null), End());
    }

    [Fact]
    public void One_that_is_taken_back_is_over_whether_the_charger_knew_it_or_not()
    {
        var id = Reserve(1);
        Ask("r-c", new CancelReservation(id));
        _world.Send(new AnswerRequest(Cp1, 1, "r-c", new StationAnswer(RequestState.Rejected, Outcome: new ReservationCancelled(id)), Noon));

        Assert.Empty(Kept);
    }

    [Fact]
    public void One_without_a_connector_is_refused_where_the_charger_says_that_it_takes_none()
    {
        Ask("r-0", new ReadConfiguration([]));
        _world.Send(new AnswerRequest(Cp1, 1, "r-0", new StationAnswer(RequestState.Accepted, Outcome: new ConfigurationRead(
            [ConfigurationItem.Of("ItsKey", "false", limit: ChargerLimit.ReservesAnyConnector)], [])), Noon));

        var no = Assert.IsType<Reply.Refused>(_world.Send(
            new RequestStation(Cp1, "r-1", new Reserve("TAG", null, Evening), "maria", 30, null, Noon)));
        Assert.True(no.Wrong);
    }

    [Fact]
    public void It_is_effective_when_the_connector_shows_it_and_its_end_when_it_does_not()
    {
        var id = Reserve(1);
        Assert.Equal(RequestState.Accepted, Standing($"r-{id}").State);
        Status(1, "Reserved");
        Assert.Equal(RequestState.Effective, Standing($"r-{id}").State);

        Ask("r-c", new CancelReservation(id));
        _world.Send(new AnswerRequest(Cp1, 1, "r-c", new StationAnswer(RequestState.Accepted, Outcome: new ReservationCancelled(id)), Noon));
        Assert.Equal(RequestState.Accepted, Standing("r-c").State);
        Status(1, "Available");
        Assert.Equal(RequestState.Effective, Standing("r-c").State);
    }

    private System.Collections.Immutable.ImmutableArray<Reservation> Kept => _world.ChargePoint(Cp1).Reservations;

    private (int Id, ReservationEnd How, string? LocalId) End()
    {
        var end = Assert.Single(_world.Stored<ReservationEnded>());
        return (end.ReservationId, end.How, end.LocalId);
    }

    private int Reserve(int? connector, bool accept = true, string? parent = null)
    {
        var place = connector is { } number ? ConnectorId.Of16(number) : (ConnectorId?)null;
        var asked = Ask(
            $"r-{_world.ChargePoint(Cp1).LastReservation + 1}", new Reserve("TAG", place, Evening, parent));
        var wish = (Reserve)asked.Request.Request;
        var answer = accept
            ? new StationAnswer(RequestState.Accepted, Outcome: new Reserved(
                wish.ReservationId, place ?? ConnectorId.ChargePoint, "TAG", parent, Evening))
            : new StationAnswer(RequestState.Rejected, null, "Occupied");
        _world.Send(new AnswerRequest(Cp1, 1, asked.Request.RequestId, answer, Noon));
        return wish.ReservationId;
    }

    private void Status(int connector, string status) => _world.Send(
        new ReportStatus(Cp1, 1, ConnectorId.Of16(connector), new ConnectorStatus(status, "NoError"), null, Noon));

    private RequestStanding Ask(string id, StationRequest wish) =>
        Assert.IsType<RequestStanding>(_world.Send(new RequestStation(Cp1, id, wish, "maria", 30, null, Noon)));

    private TrackedRequest Standing(string id) => ((RequestStanding)_world.Send(new FindRequest(Cp1, id))!).Request;
}
