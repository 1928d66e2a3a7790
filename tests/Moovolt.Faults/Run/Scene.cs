using System.Collections.Concurrent;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Run;

/// <summary>What a fault has in its hands while it strikes.</summary>
internal sealed class Scene(Theatre theatre, Crowd crowd, Operator operators, Load load, int seed, Pace pace)
{
    private readonly ConcurrentQueue<(DateTimeOffset At, string What)> _marks = new();
    private readonly ConcurrentDictionary<string, string> _measured = new();

    public Theatre Theatre => theatre;

    public Crowd Crowd => crowd;

    public Operator Operator => operators;

    /// <summary>What is held while it strikes.</summary>
    public Load Load => load;

    /// <summary>The run is one for each change: what is done many times for the table is done three times.</summary>
    public bool IsShort => pace == Pace.Tests;

    /// <summary>The only chance that there is: the same seed chooses the same.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>How many times longer than allowed things may take here, see <see cref="Pace"/>.</summary>
    public int Slack => pace.Slack;

    public IReadOnlyList<MoovoltProcess> Nodes => theatre.Nodes;

    /// <summary>What happened when, for the picture and the log.</summary>
    public IReadOnlyCollection<(DateTimeOffset At, string What)> Marks => _marks;

    /// <summary>What the fault has measured beside gaps, for the table.</summary>
    public IReadOnlyDictionary<string, string> Measured => _measured;

    public void Mark(string what) => _marks.Enqueue((DateTimeOffset.UtcNow, what));

    public void Measure(string what, string value) => _measured[what] = value;

    /// <summary>A moment that nobody chose, within so long.</summary>
    public Task Sometime(TimeSpan within) => Task.Delay(within * Random.NextDouble());

    public T Choose<T>(IReadOnlyList<T> among) => among[Random.Next(among.Count)];

    /// <summary>kill -9.</summary>
    public void Kill(MoovoltProcess node)
    {
        Mark($"kill -9 {Letter(node)}");
        node.Kill9();
    }

    /// <summary>Starts a node that has ended, and waits until all see all.</summary>
    public async Task StartAgain(params IReadOnlyList<MoovoltProcess> nodes)
    {
        Mark($"start {string.Join(" ", nodes.Select(Letter))}");
        await theatre.Supervise();
        Mark("all there");
    }

    public string Letter(MoovoltProcess node) => $"{(char)('A' + Index(node))}";

    public int Index(MoovoltProcess node) => Enumerable.Range(0, Nodes.Count).First(index => Nodes[index] == node);

    /// <summary>Waits until it is true; a breach of a promise in a sentence when it does not become so.</summary>
    /// <exception cref="TimeoutException">It is not true in time.</exception>
    public static async Task Until(Func<Task<bool>> condition, TimeSpan within, string otherwise)
    {
        if (!await Eventually.Is(condition, within))
            throw new TimeoutException($"Not within {within.TotalSeconds:0} s: {otherwise}");
    }
}
