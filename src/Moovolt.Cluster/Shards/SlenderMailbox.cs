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

    /// <summary>The library's queue under a lock, which is next to never contended: one actor takes, few put in.</summary>
    public sealed class Queue : IUnboundedDequeBasedMessageQueueSemantics, IMessageQueue
    {
        /// <summary>So much room is kept when it is empty; what a burst needed beyond it is given back.</summary>
        private const int Kept = 4;

        private readonly Queue<Envelope> messages = new(0);

        /// <summary>What was put back to the front.</summary>
        private Stack<Envelope>? before;

        public bool HasMessages => Count > 0;

        public int Count
        {
            get
            {
                lock (messages) return messages.Count + (before?.Count ?? 0);
            }
        }

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            lock (messages) messages.Enqueue(envelope);
        }

        public void EnqueueFirst(Envelope envelope)
        {
            lock (messages) (before ??= new Stack<Envelope>(1)).Push(envelope);
        }

        public bool TryDequeue(out Envelope envelope)
        {
            lock (messages)
            {
                if (before is not null)
                {
                    envelope = before.Pop();
                    if (before.Count == 0) before = null;
                    return true;
                }

                if (!messages.TryDequeue(out envelope)) return false;
                if (messages.Count == 0 && messages.Capacity > Kept) messages.TrimExcess();
                return true;
            }
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
        }
    }
}
