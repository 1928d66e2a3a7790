using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Moovolt.Rig;

/// <summary>
/// A PostgreSQL of the test's own: a fresh cluster in a temporary directory, on loopback, with the durability that a
/// real one has (fsync and synchronous_commit stay on). It goes when it is disposed of.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .OrderByDescending(folder => int.Parse(Path.GetFileName(Path.GetDirectoryName(folder)!), CultureInfo.InvariantCulture))
            .FirstOrDefault()
        : null;

    private readonly string _directory = Directory.CreateTempSubdirectory("moovolt-postgres-").FullName;
    private readonly Output _output = new();
    private Process? _process;
    private int _databases;

    private PostgresServer()
    {
    }

    public int Port { get; } = Ports.Free();

    public static bool IsHere => Programs is not null;

    /// <summary>Skips the test, or fails it where CI=true, on a machine without PostgreSQL.</summary>
    public static void Needed() => Needs.The(IsHere, "PostgreSQL", "apt-get install -y postgresql");

    /// <summary>Makes one and starts it.</summary>
    public static async Task<PostgresServer> Start()
    {
        var server = await Make();
        await server.Open();
        return server;
    }

    /// <summary>Makes one that does not run yet: nobody listens on its port.</summary>
    public static async Task<PostgresServer> Make()
    {
        Needed();
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess) await Run("chown", "postgres:", server._directory);
        await Run([.. AsPostgres, Program("initdb"), "-D", server.Data, "-U", "moovolt", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        return server;
    }

    /// <summary>Starts it, or starts it again, and waits until it answers.</summary>
    public async Task Open()
    {
        string[] settings =
        [
            $"port={Port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300",
            "shared_buffers=128MB", "fsync=on", "synchronous_commit=on",
        ];
        string[] command = [.. AsPostgres, Program("postgres"), "-D", Data, .. settings.SelectMany(setting => new[] { "-c", setting })];
        _process = Children.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        });
        _output.Follow(_process);
        if (!await Eventually.Is(Answers, TimeSpan.FromSeconds(30)))
            throw new InvalidOperationException($"PostgreSQL does not answer:\n{_output}");
    }

    /// <summary>A connection string of a new and empty database.</summary>
    public async Task<string> NewDatabase()
    {
        var name = $"moovolt_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=moovolt;Database={database};Timeout=5";

    /// <summary>Ends it as a crash would, as far as a server that is told of it can crash: nothing is flushed.</summary>
    public async Task Crash()
    {
        if (_process is { HasExited: false }) await Run("kill", "-QUIT", $"{_process.Id}");
        if (_process is not null) await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Crash();
        if (_process is not null) Children.Kill(_process);
        Directory.Delete(_directory, recursive: true);
    }

    private string Data => Path.Combine(_directory, "data");

    // PostgreSQL refuses to run as root; without root, it runs as whoever runs the tests.
    private static string[] AsPostgres => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        : [];

    private static string Program(string name) => Path.Combine(Programs!, name); // Needed() was asked before

    private async Task<bool> Answers()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static Task Run(params string[] command) => Children.Run("/", command);
}
