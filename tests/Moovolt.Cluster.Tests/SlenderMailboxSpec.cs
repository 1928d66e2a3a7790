using Akka.Actor;
using Moovolt.Cluster.Shards;

namespace Moovolt.Cluster.Tests;

public sealed class SlenderMailboxSpec
{
    private readonly SlenderMailbox.Queue _queue = new();

    [Fact]
    public void What_was_put_in_comes_out_in_order_and_what_was_put_back_comes_first()
    {
        Assert.False(_queue.HasMessages);
        Put("a", "b", "c");
        Assert.Equal(3, _queue.Count);
        Assert.Equal("a", Take());

        _queue.EnqueueFirst(Of("b'"));
        _queue.EnqueueFirst(Of("a'"));
        Assert.Equal(["a'", "b'", "b", "c"], TakeAll());
        Assert.False(_queue.HasMessages);
        Assert.Equal(0, _queue.Count);
        Assert.False(_queue.TryDequeue(out _));
    }

    [Fact]
    public async Task Whatever_many_put_in_at_once_comes_out_once_and_in_each_ones_order()
    {
        const int senders = 8, each = 20_000;
        var sending = Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var n = 0; n < each; n++) _queue.Enqueue(ActorRefs.Nobody, Of((sender, n)));
        })).ToArray();

        var next = new int[senders];
        for (var taken = 0; taken < senders * each;)
        {
            if (!_queue.TryDequeue(out var envelope)) continue;
            var (sender, n) = ((int, int))envelope.Message;
            Assert.Equal(next[sender]++, n);
            taken++;
        }

        await Task.WhenAll(sending);
        Assert.False(_queue.HasMessages);
    }

    [Fact]
    public void What_is_left_goes_to_the_dead_letters()
    {
        var dead = new SlenderMailbox.Queue();
        Put("a", "b");
        _queue.EnqueueFirst(Of("0"));

        _queue.CleanUp(ActorRefs.Nobody, dead);

        Assert.False(_queue.HasMessages);
        Assert.Equal(3, dead.Count);
    }

    private void Put(params string[] messages)
    {
        foreach (var message in messages) _queue.Enqueue(ActorRefs.Nobody, Of(message));
    }

    private object Take() => _queue.TryDequeue(out var envelope) ? envelope.Message : "nothing";

    private IEnumerable<object> TakeAll()
    {
        while (_queue.TryDequeue(out var envelope)) yield return envelope.Message;
    }

    private static Envelope Of(object message) => new(message, ActorRefs.NoSender);
}
