using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster;

/// <summary>
/// The door to the entities: callers need know nothing of shards, nor of where in the cluster an entity lives.
/// </summary>
/// <param name="chargePoints">Shard region, or a proxy of it.</param>
/// <param name="transactions">Shard region, or a proxy of it.</param>
/// <param name="tokens">Shard region, or a proxy of it.</param>
public sealed class Entities(IActorRef chargePoints, IActorRef transactions, IActorRef tokens)
{
    /// <summary>
    /// Shorter than the 30 s that chargers and proxies commonly wait for an answer, so that ours comes first.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal IActorRef ChargePoints => chargePoints;
    internal IActorRef Transactions => transactions;
    internal IActorRef Tokens => tokens;

    /// <summary>
    /// Sends a command; what comes of it arrives at <paramref name="asker"/> as <see cref="Answer"/> under
    /// <paramref name="ticket"/>, or never: at most once, so whoever waits asks again.
    /// </summary>
    public void Tell(Command command, long ticket, IActorRef? asker) =>
        RegionOf(command).Tell(new Request(ticket, command), asker);

    /// <summary>Sends a command whose answer nobody waits for.</summary>
    public void Tell(Command command) => Tell(command, 0, ActorRefs.NoSender);

    /// <summary>
    /// For HTTP only: asks, and asks again every 2 s, since an entity may be moving; every command can be repeated.
    /// </summary>
    /// <exception cref="TimeoutException">
    /// Nobody answered within <see cref="Patience"/>: the outcome is not known.
    /// </exception>
    public async Task<Reply> Ask(Command command, CancellationToken cancellation)
    {
        var region = RegionOf(command);
        for (var tries = 0; tries < 5; tries++)
        {
            try
            {
                var answer = await region.Ask<Answer>(new Request(0, command), TimeSpan.FromSeconds(2), cancellation);
                return answer.Reply;
            }
            catch (AskTimeoutException) when (!cancellation.IsCancellationRequested)
            {
                // Lost on its way, or the shard is moving.
            }
        }

        throw new TimeoutException($"No answer from {command.EntityId} within {Patience.TotalSeconds} s.");
    }

    private IActorRef RegionOf(Command command) => command switch
    {
        ChargePointCommand => chargePoints,
        TransactionCommand => transactions,
        TokenCommand => tokens,
        _ => throw new ArgumentException($"No entity takes {command.GetType().Name}", nameof(command)),
    };
}
