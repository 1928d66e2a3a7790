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

    private static StationAnswer Coming(int number) =>
        new(RequestState.Accepted, Outcome: new ReportComing(number, IsWhole: true));

    private static ReportModelPart Part(int number, int part, bool isLast) => new(
        Cp1, 1, number, part, isLast, Noon,
        [new ModelVariable("EVSE", null, new ConnectorId(1, 0), $"V{part}", null, [new ModelAttribute("Actual", "1", "ReadOnly")])],
        Noon);
}
