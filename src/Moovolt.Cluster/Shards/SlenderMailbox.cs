using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// A mailbox that holds next to nothing while it is empty, as those of idle chargers are: Akka's own keeps room for 32
/// messages, a kilobyte for each actor. Named in hocon/cluster.conf.
/// </summary>
public sealed class SlenderMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<SlenderMailbox.Queue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new Queue();

    /// <summary>
    /// A linked list: anybody appends, and the one thread that runs the actor takes (Vyukov's queue of many producers
    /// and one consumer). The first node is empty: it was taken before, or was never filled.
    /// </summary>
    public sealed class Queue : IUnboundedDequeBasedMessageQueueSemantics, IMessageQueue
    {
        private Node first;
        private Node last;

        /// <summary>What was put back to the front; only the actor's own thread does that.</summary>
        private Stack<Envelope>? before;

        public Queue() => first = last = new Node(default);

        public bool HasMessages => before is { Count: > 0 } || !ReferenceEquals(first, Volatile.Read(ref last));

        public int Count
        {
            get
            {
                var count = before?.Count ?? 0;
                for (var node = Next(first); node is not null; node = Next(node)) count++;
                return count;
            }
        }

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            var node = new Node(envelope);
            Volatile.Write(ref Interlocked.Exchange(ref last, node).Next, node);
        }

        public void EnqueueFirst(Envelope envelope) => (before ??= new Stack<Envelope>(1)).Push(envelope);

        // Nothing although there is something: it is just being appended. The mailbox then comes again.
        public bool TryDequeue(out Envelope envelope)
        {
            if (before is not null && before.TryPop(out envelope)) return true;
            if (Next(first) is not { } next)
            {
                envelope = default;
                return false;
            }

            envelope = next.Held;
            next.Held = default; // or it would live until the next one comes
            Volatile.Write(ref first, next);
            return true;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (HasMessages)
            {
                if (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
            }
        }

        private static Node? Next(Node node) => Volatile.Read(ref node.Next);

        private sealed class Node(Envelope held)
        {
            public Envelope Held = held;
            public Node? Next;
        }
    }
}
