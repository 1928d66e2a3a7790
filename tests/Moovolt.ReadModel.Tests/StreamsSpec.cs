using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.BatterySwaps;
using Moovolt.ReadModel.EventStreams;
using Moovolt.ReadModel.Inquiries;
using Moovolt.ReadModel.ScheduleLimits;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see of streams of values, swaps of batteries, pulled limits and inquiries.</summary>
[Collection(BackendsCollection.Name)]
public sealed class StreamsSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly DateTimeOffset Noon = Stage.Noon;

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_stream_is_shown_as_it_was_opened_adjusted_listed_and_closed(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await stage.TellAsync(new OpenEventStream(Id, 1, 1, 7, 30, null, Noon));
        await stage.TellAsync(new OpenEventStream(Id, 1, 2, 8, null, null, Noon));
        await AnswerAsync(stage, "adjust", new EventStreamAdjusted(1, null, 5), Noon.AddMinutes(1));
        Assert.Equal("1:30/5 2:/", await StreamsAsync(stage));

        var listed = new EventStreamsListed([new KnownStream(2, 8, 60, null), new KnownStream(3, 9, null, 4)]);
        await AnswerAsync(stage, "list", listed, Noon.AddMinutes(2));
        Assert.Equal("1:30/5 closed 2:60/ 3:/4", await StreamsAsync(stage));
        var rows = await new EventStreamTable(stage.Stores.ReadModel).ListAsync(Id, default);
        Assert.Equal((Noon, Noon.AddMinutes(2)), (rows[1].OpenedAt, rows[2].OpenedAt)); // what was open stays so

        await stage.TellAsync(new CloseEventStream(Id, 1, 2, Noon.AddMinutes(3)));
        Assert.Equal("1:30/5 closed 2:60/ closed 3:/4", await StreamsAsync(stage));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Swaps_limits_and_inquiries_are_shown(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AnswerAsync(stage, "swap", new SwapAgreed(4, "CAFE"), Noon);
        await stage.TellAsync(new ReportBatterySwap(Id, 1, 4, SwapStep.In, null, [new SwappedBattery(1, "B-1", 10, 99)], Noon));
        var swaps = (await new BatterySwapTable(stage.Stores.ReadModel).ListAsync(Id, 4, 10, null, default)).Items;
        Assert.Equal(["in", "agreed"], swaps.Select(row => row.Step));
        Assert.Empty((await new BatterySwapTable(stage.Stores.ReadModel).ListAsync(Id, 5, 10, null, default)).Items);

        await stage.TellAsync(new PullSchedule(Id, 1, 9, Noon));
        await AnswerAsync(stage, "limits", new ScheduleUpdated(9, new Domain.ChargePoints.ScheduleLimits(Limit: 16)), Noon);
        var limits = Assert.Single(await new ScheduleLimitTable(stage.Stores.ReadModel).ListAsync(Id, default));
        Assert.Equal((9, """{"limit":16}""", null, Noon), (limits.ProfileId, limits.Sent, limits.Pulled, limits.PulledAt));

        await stage.TellAsync(new RecordInquiry(Id, 1, InquiryKind.VatNumber, "1", "Rejected", "moovolt", null, Noon));
        var inquiries = (await new InquiryTable(stage.Stores.ReadModel).ListAsync(Id, "vatNumber", 10, null, default)).Items;
        Assert.Equal(("1", "Rejected", "moovolt"), (inquiries[0].Subject, inquiries[0].Status, inquiries[0].By));
    }

    private static async Task<string> StreamsAsync(Stage stage) => string.Join(
        ' ',
        (await new EventStreamTable(stage.Stores.ReadModel).ListAsync(Id, default)).Select(row =>
            $"{row.Stream}:{row.IntervalSeconds}/{row.MostValues}{(row.ClosedAt is null ? "" : " closed")}"));

    private static async Task AnswerAsync(Stage stage, string id, Outcome outcome, DateTimeOffset at)
    {
        await stage.TellAsync(new RequestStation(Id, id, new RawCall("Any", "{}"), "ana", 30, null, at));
        await stage.TellAsync(new AnswerRequest(Id, 1, id, new StationAnswer(RequestState.Accepted, "{}", Outcome: outcome), at));
    }

    private async Task<Stage> OpenAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp2.1", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Noon));
        return stage;
    }
}
