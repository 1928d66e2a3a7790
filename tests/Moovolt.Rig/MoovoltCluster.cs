using System.Collections.Immutable;

namespace Moovolt.Rig;

/// <summary>
/// Some processes on one PostgreSQL. They have nothing in common but MOOVOLT_DB: each has a directory, an address and
/// an operator key of its own, and finds the others by itself.
/// </summary>
public sealed class MoovoltCluster : IAsyncDisposable
{
    private ImmutableArray<MoovoltProcess> _nodes; // looked at by many, while one is added or leaves

    /// <param name="database">A connection string.</param>
    /// <param name="nodes">Processes that are not started yet.</param>
    public MoovoltCluster(string database, IEnumerable<MoovoltProcess> nodes) => (Database, _nodes) = (database, [.. nodes]);

    /// <summary>The connection string.</summary>
    public string Database { get; }

    public IReadOnlyList<MoovoltProcess> Nodes => _nodes;

    /// <summary>What all of them have printed, one after the other.</summary>
    public string Printed => string.Join('\n', Nodes.Select(node => $"--- {node.Url}\n{node.Printed}"));

    /// <summary>Starts them all at once, and waits until each is ready and sees all the others.</summary>
    /// <param name="database">A connection string.</param>
    /// <param name="environment">Variables beside those that every node has.</param>
    /// <param name="program">Another build of the program; null for the one of this tree.</param>
    public static async Task<MoovoltCluster> Start(
        string database, int nodes = 3, IReadOnlyDictionary<string, string>? environment = null, string? program = null)
    {
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["MOOVOLT_DB"] = database,
            ["MOOVOLT_REMOTING_PORT"] = "0",
        };
        var cluster = new MoovoltCluster(
            database, Enumerable.Range(0, nodes).Select(_ => new MoovoltProcess(variables) { Program = program }));
        await cluster.Start();
        return cluster;
    }

    /// <summary>Starts those that do not run, and waits until each is ready and sees all the others.</summary>
    /// <exception cref="InvalidOperationException">
    /// It did not come to that: all are gone, and the message has what they printed.
    /// </exception>
    public async Task Start()
    {
        try
        {
            foreach (var node in Nodes.Where(node => !node.IsRunning)) node.Start();
            await Task.WhenAll(Nodes.Select(node => node.Ready(TimeSpan.FromSeconds(90))));
            await Sees(Nodes.Count, TimeSpan.FromSeconds(60));
        }
        catch (Exception error)
        {
            var printed = Printed;
            await DisposeAsync();
            throw new InvalidOperationException($"{error.Message}\n{printed}", error);
        }
    }

    /// <summary>One more node, which is not started yet.</summary>
    public void Add(MoovoltProcess node) => _nodes = _nodes.Add(node);

    /// <summary>Forgets a node that has ended.</summary>
    public async Task Remove(MoovoltProcess node)
    {
        _nodes = _nodes.Remove(node);
        await node.DisposeAsync();
    }

    /// <summary>Waits until every living node sees exactly so many members, all of them up and reachable.</summary>
    public async Task Sees(int members, TimeSpan within)
    {
        foreach (var node in Nodes.Where(node => node.IsRunning))
        {
            await Eventually.Get(
                () => node.Api.Get("cluster"),
                seen => seen["members"]?.AsArray() is { } all && all.Count == members
                    && all.All(member => member!["status"]!.GetValue<string>() is "Up" or "up"
                        && member["reachable"]!.GetValue<bool>()),
                within);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
    }
}
