using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class DeviceModelSpec
{
    [Fact]
    public void A_report_is_complete_when_every_part_is_there_in_whatever_order_they_came()
    {
        var world = Asked(out _);
        foreach (var part in new[] { 2, 0, 2, 1 })
        {
            Assert.Empty(world.Stored<ModelReported>());
            world.Send(Part(1, part, isLast: part == 2));
        }

        var told = Assert.Single(world.Stored<ModelReported>());
        Assert.Equal((1, 3, true), (told.Number, told.Parts, told.IsWhole));
        Assert.Equal(3, world.Stored<ModelPartReported>().Length); // each once
    }

    [Fact]
    public void The_wish_is_effective_with_the_last_part_and_without_it_ends_as_without_effect()
    {
        var world = Asked(out var request);
        Assert.Equal(1, ((ReadConfiguration)request.Request).Number);
        world.Send(Part(1, 0, isLast: false));
        Assert.Empty(world.Stored<StationRequestSettled>());

        world.Send(Part(1, 1, isLast: true));
        Assert.Equal(RequestState.Effective, Assert.Single(world.Stored<StationRequestSettled>()).State);

        world.Send(Ask(Cp1, "r2") with { Request = new ReadConfiguration([]) });
        world.Send(new AnswerRequest(Cp1, 1, "r2", Coming(2), Noon));
        world.Send(Part(2, 0, isLast: false));
        world.Send(new WakeChargePoint(Cp1, "effect", Noon.AddHours(1)));
        var ended = world.Stored<StationRequestSettled>()[^1];
        Assert.Equal(RequestState.NoEffect, ended.State);
        Assert.Contains("1 parts", ended.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_breaks_off_by_a_restart_is_asked_for_anew_and_the_wish_says_so()
    {
        var world = Asked(out _);
        world.Send(Part(1, 0, isLast: false));
        world.Send(Open(Cp1, "s2"));
        Assert.Empty(world.Stored<ModelReportBrokeOff>()); // it may go on where it was

        world.Send(Boot(Cp1, 2));
        var over = Assert.Single(world.Stored<ModelReportBrokeOff>());
        Assert.Equal((1, 1, (int?)2, 1), (over.Number, over.Parts, over.AskedAs, over.Tries));
        Assert.Contains("started anew", over.Why, StringComparison.Ordinal);
        var settled = Assert.Single(world.Stored<StationRequestSettled>());
        Assert.Equal((RequestState.NoEffect, over.Why), (settled.State, settled.Why));
        var again = world.Stored<StationRequested>()[^1];
        Assert.Equal(("moovolt", 2), (again.RequestedBy, ((ReadConfiguration)again.Request).Number));
        Assert.Equal(again.RequestId, Assert.IsType<CallStation>(world.Deliveries[^1]).RequestId);

        world.Send(new AnswerRequest(Cp1, 2, again.RequestId, Coming(2), Noon));
        world.Send(Part(2, 0, isLast: true));
        Assert.Equal(2, Assert.Single(world.Stored<ModelReported>()).Number);
        world.Send(Open(Cp1, "s3"));
        world.Send(Boot(Cp1, 3));
        Assert.Single(world.Stored<ModelReportBrokeOff>()); // a report that came whole does not break off
    }

    [Fact]
    public void A_report_that_falls_silent_is_asked_for_anew_when_its_charger_is_there()
    {
        var world = Asked(out _);
        world.Send(Part(1, 0, isLast: false));
        world.Send(Part(1, 2, isLast: true));
        Wake(world, 1, second: 59);
        Assert.Empty(world.Stored<ModelReportBrokeOff>());

        world.Send(new CloseSession(Cp1, 1, SessionEnd.NodeLost, Noon));
        Wake(world, 1, second: 60);
        var over = Assert.Single(world.Stored<ModelReportBrokeOff>());
        Assert.Contains("went away when 2 of 3 parts had come (1 had not)", over.Why, StringComparison.Ordinal);
        var again = world.Stored<StationRequested>()[^1];
        Assert.Equal(0, again.Epoch); // it waits

        world.Send(Open(Cp1, "s2"));
        Assert.Equal(again.RequestId, Assert.Single(world.Stored<StationRequestSent>()).RequestId);
        world.Send(Part(1, 1, isLast: false)); // and the charger goes on where it was
        Assert.Equal(1, Assert.Single(world.Stored<ModelReported>()).Number);
    }

    [Fact]
    public void A_charger_that_never_comes_to_an_end_is_asked_three_times_more_and_then_left_alone()
    {
        var world = Asked(out _);
        for (var number = 1; number <= 4; number++)
        {
            if (number > 1)
                world.Send(new AnswerRequest(Cp1, 1, world.Stored<StationRequested>()[^1].RequestId, Coming(number), Noon));
            world.Send(Part(number, 0, isLast: false));
            Wake(world, number, second: 60);
        }

        Assert.Equal([2, 3, 4, null], world.Stored<ModelReportBrokeOff>().Select(over => over.AskedAs));
        Assert.Contains("3 times", world.Stored<ModelReportBrokeOff>()[^1].Why, StringComparison.Ordinal);
        Assert.Equal(4, world.Stored<StationRequested>().Length);
        Wake(world, 4, second: 120);
        Assert.Equal(4, world.Stored<ModelReportBrokeOff>().Length);
    }

    [Fact]
    public void What_is_asked_for_anew_and_not_answered_is_asked_for_once_more_and_a_no_is_the_end_of_it()
    {
        var world = Asked(out _);
        world.Send(Part(1, 0, isLast: false));
        Wake(world, 1, second: 60);
        world.Send(new AnswerRequest(
            Cp1, 1, world.Stored<StationRequested>()[^1].RequestId, StationAnswer.Unknown("noAnswer", "Nobody."), Noon));
        world.Send(new AnswerRequest(
            Cp1, 1, world.Stored<StationRequested>()[^1].RequestId, new StationAnswer(RequestState.Rejected, null, "NotSupported", "No such report."), Noon));

        Assert.Equal([2, 3, null], world.Stored<ModelReportBrokeOff>().Select(over => over.AskedAs));
        Assert.Contains("No such report.", world.Stored<ModelReportBrokeOff>()[^1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_tells_of_some_variables_only_or_was_told_since_is_not_asked_for_anew()
    {
        var world = Asked(out _);
        world.Send(Part(7, 0, isLast: false)); // of its own accord
        world.Send(Part(1, 0, isLast: false));
        world.Send(Ask(Cp1, "r2") with { Request = new ReadConfiguration([]) });
        world.Send(new AnswerRequest(Cp1, 1, "r2", Coming(2), Noon));
        world.Send(Part(2, 0, isLast: true));

        Wake(world, 7, second: 60);
        Wake(world, 99, second: 60); // forgotten long since
        Assert.Equal([7, 1, 99], world.Stored<ModelReportBrokeOff>().Select(over => over.Number));
        Assert.All(world.Stored<ModelReportBrokeOff>(), over => Assert.Null(over.AskedAs));
        Assert.Equal(2, world.Stored<StationRequested>().Length);
    }

    [Fact]
    public void A_report_that_nobody_asked_for_is_kept_and_is_not_taken_for_everything()
    {
        var world = new World();
        world.Send(Part(9, 0, isLast: true));
        Assert.False(Assert.Single(world.Stored<ModelReported>()).IsWhole);
    }

    [Fact]
    public void A_notice_that_is_repeated_is_kept_once_and_the_same_an_hour_later_is_news()
    {
        var world = new World();
        var notice = new ReportNotice(Cp1, 1, "NotifyEvent", """{"seqNo":0}""", Noon);
        Assert.IsType<Reply.Accepted>(world.Send(notice));
        Assert.IsType<Reply.Repeated>(world.Send(notice with { At = Noon.AddSeconds(30) }));
        Assert.IsType<Reply.Accepted>(world.Send(notice with { Payload = """{"seqNo":1}""" }));
        Assert.IsType<Reply.Accepted>(world.Send(notice with { At = Noon.AddHours(1) }));
        Assert.Equal(3, world.Stored<NoticeReceived>().Length);
    }

    [Fact]
    public void A_reservation_that_the_charger_gives_up_is_over()
    {
        var world = Asked(out _);
        world.Send(Ask(Cp1, "r2") with { Request = new Reserve("CARD", new ConnectorId(1, 1), Noon.AddHours(1)) });
        world.Send(new AnswerRequest(
            Cp1,
            1,
            "r2",
            new StationAnswer(
                RequestState.Accepted, Outcome: new Reserved(1, new ConnectorId(1, 0), "CARD", null, Noon.AddHours(1))),
            Noon));

        world.Send(new ReportReservationOver(Cp1, 1, 1, ReservationEnd.Expired, Noon.AddMinutes(5)));
        Assert.Equal(ReservationEnd.Expired, Assert.Single(world.Stored<ReservationEnded>()).How);
        Assert.IsType<Reply.Repeated>(world.Send(new ReportReservationOver(Cp1, 1, 1, ReservationEnd.Expired, Noon.AddMinutes(6))));
    }

    private static World Asked(out TrackedRequest request)
    {
        var world = new World();
        world.Send(Open(Cp1, "s1"));
        world.Send(Boot(Cp1, 1));
        request = ((RequestStanding)world.Send(Ask(Cp1, "r1") with { Request = new ReadConfiguration([]) })!).Request; // is taken
        world.Send(new AnswerRequest(Cp1, 1, "r1", Coming(1), Noon));
        return world;
    }

    private static void Wake(World world, int number, int second) => world.Send(
        new WakeChargePoint(Cp1, $"{BrokenReports.DueReason}{number}", Noon.AddSeconds(second), ReportSilence: 60));

    private static StationAnswer Coming(int number) =>
        new(RequestState.Accepted, Outcome: new ReportComing(number, IsWhole: true));

    private static ReportModelPart Part(int number, int part, bool isLast) => new(
        Cp1, 1, number, part, isLast, Noon,
        [new ModelVariable("EVSE", null, new ConnectorId(1, 0), $"V{part}", null, [new ModelAttribute("Actual", "1", "ReadOnly")])],
        Noon);
}
