using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>One run of the program: ramp, warm-up, the measured time, the end, and the summary.</summary>
internal sealed class Show(TimeSpan warmUp, TimeSpan? duration, bool drain, bool json)
{
    public static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>0, or 2 when messages that should have been acknowledged were not.</returns>
    public async Task<int> Run(FleetPlan plan, CancellationToken interrupted)
    {
        await using var fleet = Fleet.Start(plan);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var reporting = Report(fleet, over.Token);
        await Wait(fleet, plan.Ramp + warmUp, interrupted);
        if (plan.Ramp + warmUp > TimeSpan.Zero && plan.Behaviour.SessionsEach is null) fleet.Statistics.Restart();
        await Wait(fleet, duration ?? Timeout.InfiniteTimeSpan, interrupted);
        var measured = fleet.Snapshot();
        await over.CancelAsync();
        await reporting;

        var complete = drain ? await fleet.Drain(DrainPatience) : fleet.Finished.IsCompleted || plan.Behaviour.SessionsEach is null;
        await fleet.Stop();
        Print(measured with { Pending = fleet.Snapshot().Pending });
        if (!complete) await Console.Error.WriteLineAsync("Not everything was acknowledged.");
        return complete ? 0 : 2;
    }

    private static async Task Wait(Fleet fleet, TimeSpan time, CancellationToken interrupted) =>
        await Task.WhenAny(fleet.Finished, Task.Delay(time, interrupted));

    private static async Task Report(Fleet fleet, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, over);
                var now = fleet.Snapshot();
                await Console.Error.WriteLineAsync(
                    $"{now.Seconds,6:0} s   {now.Connected}/{now.Chargers} connected   {now.Acknowledged} acknowledged " +
                    $"({now.AcknowledgedPerSecond:0}/s)   {now.Pending} pending   p99 {now.Transactions.P99Ms:0.0} ms   " +
                    $"{now.Reconnects} reconnects   {now.CallErrors} errors   cpu {now.CpuShare:0%}");
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Print(FleetSnapshot seen)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(seen, Readable));
            return;
        }

        Console.WriteLine(
            $"""
             {seen.Chargers} chargers, {seen.Connected} connected at the end, {seen.Seconds:0.0} s measured
             {seen.Sessions} sessions, {seen.Acknowledged} transaction messages acknowledged, {seen.AcknowledgedPerSecond:0.0} a second
             {seen.Pending} not acknowledged, {seen.GivenUp} given up, {seen.Contradictions} contradicted, {seen.RefusedTokens} tokens refused
             {seen.CallErrors} CALLERRORs, {seen.Timeouts} time-outs, {seen.LateAnswers} late answers, {seen.CallsHeard} calls from the server
             {seen.Reconnects} reconnects, {seen.FailedDials} failed dials, longest wait for an acknowledgement {seen.LongestWaitMs:0} ms
             own CPU {seen.CpuSeconds:0.0} s, {seen.CpuShare:0%} of the machine
             """);
        foreach (var (action, latency) in seen.Actions)
            Console.WriteLine(
                $"{action,-20} {latency.Count,9}   p50 {latency.P50Ms,8:0.00}   p95 {latency.P95Ms,8:0.00}   " +
                $"p99 {latency.P99Ms,8:0.00}   max {latency.MaxMs,8:0.00} ms");
    }
}
