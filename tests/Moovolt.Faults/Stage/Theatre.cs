using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Npgsql;

namespace Moovolt.Faults.Stage;

/// <summary>
/// What a fault is made on: PostgreSQL, three nodes as processes, and proxies on the lines that are asked for. Several
/// faults may follow each other on one of it; each begins with all of it well.
/// </summary>
internal sealed class Theatre : IAsyncDisposable
{
    /// <summary>How many nodes a fault may add.</summary>
    private const int MayJoin = 2;

    private const int Connections = 130;

    private readonly Links _links;
    private readonly List<Door> _doors = [];
    private readonly List<TcpProxy> _databaseLines = [];
    private int _drivers;
    private DirectoryInfo? _alone;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("moovolt-faults-");

    private readonly PostgresServer? _server;

    private Theatre(PostgresServer? server, string database, Wiring wiring, int nodes)
    {
        (_server, Database, Wiring, _links) = (server, database, wiring, new Links(nodes + MayJoin));
        Source = Checker.Source.Postgres(database);
        OperatorKey = "mvk_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    }

    public PostgresServer Server => _server ?? throw new InvalidOperationException("A node alone has no PostgreSQL.");

    /// <summary>Where the checker reads.</summary>
    public Checker.Source Source { get; private init; }

    /// <summary>The connection string of the checker: no proxy is on that line.</summary>
    public string Database { get; }

    public Wiring Wiring { get; }

    public MoovoltCluster Cluster { get; private set; } = new("", []);

    public IReadOnlyList<MoovoltProcess> Nodes => Cluster.Nodes;

    /// <summary>What operators say to be let in: no artefact may have it.</summary>
    public string OperatorKey { get; }

    /// <summary>What probes say to be let in: no artefact may have it.</summary>
    public string Password { get; } = "pw-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The lines between nodes; only with <see cref="Wiring.Peers"/>.</summary>
    public Links Links => Wiring.HasFlag(Wiring.Peers) ? _links : throw NotWired(Wiring.Peers);

    /// <summary>The chargers' way to each node; only with <see cref="Wiring.Chargers"/>.</summary>
    public IReadOnlyList<Door> Doors => Wiring.HasFlag(Wiring.Chargers) ? _doors : throw NotWired(Wiring.Chargers);

    /// <summary>Each node's way to the database; only with <see cref="Wiring.Database"/>.</summary>
    public IReadOnlyList<TcpProxy> DatabaseLines =>
        Wiring.HasFlag(Wiring.Database) ? _databaseLines : throw NotWired(Wiring.Database);

    /// <summary>Where chargers dial, one address for each node.</summary>
    public List<Uri> Addresses { get; } = [];

    /// <param name="environment">Variables beside those that every node has.</param>
    /// <param name="program">Another build of the program; null for the one of this tree.</param>
    /// <param name="settings">Of PostgreSQL, <c>name=value</c>.</param>
    /// <param name="connections">How many a node may open of each kind; null: as many as it does by itself.</param>
    /// <param name="megabytes">The size of PostgreSQL's own disk; null for the machine's.</param>
    public static async Task<Theatre> Open(
        Wiring wiring = Wiring.Direct, int nodes = 3, IReadOnlyDictionary<string, string>? environment = null,
        string? program = null, IReadOnlyList<string>? settings = null, int? megabytes = null, int? connections = null)
    {
        // As many connections as nodes are said to need, those that a fault may add included; the checker has some too.
        var server = await PostgresServer.Start([$"max_connections={Connections}", .. settings ?? []], megabytes);
        var database = await server.NewDatabase() + (connections is { } most ? $";Maximum Pool Size={most}" : "");
        var theatre = new Theatre(server, database, wiring, nodes);
        try
        {
            var variables = environment ?? new Dictionary<string, string>();
            theatre.Cluster = new MoovoltCluster(
                theatre.Database, Enumerable.Range(0, nodes).Select(node => theatre.Node(node, variables, program)));
            await theatre.Supervise();
            return theatre;
        }
        catch
        {
            await theatre.DisposeAsync();
            throw;
        }
    }

    /// <summary>One node by itself, on SQLite.</summary>
    public static async Task<Theatre> Alone()
    {
        var folder = Directory.CreateTempSubdirectory("moovolt-alone-");
        var theatre = new Theatre(null, "", Wiring.Direct, 1)
        {
            Source = Checker.Source.Sqlite(Path.Combine(folder.FullName, "data")), _alone = folder,
        };
        var node = new MoovoltProcess(
            new Dictionary<string, string> { ["MOOVOLT_OPERATOR_KEY"] = theatre.OperatorKey }, folder.FullName);
        theatre.Cluster = new MoovoltCluster("", [node]);
        theatre.Addresses.Add(new Uri($"ws://127.0.0.1:{node.Port}/ocpp"));
        await theatre.Supervise();
        return theatre;
    }

    /// <summary>Makes the tokens of so many drivers known, once.</summary>
    public async Task Welcome(int drivers)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(_drivers + 1, Math.Max(0, drivers - _drivers)),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (number, _) => await Nodes[number % Nodes.Count].Api.Accept(Simulator.FleetPlan.IdTag(number)));
        _drivers = Math.Max(_drivers, drivers);
    }

    /// <summary>Makes all well that a fault may have left: lines, database, nodes; and waits until it is.</summary>
    public async Task Restore()
    {
        _links.Heal();
        foreach (var door in _doors) door.Heal();
        HealDatabaseLines();
        _server?.Thaw();
        foreach (var node in Nodes.Where(node => node.IsRunning)) node.Tell(Signal.Continue);
        await Supervise();
    }

    /// <summary>
    /// What every supervisor does: starts whoever does not run, and again whoever ends (a member that was taken for dead
    /// ends itself), until all are ready and see each other.
    /// </summary>
    public async Task Supervise()
    {
        var patience = TimeSpan.FromSeconds(180);
        for (var clock = Stopwatch.StartNew(); ;)
        {
            foreach (var node in Nodes.Where(node => !node.IsRunning)) node.Start();
            try
            {
                await Task.WhenAll(Nodes.Select(node => node.Ready(TimeSpan.FromSeconds(90))));
                await Cluster.Sees(Nodes.Count, TimeSpan.FromSeconds(60));
                return;
            }
            catch (Exception error) when (
                clock.Elapsed < patience && error is (InvalidOperationException or TimeoutException
                    or HttpRequestException or TaskCanceledException))
            {
                // Somebody has ended while we waited for it, or is not there yet.
            }
        }
    }

    /// <summary>The nodes reach the database again.</summary>
    public void HealDatabaseLines()
    {
        foreach (var line in _databaseLines)
        {
            line.Up.Clear();
            line.Down.Clear();
        }
    }

    /// <summary>Where the singletons and the shard coordinators run, and one of the others.</summary>
    public async Task<(MoovoltProcess Oldest, IReadOnlyList<MoovoltProcess> Others)> ByAge()
    {
        foreach (var node in Nodes.Where(node => node.IsRunning))
        {
            var picture = await node.Api.Get("cluster");
            if (picture["self"]?.GetValue<string>() != picture["oldest"]?.GetValue<string>()) continue;
            return (node, [.. Nodes.Where(other => other != node && other.IsRunning)]);
        }

        throw new InvalidOperationException("No node is the oldest.");
    }

    /// <summary>What <c>GET /cluster</c> says of a node, and what the node is called there.</summary>
    public static async Task<(string Self, JsonNode Member)> Look(MoovoltProcess node)
    {
        var picture = await Eventually.Get(
            () => node.Api.Get("cluster"), seen => seen["self"] is not null, TimeSpan.FromSeconds(30));
        var self = picture["self"]!.GetValue<string>();
        return (self, picture["members"]!.AsArray().First(member => member!["address"]!.GetValue<string>() == self)!);
    }

    /// <summary>Each node has its share of the shards, but for two of a kind; a node that has just joined is given it slowly.</summary>
    public async Task Spread()
    {
        await Eventually.Get(
            () => Nodes.First(node => node.IsRunning).Api.Get("cluster"),
            picture =>
            {
                var members = picture["members"]!.AsArray();
                var share = (100 / members.Count) - 2;
                return members.All(member => member!["shards"]!.AsObject() is { Count: 3 } kinds
                    && kinds.All(kind => kind.Value!["shards"]!.GetValue<int>() >= share));
            },
            TimeSpan.FromSeconds(120));
    }

    /// <summary>The tables have everything that is stored.</summary>
    public Task CaughtUp() => Eventually.Get(
        () => Nodes.First(node => node.IsRunning).Api.Get("cluster"),
        picture => picture["projection"]?["lagEvents"]?.GetValue<long>() == 0,
        TimeSpan.FromSeconds(60));

    /// <summary>No row is written to the journal until this is disposed of.</summary>
    public async Task<IAsyncDisposable> LockJournal()
    {
        var connection = new NpgsqlConnection(Source.Journal);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE journal IN EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection; // a transaction ends with its connection
    }

    public async Task Sql(string statement)
    {
        await using var connection = new NpgsqlConnection(Source.Journal);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value out of the database.</summary>
    public async Task<T> Ask<T>(string question)
    {
        await using var connection = new NpgsqlConnection(Source.Journal);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        return (T)(await command.ExecuteScalarAsync())!; // it asks for one
    }

    /// <summary>One more node, started, with a door of its own.</summary>
    public MoovoltProcess Join()
    {
        var node = Node(Nodes.Count, new Dictionary<string, string>(), null);
        Cluster.Add(node);
        return node.Start();
    }

    /// <summary>Forgets a node that has left.</summary>
    public async Task Part(MoovoltProcess node)
    {
        Addresses.RemoveAt(Enumerable.Range(0, Nodes.Count).First(number => Nodes[number] == node));
        await Cluster.Remove(node);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Where(node => node.IsRunning)) node.Tell(Signal.Continue);
        await Cluster.DisposeAsync();
        await _links.DisposeAsync();
        foreach (var door in _doors) await door.DisposeAsync();
        foreach (var line in _databaseLines) await line.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _alone?.Delete(recursive: true);
        _folder.Delete(recursive: true);
    }

    private MoovoltProcess Node(int number, IReadOnlyDictionary<string, string> environment, string? program)
    {
        var variables = new Dictionary<string, string>(environment)
        {
            ["MOOVOLT_DEV"] = "true", // most chargers of the crowd are nobody's, and come without a password
            ["MOOVOLT_OPERATOR_KEY"] = OperatorKey,
            ["MOOVOLT_DB"] = Database,
            ["MOOVOLT_REMOTING_PORT"] = "0",
        };
        if (Wiring.HasFlag(Wiring.Database))
        {
            var port = Ports.Free();
            _databaseLines.Add(new TcpProxy(
                new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.Loopback, Server.Port)));
            variables["MOOVOLT_DB"] = Database.Replace($"Port={Server.Port};", $"Port={port};", StringComparison.Ordinal);
        }

        if (Wiring.HasFlag(Wiring.Peers))
        {
            var (port, publicPort) = (Ports.Free(), Ports.Free());
            _links.Open(number, publicPort, port);
            var configuration = Path.Combine(_folder.FullName, $"node-{number}.conf");
            File.WriteAllText(configuration, $"akka.remote.dot-netty.tcp.public-port = {publicPort}\n");
            variables["MOOVOLT_CONFIG"] = configuration;
            variables["MOOVOLT_REMOTING_HOST"] = Links.HostOf(number);
            variables["MOOVOLT_REMOTING_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        }

        var node = new MoovoltProcess(variables) { Program = program };
        var door = node.Port;
        if (Wiring.HasFlag(Wiring.Chargers))
        {
            door = Ports.Free();
            _doors.Add(new Door(door, node.Port));
        }

        Addresses.Add(new Uri($"ws://127.0.0.1:{door}/ocpp"));
        return node;
    }

    private static InvalidOperationException NotWired(Wiring what) =>
        new($"The fault must ask for {nameof(Wiring)}.{what}.");
}
