using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Moovolt.Rig;

/// <summary>The program as it runs in the world: a process with an environment, a directory and an address.</summary>
public sealed class MoovoltProcess : IAsyncDisposable
{
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly DirectoryInfo _directory;
    private readonly bool _ownsDirectory;
    private readonly Output _output = new();
    private Process? _process;

    /// <param name="environment">Variables of the program; what is not named is not set, whatever this process has.</param>
    /// <param name="directory">Where it keeps its data; null for a new one that goes when the process is disposed of.</param>
    public MoovoltProcess(IReadOnlyDictionary<string, string>? environment = null, string? directory = null)
    {
        _environment = environment ?? new Dictionary<string, string>();
        _ownsDirectory = directory is null;
        _directory = directory is null ? Directory.CreateTempSubdirectory("moovolt-") : new DirectoryInfo(directory);
        Port = Ports.Free();
    }

    /// <summary>Another build of the program, from its next start on; null for the one of this tree.</summary>
    public string? Program { get; set; }

    /// <summary>A program that becomes this one, with its own arguments first, from the next start on (prlimit, say).</summary>
    public IReadOnlyList<string> Under { get; set; } = [];

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>Where chargers connect to: the identity is appended.</summary>
    public Uri Ocpp => new($"ws://127.0.0.1:{Port}/ocpp/");

    public string DataDirectory => Path.Combine(_directory.FullName, "data");

    /// <summary>Everything that it has printed since it was made, restarts included.</summary>
    public string Printed => _output.ToString();

    public int Id => Running.Id;

    public bool HasExited => Running.HasExited;

    /// <summary>It was started and has not ended.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Speaks with the key that this process made for itself, or was given.</summary>
    public Api Api => new(Url, _environment.GetValueOrDefault("MOOVOLT_OPERATOR_KEY")
        ?? File.ReadAllText(Path.Combine(DataDirectory, "operator.key")).Trim());

    private Process Running => _process ?? throw new InvalidOperationException("It was not started.");

    /// <summary>Starts it, or starts it again on the same directory and port; returns at once.</summary>
    public MoovoltProcess Start(params string[] arguments)
    {
        string[] command = [.. Under, "dotnet", Program ?? Assembly, .. arguments];
        var how = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in how.Environment.Keys.Where(name => name.StartsWith("MOOVOLT_", StringComparison.Ordinal)).ToList())
            how.Environment.Remove(name);
        how.Environment["MOOVOLT_URLS"] = $"http://127.0.0.1:{Port}";
        foreach (var (name, value) in _environment) how.Environment[name] = value;
        _process = Children.Start(how);
        _output.Follow(_process);
        return this;
    }

    /// <summary>Waits until it says that it is ready for chargers and operators.</summary>
    /// <exception cref="InvalidOperationException">It has ended, or is not ready in time; with all that it printed.</exception>
    public async Task<MoovoltProcess> Ready(TimeSpan? within = null)
    {
        var patience = within ?? TimeSpan.FromSeconds(60);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience; await Task.Delay(100))
        {
            if (Running.HasExited) throw new InvalidOperationException($"It ended with {Running.ExitCode}:\n{Printed}");
            if (await Answers("/healthz/ready")) return this;
        }

        throw new InvalidOperationException($"It was not ready within {patience.TotalSeconds:0} s:\n{Printed}");
    }

    public async Task<bool> Answers(string path)
    {
        try
        {
            using var answer = await Probe.GetAsync(new Uri(Url, path));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>What it measures just now, of <c>/metrics</c>; null when it does not answer or does not say.</summary>
    /// <param name="name">Of a metric with one value.</param>
    public async Task<double?> Metric(string name)
    {
        try
        {
            var all = await Probe.GetStringAsync(new Uri(Url, "/metrics"));
            string[] starts = [$"{name}{{", $"{name} "];
            var line = all.Split('\n').FirstOrDefault(each =>
                starts.Any(start => each.StartsWith(start, StringComparison.Ordinal)));
            // name{labels} value time
            var rest = line?[Math.Max(line.LastIndexOf('}') + 1, name.Length)..].Trim().Split(' ');
            return double.TryParse(rest?[0], CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits until it has printed a text.</summary>
    public Task<bool> Prints(string text, TimeSpan within) =>
        Eventually.Is(() => Printed.Contains(text, StringComparison.OrdinalIgnoreCase), within);

    /// <summary>kill -9: it is gone when this returns, and nothing was said to anybody.</summary>
    public void Kill9() => Children.Kill(Running);

    /// <summary>SIGTERM, as an orchestrator sends it; returns the exit code.</summary>
    public async Task<int> Terminate(TimeSpan within)
    {
        Tell(Signal.Terminate);
        return await Ends(within);
    }

    /// <summary>Sends it a signal.</summary>
    /// <exception cref="InvalidOperationException">It is gone.</exception>
    public void Tell(Signal signal)
    {
        if (!Signals.Send(Running.Id, signal)) throw new InvalidOperationException($"No signal reached {Running.Id}.");
    }

    /// <summary>The memory that it holds, in bytes (VmRSS); 0 when it is gone.</summary>
    public long ResidentBytes
    {
        get
        {
            Running.Refresh();
            return Running.HasExited ? 0 : Running.WorkingSet64;
        }
    }

    /// <summary>Waits until it has ended by itself; returns the exit code.</summary>
    public async Task<int> Ends(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            await Running.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It was still there after {within.TotalSeconds:0} s:\n{Printed}");
        }

        return Running.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null) Children.Kill(_process);
        if (_ownsDirectory && _directory.Exists) _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Debug or Release: as the suite that asks.</summary>
    internal static string Configuration => BuiltIn.Parent!.Name; // bin/Debug/net10.0

    /// <summary>The program of this tree: for Release the published one.</summary>
    private static string Assembly
    {
        get
        {
            var built = Path.Combine(Tree.Root, "src", "Moovolt.Node", "bin", Configuration, BuiltIn.Name);
            return Path.Combine(built, Configuration == "Release" ? "publish" : "", "moovolt.dll");
        }
    }

    private static DirectoryInfo BuiltIn => new(AppContext.BaseDirectory);
}
