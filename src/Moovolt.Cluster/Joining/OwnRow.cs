using System.Net.Sockets;
using Akka;
using Akka.Actor;
using Akka.Event;
using Npgsql;

namespace Moovolt.Cluster.Joining;

/// <summary>
/// This node's row in the table of members, kept fresh from outside the actor system: it tells whether the process
/// lives, not whether its actors have time.
/// </summary>
internal sealed class OwnRow : IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter log;
    private readonly NpgsqlDataSource database;
    private readonly MemberTable table;
    private readonly CancellationTokenSource gone = new();
    private readonly string address;
    private readonly string where;
    private Task beating = Task.CompletedTask;
    private string? said;

    private OwnRow(ActorSystem system, string connectionString, string version)
    {
        log = system.Log;
        var settings = ClusterBook.Settings(connectionString);
        database = NpgsqlDataSource.Create(settings);
        where = ClusterBook.PlaceOf(settings);
        var cluster = Akka.Cluster.Cluster.Get(system);
        address = cluster.SelfAddress.ToString();
        table = new MemberTable(
            database,
            address,
            cluster.SelfUniqueAddress.Uid,
            string.Join(',', cluster.SelfRoles.Order(StringComparer.Ordinal)),
            version);
    }

    /// <summary>How this node stands; written with the next heartbeat.</summary>
    public volatile Standing Standing = Standing.Joining;

    /// <summary>Waits for the database, writes the row, and keeps it until the actor system shuts down.</summary>
    public static async Task<OwnRow> Announce(
        ActorSystem system, string connectionString, string version, CancellationToken cancellation)
    {
        var row = new OwnRow(system, connectionString, version);
        while (!await row.Try(table => row.Take(table, cancellation), cancellation))
            await Task.Delay(Pause, cancellation);

        row.beating = row.Beat();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "members: leaving", async () =>
        {
            row.Standing = Standing.Leaving; // nobody should join through a node that leaves
            await row.Try(table => Wrote(table.Beat(Standing.Leaving, CancellationToken.None)), CancellationToken.None);
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "members: gone", async () =>
        {
            await row.DisposeAsync();
            return Done.Instance;
        });
        return row;
    }

    /// <summary>
    /// Does something with the table; what <typeparamref name="T"/> is by default when the database does not answer,
    /// which is said.
    /// </summary>
    public async Task<T?> Try<T>(Func<MemberTable, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work(table);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException
            && !cancellation.IsCancellationRequested)
        {
            Say($"Waiting for PostgreSQL at {where}: {e.Message}");
            return default;
        }
    }

    /// <summary>Says something once, until something else is to say.</summary>
    public void Say(string sentence)
    {
        if (Interlocked.Exchange(ref said, sentence) != sentence) log.Warning("{0}", sentence);
    }

    // A fresh row under this address is a former run of this node that has just died, or another node that was given
    // the same address, and each would take itself for the whole cluster. A heartbeat tells.
    private async Task<bool> Take(MemberTable table, CancellationToken cancellation)
    {
        await table.CreateIfAbsent(cancellation);
        if (await table.BeatOfNamesake(cancellation) is { } beat)
        {
            await Task.Delay(2.5 * Heartbeat, cancellation);
            if (await table.BeatOfNamesake(cancellation) is { } next && next != beat)
                throw new AddressTakenException(address);
        }

        await table.Announce(cancellation);
        return true;
    }

    /// <summary>Takes the row back.</summary>
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await beating;
        await Try(table => Wrote(table.Remove(CancellationToken.None)), CancellationToken.None);
        await database.DisposeAsync();
        gone.Dispose();
    }

    private async Task Beat()
    {
        using var timer = new PeriodicTimer(Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(gone.Token))
                await Try(table => Wrote(table.Beat(Standing, gone.Token)), gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The node leaves.
        }
    }

    private static async Task<bool> Wrote(Task writing)
    {
        await writing;
        return true;
    }
}

/// <summary>Another node that lives is known under this node's address.</summary>
internal sealed class AddressTakenException(string address) : Exception(
    $"Another node that lives has the address {address} too: give each its own (MOOVOLT_REMOTING_HOST, "
        + "MOOVOLT_REMOTING_PORT).");
