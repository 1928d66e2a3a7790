using System.Diagnostics;
using System.Text.Json.Nodes;
using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Stalls;

/// <summary>
/// F-20: the clock of one node is five minutes ahead or behind, or an hour behind, of everybody else's. It says so, is
/// not ready for chargers, and those that come to it all the same are told the right time.
/// </summary>
internal sealed class ClockSkewed(ClockSkewed.By by) : Fault
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostTold = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UntilItSaysSo = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly List<string> _breaches = [];

    public enum By
    {
        Ahead = 300,
        Behind = -300,
        AnHourBehind = -3600,
    }

    public override string Id => "F-20";

    public override string Variant => $"{(int)by:+0;-0} s";

    public override string What => "one node starts anew with a wrong clock, and 30 s later with the right one";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(20);

    public override bool HalfLoad => true;

    public override async Task Strike(Scene scene)
    {
        if (!File.Exists(Library)) throw new InvalidOperationException("It needs faketime: apt-get install -y faketime");
        _breaches.Clear();
        var node = scene.Choose((await scene.Theatre.ByAge()).Others);
        scene.Mark($"{scene.Letter(node)} by {Variant}");
        await node.Terminate(TimeSpan.FromSeconds(120));
        node.Under = ["env", $"LD_PRELOAD={Library}", $"FAKETIME={(int)by:+0;-0}s", "FAKETIME_DONT_FAKE_MONOTONIC=1"];
        node.Start();
        await Scene.Until(
            async () => await Obstacles(node) is [var only] && SaysSo(only), UntilItSaysSo,
            "the node does not say that its clock is wrong and that this is all that keeps it from being ready");
        scene.Mark("not ready for its clock");
        await AskForTheTime(scene, node);
        await ShowsIt(scene, node);
        node.Under = [];
        scene.Mark("right again");
        await node.Terminate(TimeSpan.FromSeconds(120));
        await scene.StartAgain(node);
    }

    public override Task<IReadOnlyList<string>> Judge(Scene scene, Evidence evidence) =>
        Task.FromResult<IReadOnlyList<string>>(_breaches);

    private static bool SaysSo(string obstacle) =>
        obstacle.Contains("clock", StringComparison.Ordinal) && obstacle.Contains("the database's", StringComparison.Ordinal);

    private async Task AskForTheTime(Scene scene, MoovoltProcess node)
    {
        await using var asker = await TimeAsker.Connect(node.Ocpp);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Held; await Task.Delay(500))
        {
            if (await Obstacles(node) is { Count: 0 }) _breaches.Add("The node was ready with a wrong clock.");
        }

        await asker.Enough();
        scene.Measure("told the time", $"{asker.Answers} times, {asker.Worst.TotalSeconds:0.000} s off at the most");
        if (asker.Answers == 0) _breaches.Add("Nobody was told the time.");
        if (asker.Worst > MostTold) _breaches.Add($"A charger was told a time {asker.Worst.TotalSeconds:0.0} s off.");
    }

    private async Task ShowsIt(Scene scene, MoovoltProcess node)
    {
        var shown = (await node.Api.Get("cluster"))["clock"]?["skewSeconds"]?.GetValue<double>();
        scene.Measure("shown", $"{shown:0} s");
        if (shown is not { } skew || Math.Abs(skew - (int)by) > MostTold.TotalSeconds)
            _breaches.Add($"The node shows a skew of {shown} s.");
    }

    /// <summary>Why it is not ready, in its own words; none when it is; null when it does not answer.</summary>
    private static async Task<List<string>?> Obstacles(MoovoltProcess node)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(node.Url, "/healthz/ready"));
            var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
            return [.. said?["because"]?.AsArray().Select(each => each!.GetValue<string>()) ?? []];
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
