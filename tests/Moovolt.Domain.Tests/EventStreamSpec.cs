using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class EventStreamSpec
{
    [Fact]
    public void A_stream_that_is_told_again_is_stored_once_and_another_under_its_number_takes_its_place()
    {
        var world = new World();
        world.Send(Opens(7, 30));
        world.Send(Opens(7, 30));
        Assert.Single(world.Stored<EventStreamOpened>());
        world.Send(Opens(7, 60));
        Assert.Equal(60, world.Stored<EventStreamOpened>()[^1].Opened.IntervalSeconds);

        world.Send(new CloseEventStream(Cp1, 1, 7, Noon));
        world.Send(new CloseEventStream(Cp1, 1, 7, Noon));
        Assert.Single(world.Stored<EventStreamClosed>());
    }

    [Fact]
    public void No_more_are_open_than_are_taken()
    {
        var state = ChargePoint.Initial;
        for (var stream = 0; stream < EventStreams.Most; stream++) state = After(state, Opens(stream, 30));
        Assert.Equal(EventStreams.Most, state.Streams.Length);
        Assert.Equal(new EventStreamAnswered(Open: false), ChargePoint.Decide(state, Opens(99, 30)).Reply);
        Assert.Equal(new EventStreamAnswered(Open: true), ChargePoint.Decide(state, Opens(0, 60)).Reply);

        state = After(state, new CloseEventStream(Cp1, 1, 5, Noon));
        Assert.Equal(new EventStreamAnswered(Open: true), ChargePoint.Decide(state, Opens(99, 30)).Reply);
    }

    private static ChargePoint After(ChargePoint state, ChargePointCommand command) =>
        ChargePoint.Decide(state, command).Events.Aggregate(state, ChargePoint.Apply);

    private static OpenEventStream Opens(int stream, int interval) => new(Cp1, 1, stream, 3, interval, 10, Noon);
}
