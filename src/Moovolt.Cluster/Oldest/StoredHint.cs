using Akka.Actor;

namespace Moovolt.Cluster.Oldest;

/// <summary>
/// Tells whoever reads the journal that it has grown, so that it need not wait for its next look: at once, and then at
/// most once per <see cref="Interval"/>. Lossy; the reader looks by itself as well.
/// </summary>
internal sealed class StoredHint : ReceiveActor, IWithTimers
{
    /// <summary>On the wire a word of the platform's own, so that it needs no format of ours.</summary>
    public const string Word = "stored";

    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private static readonly object Pause = new();

    private readonly IActorRef reader;
    private bool again;

    public StoredHint(IActorRef reader)
    {
        this.reader = reader;
        Quiet();
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    private void Quiet() => Receive<string>(_ =>
    {
        reader.Tell(Word);
        Timers.StartSingleTimer(Pause, Pause, Interval);
        Become(Pausing);
    });

    private void Pausing()
    {
        Receive<string>(_ => again = true);
        Receive<object>(message => ReferenceEquals(message, Pause), _ =>
        {
            Become(Quiet);
            if (!again) return;
            again = false;
            Self.Tell(Word);
        });
    }
}
