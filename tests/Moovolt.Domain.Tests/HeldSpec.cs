using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>What a charger holds and says: reports in parts, and the latest word.</summary>
public sealed class HeldSpec
{
    private readonly World _world = new();

    public HeldSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void A_report_with_numbered_parts_is_complete_in_whatever_order_they_come()
    {
        Wish(new ReadHeld(HeldKind.Monitor, []));
        foreach (var part in new[] { 2, 0, 2, 1 })
        {
            Assert.Empty(_world.Stored<HeldReported>());
            _world.Send(Part(1, part, part == 2, $"{part}"));
        }

        var told = Assert.Single(_world.Stored<HeldReported>());
        Assert.Equal((HeldKind.Monitor, 3, true), (told.Kind, told.Parts, told.IsWhole));
        Assert.Equal(RequestState.Effective, Assert.Single(_world.Stored<StationRequestSettled>()).State);
    }

    [Fact]
    public void Parts_without_a_number_come_one_after_the_other_and_a_repeat_is_kept_once()
    {
        Wish(new ReadHeld(HeldKind.DisplayMessage, []));
        _world.Send(Part(1, null, false, "a"));
        Assert.IsType<Reply.Repeated>(_world.Send(Part(1, null, false, "a")));
        _world.Send(Part(1, null, true, "b"));

        Assert.Equal(2, Assert.Single(_world.Stored<HeldReported>()).Parts);
    }

    [Fact]
    public void A_report_that_overtakes_its_answer_is_its_effect_and_one_that_breaks_off_has_none()
    {
        _world.Send(Ask(Cp1, "r-1") with { Request = new ReadHeld(HeldKind.DisplayMessage, []) });
        _world.Send(Part(1, null, true, "a"));
        Assert.True(Assert.Single(_world.Stored<HeldReported>()).IsWhole); // the wish itself says so
        Answer("r-1", new HeldComing(1, IsWhole: true));
        Assert.Equal(RequestState.Effective, Assert.Single(_world.Stored<StationRequestSettled>()).State);

        Wish(new ReadHeld(HeldKind.DisplayMessage, []));
        _world.Send(Part(2, null, false, "a"));
        _world.Send(new WakeChargePoint(Cp1, "effect", Noon.AddHours(1)));
        Assert.Equal(RequestState.NoEffect, _world.Stored<StationRequestSettled>()[^1].State);
    }

    [Fact]
    public void Reports_of_all_kinds_have_numbers_of_their_own()
    {
        Wish(new ReadConfiguration([]));
        Wish(new ReadHeld(HeldKind.Monitor, []));
        Wish(new ReadCustomer("CAFE", null, Report: true, Clear: false));

        Assert.Equal([1, 2, 3], _world.Stored<StationRequested>().Select(e => e.Request switch
        {
            ReportRequest report => report.Number,
            ReadConfiguration read => read.Number,
            _ => 0,
        }));
    }

    [Fact]
    public void The_latest_word_counts_and_the_same_again_is_no_news()
    {
        foreach (var (body, over) in new[] { ("1", false), ("1", false), ("2", false), ("1", false), ("1", true), ("1", true) })
            _world.Send(new TellHeld(Cp1, 1, Thing(HeldKind.OutsideLimit, "EMS", body), over, Noon));

        Assert.Equal(["1", "2", "1", "over"], _world.Stored<HeldTold>().Select(e => e.Over ? "over" : e.Thing.Body));
    }

    [Fact]
    public void What_is_said_of_no_transaction_is_of_the_one_at_its_place()
    {
        _world.Send(new NoteTransactionBegan(Cp1, "n1", new ConnectorId(1, 2), "CAFE", Noon));
        _world.Send(new TellHeld(Cp1, 1, Thing(HeldKind.EvSchedule, "", "{}") with { Place = new ConnectorId(1, 0) }, false, Noon));

        Assert.Equal("n1", Assert.Single(_world.Stored<HeldTold>()).Thing.Id);
    }

    [Fact]
    public void An_event_that_is_repeated_is_kept_once_also_among_others()
    {
        _world.Send(new ReportEvents(Cp1, 1, [Event(1), Event(2)], Noon));
        Assert.IsType<Reply.Repeated>(_world.Send(new ReportEvents(Cp1, 1, [Event(2)], Noon)));
        _world.Send(new ReportEvents(Cp1, 1, [Event(2), Event(3), Event(3)], Noon));

        Assert.Equal([1, 2, 3], _world.Stored<StationEventsReported>().SelectMany(e => e.Events).Select(told => told.Number));
    }

    [Fact]
    public void No_more_monitors_are_set_at_once_than_the_charger_takes()
    {
        _world.Send(new ReportModelPart(Cp1, 1, 9, 0, true, Noon, [], Noon, [ConfigurationItem.Of("Its", "2", limit: ChargerLimit.MonitorsAtOnce)]));
        Wish(new SetMonitors([.. Enumerable.Range(0, 5).Select(n => new VariableMonitor($"A.V{n}", "Delta", 1, 5))]));
        for (var n = 0; n < 2; n++) Answer(_world.ChargePoint(Cp1).Asked[^1].RequestId, null);

        Assert.Equal([2, 2, 1], _world.Stored<StationRequested>().Select(e => ((SetMonitors)e.Request).Monitors.Length));
    }

    private void Wish(StationRequest wish)
    {
        var id = $"r-{_world.Journal.Count}";
        Assert.IsType<RequestStanding>(_world.Send(Ask(Cp1, id) with { Request = wish }));
        Answer(id, _world.ChargePoint(Cp1).Asked[^1].Request is ReportRequest report ? new HeldComing(report.Number, IsWhole: true) : null);
    }

    private void Answer(string id, Outcome? outcome) =>
        _world.Send(new AnswerRequest(Cp1, 1, id, new StationAnswer(RequestState.Accepted, Outcome: outcome), Noon));

    private static StationEvent Event(int number) => new(number, Noon, "A.B", "1", "Alerting", "CustomMonitor");

    private static HeldThing Thing(HeldKind kind, string id, string body) => new(kind, id, ConnectorId.ChargePoint, body);

    private static ReportHeldPart Part(int number, int? part, bool isLast, string id) => new(
        Cp1, 1, part is null ? HeldKind.DisplayMessage : HeldKind.Monitor, number, part, isLast,
        [Thing(HeldKind.Monitor, id, "{}")], Noon);
}
