using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;
using Moovolt.Cluster.Joining;
using Npgsql;

namespace Moovolt.Cluster.Moving;

/// <summary>What a member's gateway does when it is asked to give chargers away.</summary>
public interface IHoldsChargers
{
    /// <summary>How many sockets it holds, and how many of their chargers have a running transaction.</summary>
    (int Sockets, int Charging) Count();

    /// <summary>
    /// Takes no chargers from now on, and closes what it has at the rate. Called again when that changes.
    /// </summary>
    void Drain(Drain asked);

    /// <summary>Takes chargers again.</summary>
    void Undrain();

    /// <summary>Closes so many sockets, once.</summary>
    void GiveUp(int sockets, int rate);

    /// <summary>The member is empty and was asked to leave.</summary>
    void Leave();
}

/// <summary>
/// Tells what this member holds, and hears what operators ask of it, every 2 s, from outside the actor system. A
/// database that does not answer changes nothing: a member that drains goes on, and one that serves too.
/// </summary>
public sealed class Duties
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly ILogger<Duties> log;
    private readonly ClusterBook book;
    private readonly MoveTable table;
    private readonly IHoldsChargers holder;
    private readonly Holding self;
    private readonly string roles;
    private Drain? drain;

    /// <param name="system">Whose member this is.</param>
    /// <param name="book">Where it is written.</param>
    /// <param name="holder">Who holds the sockets.</param>
    /// <param name="log">Where it says what it was asked for.</param>
    public Duties(ActorSystem system, ClusterBook book, IHoldsChargers holder, ILogger<Duties> log)
    {
        (this.book, this.holder, this.log, table) = (book, holder, log, new MoveTable(book));
        var cluster = Akka.Cluster.Cluster.Get(system);
        roles = string.Join(',', cluster.SelfRoles.Order(StringComparer.Ordinal));
        self = new Holding(
            cluster.SelfAddress.ToString(), cluster.SelfUniqueAddress.Uid, cluster.SelfRoles.Contains("gateway"),
            WireVersion.Current.ToString(), 0, 0, null);
    }

    /// <summary>
    /// Before the doors open: whether this address was drained when it ran the last time. Waits for the database.
    /// </summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        if (!book.IsShared) return;
        while (!await Try(() => book.CreateIfAbsent(cancellation), cancellation)
            || !await Try(() => HearAsync(cancellation), cancellation))
            await Task.Delay(Look, cancellation);
    }

    /// <summary>Goes on until it is cancelled; the member is then no longer among those that hold chargers.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!book.IsShared) return;
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                await Try(() => HearAsync(cancellation), cancellation);
        }
        finally
        {
            await Try(
                () => table.Release(self.Address, self.Incarnation, CancellationToken.None), CancellationToken.None);
        }
    }

    private async Task HearAsync(CancellationToken cancellation)
    {
        var (sockets, charging) = holder.Count();
        await table.Hold(self with { Sockets = sockets, Charging = charging }, roles, cancellation);
        var asked = await table.ReadDrain(self.Address, cancellation);
        if (asked is null && drain is not null)
        {
            log.LogInformation("This node is undrained: it takes chargers again.");
            holder.Undrain();
        }
        else if (asked is not null && asked.Rate != drain?.Rate)
        {
            log.LogWarning(
                "This node is drained, as {Who} has asked at {At:O}: it takes no chargers until "
                    + "'moovolt undrain {Member}'.",
                asked.AskedBy, asked.AskedAt, self.Address);
            holder.Drain(asked);
        }

        drain = asked;
        if (drain is { Leave: true } && sockets == 0)
        {
            await table.Leaves(self.Address, cancellation);
            holder.Leave();
        }

        if (drain is null
            && await table.TakeSurplus(self.Address, self.Incarnation, cancellation) is var (surplus, rate))
        {
            log.LogInformation(
                "This node holds {Surplus} of {Sockets} sockets more than its share, and closes them.",
                surplus, sockets);
            holder.GiveUp(surplus, rate);
        }
    }

    // Who may open no more files is told so by the socket, in no words of the database's driver.
    private async Task<bool> Try(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException
            && !cancellation.IsCancellationRequested)
        {
            log.LogDebug("{Place} does not answer: {Reason}", book.Place, e.Message); // the heartbeat says it, once
            return false;
        }
    }
}
