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
    private readonly IReadOnlyList<string> _settings;
    private readonly SmallDisk? _disk;
    private Process? _process;
    private int _databases;

    private PostgresServer(IReadOnlyList<string> settings, int? megabytes)
    {
        _settings = settings;
        _disk = megabytes is { } size ? new SmallDisk(_directory, size) : null;
    }

    public int Port { get; } = Ports.Free();

    public static bool IsHere => Programs is not null;

    /// <summary>Skips the test, or fails it where CI=true, on a machine without PostgreSQL.</summary>
    public static void Needed() => Needs.The(IsHere, "PostgreSQL", "apt-get install -y postgresql");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>How many times it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Its processes, the postmaster first; none when it does not run.</summary>
    private IReadOnlyList<int> Family =>
        _process is { HasExited: false } ? [_process.Id, .. Signals.ChildrenOf(_process.Id)] : [];

    /// <summary>Makes one and starts it.</summary>
    /// <param name="settings">Settings that are laid over ours, <c>name=value</c>.</param>
    /// <param name="megabytes">The size of a disk of its own; null for the machine's. Needs root.</param>
    public static async Task<PostgresServer> Start(IReadOnlyList<string>? settings = null, int? megabytes = null)
    {
        var server = await Make(settings, megabytes);
        await server.Open();
        return server;
    }

    /// <summary>Makes one that does not run yet: nobody listens on its port.</summary>
    public static async Task<PostgresServer> Make(IReadOnlyList<string>? settings = null, int? megabytes = null)
    {
        Needed();
        var server = new PostgresServer(settings ?? [], megabytes);
        if (server._disk is not null) await server._disk.Mount();
        if (Environment.IsPrivilegedProcess) await Run([.. server.Inside, "chown", "postgres:", server._directory]);
        await Run([
            .. server.Inside, .. AsPostgres, Program("initdb"), "-D", server.Data, "-U", "moovolt", "-A", "trust",
            "-E", "UTF8", "--locale=C", "--no-sync",
        ]);
        return server;
    }

    /// <summary>Starts it, or starts it again, and waits until it answers.</summary>
    public async Task Open()
    {
        string[] settings =
        [
            $"port={Port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300",
            "shared_buffers=128MB", "fsync=on", "synchronous_commit=on", .. _settings,
        ];
        string[] command =
        [
            .. Inside, .. AsPostgres, Program("postgres"), "-D", Data,
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        Starts++;
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

    /// <summary>Takes a backup of a database as it is at one moment, while it is used.</summary>
    /// <returns>The file; it goes with the server.</returns>
    public async Task<string> Dump(string connection)
    {
        var file = Path.Combine(_directory, $"{Guid.NewGuid():N}.dump");
        await Run(Program("pg_dump"), "--format=custom", $"--file={file}", $"--dbname={Uri(DatabaseOf(connection))}");
        return file;
    }

    /// <summary>Restores a backup into a new and empty database; returns its connection string.</summary>
    public async Task<string> Restore(string dump)
    {
        var connection = await NewDatabase();
        await Run(Program("pg_restore"), "--no-owner", $"--dbname={Uri(DatabaseOf(connection))}", dump);
        return connection;
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=moovolt;Database={database};Timeout=5";

    /// <summary>Ends it as a crash would, as far as a server that is told of it can crash: nothing is flushed.</summary>
    public Task Crash() => End(Signal.Quit);

    /// <summary>Ends it: <see cref="Signal.Interrupt"/> fast, <see cref="Signal.Quit"/> immediate, or killed.</summary>
    public async Task End(Signal how)
    {
        var family = Family;
        if (family is []) return;
        Signals.Send(family[0], how);
        await _process!.WaitForExitAsync(); // Family has found it
        // Those of a postmaster that was killed end by themselves, and until then nobody may open the files again.
        if (!await Eventually.Is(() => !family.Any(Signals.IsAlive), TimeSpan.FromSeconds(30)))
            throw new InvalidOperationException("PostgreSQL has ended, and its backends have not.");
    }

    /// <summary>All its processes stand still, as on a machine that stalls; sockets stay open.</summary>
    public void Freeze()
    {
        foreach (var process in Family) Signals.Send(process, Signal.Stop);
    }

    public void Thaw()
    {
        foreach (var process in Family) Signals.Send(process, Signal.Continue);
    }

    /// <summary>Takes all that is left on its own disk, but for what it writes into space that it has already.</summary>
    public void FillDisk() => Disk.Fill();

    public void EmptyDisk() => Disk.Empty();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        Thaw();
        await Crash();
        if (_process is not null) Children.Kill(_process);
        _disk?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string DatabaseOf(string connection) =>
        new NpgsqlConnectionStringBuilder(connection).Database!; // ours name it

    private string Uri(string database) => $"postgresql://moovolt@127.0.0.1:{Port}/{database}";

    private SmallDisk Disk => _disk ?? throw new InvalidOperationException("It has no disk of its own.");

    private IReadOnlyList<string> Inside => _disk?.Inside ?? [];

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
