using System.Diagnostics;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>Ten thousand who begin and never end, against one node as it is delivered.</summary>
[Collection(Processes.Name)]
public sealed class SlowFloodSpec(TlsNode secure) : IClassFixture<TlsNode>
{
    private const string Password = "a-password-of-16";
    private const int Each = 5_000;
    private const int Chargers = 8;
    private const int Files = 12_000; // here and there
    private const long MostMemory = 200L << 20;

    // Ten thousand sockets of strangers have this machine's processors too, which in the world have machines of their own.
    // What is answered within this nobody has waited for, however fast it was before; and one window of several will do,
    // for something else may have the machine for a while.
    private const double NobodyNotices = 50; // ms
    private const int Windows = 4;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private MoovoltProcess Node => secure.Node;

    [SkippableFact]
    [Trait("sec", "SEC-25")]
    public async Task Five_thousand_half_done_handshakes_and_as_many_slow_heads_disturb_nobody_who_is_in_and_cost_little()
    {
        Needs.The(OperatingSystem.IsLinux() && MayOpen() >= Files, $"Linux, and {Files} open files", $"ulimit -n {Files}");
        var chargers = new List<RawCharger>();
        try
        {
            for (var n = 0; n < Chargers; n++) chargers.Add(await ComesIn(n));
            await Worst(chargers); // everything has been compiled once
            var before = await Worst(chargers);
            var memory = Node.ResidentBytes;
            using var over = new CancellationTokenSource();
            var most = MostMemoryUntil(over.Token);

            await using var flood = new SlowFlood(secure.ByPassword.Port, Node.Port, Each);
            Assert.True(await Eventually.Is(() => flood.Begun >= 2 * Each, Patience), $"{flood.Begun} were begun");
            var (meanwhile, held) = (new List<double>(), new List<int>());
            do
            {
                meanwhile.Add(await Worst(chargers));
                held.Add(flood.Held);
            }
            while (meanwhile[^1] >= Math.Max(2 * before, NobodyNotices) && meanwhile.Count < Windows);

            Assert.True(held.Min() >= Each / 2, $"{string.Join(", ", held)} were held: that is no flood");
            Assert.True(await Eventually.Is(() => flood.Cut >= Each, Patience), $"{flood.Cut} were cut");
            await over.CancelAsync();
            Assert.True(
                meanwhile[^1] < Math.Max(2 * before, NobodyNotices),
                $"p99 before {before:0.0} ms, meanwhile {string.Join(", ", meanwhile)}");
            Assert.InRange((await most - memory) >> 20, long.MinValue, MostMemory >> 20);
            foreach (var charger in chargers) Assert.False(charger.IsGone);
        }
        finally
        {
            foreach (var charger in chargers) await charger.DisposeAsync();
        }
    }

    private async Task<RawCharger> ComesIn(int n)
    {
        await Node.Api.Register($"INSIDE-{n}", Password);
        return n % 2 == 0
            ? await RawCharger.Boot(Node.Ocpp, $"INSIDE-{n}", Password)
            : await RawCharger.Boot(secure.ByPassword, $"INSIDE-{n}", Password, trusts: secure.Issuer);
    }

    /// <summary>After which time, in milliseconds, 99 of 100 messages that had to be stored were acknowledged.</summary>
    private static async Task<double> Worst(IReadOnlyList<RawCharger> chargers)
    {
        var clock = Stopwatch.StartNew();
        var taken = await Task.WhenAll(chargers.Select(async charger =>
        {
            var all = new List<double>();
            for (var n = 0; clock.Elapsed < Window; n++)
            {
                var began = Stopwatch.GetTimestamp();
                Charging.Result(await charger.Call(
                    "StatusNotification",
                    new { connectorId = 1, errorCode = "NoError", status = n % 2 == 0 ? "Preparing" : "Available" }));
                all.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(Pause);
            }

            return all;
        }));
        var sorted = taken.SelectMany(each => each).Order().ToArray();
        return sorted[(int)Math.Ceiling(sorted.Length * 0.99) - 1];
    }

    private async Task<long> MostMemoryUntil(CancellationToken over)
    {
        var most = 0L;
        while (!over.IsCancellationRequested)
        {
            most = Math.Max(most, Node.ResidentBytes);
            await Task.Delay(Pause, CancellationToken.None);
        }

        return most;
    }

    // What this process may open, the node may: it is its child.
    private static long MayOpen()
    {
        var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return hard == "unlimited" ? long.MaxValue : long.Parse(hard, System.Globalization.CultureInfo.InvariantCulture);
    }
}
