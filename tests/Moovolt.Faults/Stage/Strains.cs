using System.Collections.Concurrent;
using Moovolt.Rig;

namespace Moovolt.Faults.Stage;

/// <summary>
/// How well nodes can store, by what each says itself (<c>moovolt_brownout_state</c>: 0 green, 1 yellow, 2 red): looked
/// at several times a second, without the database.
/// </summary>
internal sealed class Strains : IAsyncDisposable
{
    public const int Green = 0;
    public const int Yellow = 1;
    public const int Red = 2;

    private const string Metric = "moovolt_brownout_state";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<MoovoltProcess, ConcurrentDictionary<int, byte>> _seen = new();
    private readonly CancellationTokenSource _end = new();
    private readonly IReadOnlyList<MoovoltProcess> _nodes;
    private readonly Task _looking;

    public Strains(IReadOnlyList<MoovoltProcess> nodes)
    {
        _nodes = nodes;
        foreach (var node in nodes) _seen[node] = new ConcurrentDictionary<int, byte>();
        _looking = Task.WhenAll(nodes.Select(Look));
    }

    /// <summary>Which of them have said so at some moment since this was made.</summary>
    public int HaveBeen(int strain) => _seen.Values.Count(said => said.ContainsKey(strain));

    /// <summary>The worst that any of them has said, in its word.</summary>
    public string Worst => HaveBeen(Red) > 0 ? "red" : HaveBeen(Yellow) > 0 ? "yellow" : "green";

    /// <summary>Whether all say that all is well, now.</summary>
    public async Task<bool> AreGreen()
    {
        foreach (var node in _nodes)
            if (await node.Metric(Metric) != Green) return false;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _looking;
        _end.Dispose();
    }

    private async Task Look(MoovoltProcess node)
    {
        try
        {
            for (; ; await Task.Delay(Step, _end.Token))
                if (await node.Metric(Metric) is { } said) _seen[node][(int)said] = 0;
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // It was looked at long enough.
        }
    }
}
