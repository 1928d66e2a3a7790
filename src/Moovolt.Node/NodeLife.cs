using Akka.Actor;
using Akka.Cluster;
using Moovolt.Cluster;
using Moovolt.Cluster.Joining;
using Moovolt.Cluster.Moving;
using Moovolt.Cluster.Oldest;
using Moovolt.Gateway;
using Moovolt.Gateway.Listeners;
using Moovolt.Node.Care;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node;

/// <summary>From the first step to the last: wait for the database, join, open the doors; close them, move what is here, leave.</summary>
internal sealed class NodeLife(
    NodeSettings settings,
    ActorSystem system,
    Migrations migrations,
    JournalProbe probe,
    CheckedClock clock,
    MemoryTrim trim,
    Readiness readiness,
    Moving moving,
    IServiceProvider rooms,
    ILogger<NodeLife> log)
{
    private static readonly TimeSpan ClockPatience = TimeSpan.FromSeconds(10);

    private readonly ChargerGateway? gateway = rooms.GetService<ChargerGateway>();
    private readonly ChargerListeners? listeners = rooms.GetService<ChargerListeners>();
    private readonly Observations? observations = rooms.GetService<Observations>();
    private readonly VendorBook? vendors = rooms.GetService<VendorBook>();

    private int failed;

    /// <summary>0 after a drain; else <see cref="GivingUp.Code"/>, so that a supervisor starts the node anew: it gave up, or was downed.</summary>
    public int ExitCode => CoordinatedShutdown.Get(system).ShutdownReason switch
    {
        null or CoordinatedShutdown.ClrExitReason or CoordinatedShutdown.ClusterLeavingReason => failed,
        _ => GivingUp.Code,
    };

    /// <param name="lifetime">Stops when the process is told to, and is told to when the actor system ends.</param>
    /// <param name="onServing">Called once, when the doors are open.</param>
    public async Task LiveAsync(IHostApplicationLifetime lifetime, Action onServing, int demoChargers)
    {
        var stopping = lifetime.ApplicationStopping;
        _ = system.WhenTerminated.ContinueWith(
            _ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        using var background = new CancellationTokenSource();
        var running = Task.CompletedTask;
        try
        {
            if (gateway is not null) gateway.Gate.State = GateState.Starting;
            if (rooms.GetService<Room>() is { } room)
                log.LogInformation("This node takes {Chargers} chargers at most: {Because}", room.Chargers, room.Because);
            await migrations.RunAsync(stopping);
            if (vendors is not null) await vendors.ReadAsync(stopping);
            running = Task.WhenAll(
                Guard(probe.RunAsync(background.Token), lifetime),
                Guard(trim.RunAsync(background.Token), lifetime),
                Guard(observations?.RunAsync(background.Token) ?? Task.CompletedTask, lifetime),
                Guard(listeners?.RunAsync(background.Token) ?? Task.CompletedTask, lifetime),
                Guard(vendors?.RunAsync(background.Token) ?? Task.CompletedTask, lifetime));
            _ = rooms.GetRequiredService<Entities>();
            if (settings.Has(OldestLoop.Role)) Rooms.StartLoops(rooms);
            await Joining.JoinAsync(system, settings, stopping);
            var duties = rooms.GetRequiredService<Duties>();
            Stranded.Watch(system, () => probe.Judged.Strain != Strain.Red);
            await duties.BeginAsync(stopping); // before the doors open: a node that was drained stays so
            running = Task.WhenAll(
                running,
                Guard(duties.RunAsync(background.Token), lifetime),
                Guard(rooms.GetRequiredService<SplitWatch>().RunAsync(background.Token), lifetime));
            // Nobody is told a time that was not compared with the database's; when it is away, nobody is let in anyway.
            await Task.WhenAny(clock.Known, Task.Delay(ClockPatience, stopping));
            stopping.ThrowIfCancellationRequested();
            OpenDoors();
            onServing();
            await using var demo = Demo.Start(demoChargers, settings.Urls.Split(';')[0]);
            await Task.Delay(Timeout.Infinite, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the usual way to end
        }
        catch (Exception e) when (Database.IsAway(e) || e is SchemaIsNewerException or ClusterJoinFailedException)
        {
            log.LogCritical("{Reason}", e.Message);
            failed = GivingUp.Code;
        }

        await LeaveAsync();
        await background.CancelAsync();
        await running;
    }

    // A loop that ends by a defect must not end in silence: the node stops, and its supervisor starts it anew.
    private async Task Guard(Task loop, IHostApplicationLifetime lifetime)
    {
        try
        {
            await loop;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogCritical(e, "A loop of this node has failed; the node stops.");
            failed = GivingUp.Code;
            lifetime.StopApplication();
        }
        catch (OperationCanceledException)
        {
            // the usual way to end
        }
    }

    private void OpenDoors()
    {
        if (gateway is not null)
        {
            if (gateway.Gate.State != GateState.Draining) gateway.Gate.State = GateState.Open;
            probe.Changed += strain => gateway.Gate.Strain = strain;
            gateway.Gate.Strain = probe.Judged.Strain;
        }

        readiness.Started();
    }

    // Sockets first, at a pace, so that their chargers are served elsewhere while their entities still answer; then
    // the shards are handed over, and the member leaves.
    private async Task LeaveAsync()
    {
        if (system.WhenTerminated.IsCompleted) return;
        await moving.LeaveAsync();
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await system.WhenTerminated;
        log.LogInformation("This node has left.");
    }
}
