using Akka.Configuration;
using Moovolt.Cluster.Moving;
using Moovolt.Gateway;

namespace Moovolt.Node;

/// <summary>
/// Gives this node's chargers to others: all of them when it is drained, some when it holds more than its share, all
/// when it leaves.
/// </summary>
internal sealed class Moving(
    IServiceProvider rooms, Config config, IHostApplicationLifetime lifetime, ILogger<Moving> log)
    : IHoldsChargers, IDisposable
{
    private readonly ChargerGateway? gateway = rooms.GetService<ChargerGateway>();
    private readonly CancellationTokenSource leaving = new();
    private CancellationTokenSource? draining;
    private Task closing = Task.CompletedTask;

    public (int Sockets, int Charging) Count() => gateway is null ? (0, 0) : (gateway.Sessions, gateway.Charging);

    public void Drain(Drain asked)
    {
        if (gateway is null || leaving.IsCancellationRequested) return;
        Stop();
        draining = CancellationTokenSource.CreateLinkedTokenSource(leaving.Token);
        closing = Guard(gateway.DrainAsync(asked.Rate, draining.Token));
    }

    public void Undrain()
    {
        if (gateway is null || leaving.IsCancellationRequested) return; // who leaves, leaves
        Stop();
        gateway.Gate.State = GateState.Open;
    }

    public void GiveUp(int sockets, int rate)
    {
        if (gateway is not null) closing = Guard(gateway.GiveUpAsync(sockets, rate, leaving.Token));
    }

    public void Leave()
    {
        log.LogInformation("This node is drained and was asked to leave.");
        lifetime.StopApplication();
    }

    /// <summary>
    /// Sockets a second at which so many are closed in time: three quarters of it, for the last of them have to close
    /// too, and some come late.
    /// </summary>
    /// <param name="rate">Not slower than this: few are not closed more gently than others can bear.</param>
    internal static int Pace(int sockets, int rate, TimeSpan within) =>
        Math.Max(rate, (int)Math.Ceiling(sockets / (within.TotalSeconds * 0.75)));

    /// <summary>The way out: all sockets, at a pace at which all move within the time that hocon says; what is left is cut.</summary>
    public async Task LeaveAsync()
    {
        await leaving.CancelAsync();
        await closing;
        if (gateway is null) return;
        var within = config.GetTimeSpan("moovolt.node.drain-within");
        var pace = Pace(gateway.Sessions, config.GetInt("moovolt.node.drain-rate"), within);
        log.LogInformation("Draining {Sessions} sessions, {Pace} a second.", gateway.Sessions, pace);
        using var patience = new CancellationTokenSource(within);
        try
        {
            await gateway.DrainAsync(pace, patience.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("{Sessions} sessions have not closed in time and are cut.", gateway.Sessions);
        }
    }

    public void Dispose()
    {
        leaving.Dispose();
        draining?.Dispose();
    }

    private void Stop()
    {
        draining?.Cancel();
        draining?.Dispose();
        draining = null;
    }

    private async Task Guard(Task moving)
    {
        try
        {
            await moving;
            log.LogInformation("The sockets that were to go are closed; {Sessions} are left.", gateway?.Sessions);
        }
        catch (OperationCanceledException)
        {
            // It shall serve again, or leaves.
        }
    }
}
