using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// A charger that nobody here wrote: a client from npm in a process of its own, driven by lines. Every frame of both
/// directions is judged there by ajv, with the schemas of another package; a frame that is wrong fails the test.
/// </summary>
internal sealed class ForeignCharger : IAsyncDisposable
{
    /// <summary>npm's ocpp-rpc in strict mode.</summary>
    public const string OcppRpc = "ocpp-rpc";

    /// <summary>npm's ocpp-ts, by another author.</summary>
    public const string OcppTs = "ocpp-ts";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly string Folder = Path.Combine(Tree.Root, "tests", "Moovolt.EndToEnd", "foreign");
    private static readonly Lazy<Task> Installed = new(Install);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _steps = new();
    private readonly ConcurrentDictionary<string, Channel<JsonNode>> _asked = new();
    private readonly Channel<JsonNode> _closed = Channel.CreateUnbounded<JsonNode>();
    private readonly Process _process;
    private readonly Output _complaints = new();
    private readonly Task _reading;
    private int _lastStep;

    private ForeignCharger(Process process, string identity)
    {
        (_process, Identity) = (process, identity);
        _steps[0] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => _complaints.Add(line.Data);
        process.BeginErrorReadLine();
        _reading = Read();
    }

    public string Identity { get; }

    /// <summary>The subprotocol that was agreed on.</summary>
    public string Protocol { get; private set; } = "";

    /// <summary>The extensions of WebSocket that were agreed on; empty for none.</summary>
    public string Extensions { get; private set; } = "";

    /// <param name="ocpp">Where chargers connect to: the identity is appended.</param>
    /// <param name="identity">What it calls itself.</param>
    /// <param name="password">What it shows at the door (security profile 1 and 2).</param>
    /// <param name="client">Which client it is made of.</param>
    /// <param name="tls">Paths of PEM files for TLS; only with <see cref="OcppRpc"/>.</param>
    /// <param name="authorizationKey">Its password as hex digits (OCPP 1.6); only with <see cref="OcppRpc"/>.</param>
    /// <param name="compress">It compresses every frame (RFC 7692); only with <see cref="OcppRpc"/>.</param>
    /// <param name="protocols">The subprotocols to offer; only with <see cref="OcppRpc"/>.</param>
    /// <exception cref="InvalidOperationException">It was not let in.</exception>
    public static async Task<ForeignCharger> Connect(
        Uri ocpp,
        string identity,
        string? password = null,
        string client = OcppRpc,
        Tls? tls = null,
        string? authorizationKey = null,
        bool compress = false,
        params string[] protocols)
    {
        Needs.NodeJs();
        await Installed.Value;
        var link = JsonSerializer.Serialize(new
        {
            endpoint = ocpp.ToString().TrimEnd('/'),
            identity,
            password,
            authorizationKey,
            compress,
            ca = tls?.Ca,
            cert = tls?.Certificate,
            key = tls?.Key,
            protocols = protocols.Length == 0 ? null : protocols,
        });
        var charger = new ForeignCharger(
            Children.Start(new ProcessStartInfo("node", ["charger.mjs", client, link])
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }),
            identity);
        try
        {
            var connected = await charger._steps[0].Task.WaitAsync(Patience);
            charger.Protocol = connected["protocol"]!.GetValue<string>();
            charger.Extensions = connected["extensions"]!.GetValue<string>();
            return charger;
        }
        catch
        {
            await charger.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has it call; gives back the payload that it got. A CALLERROR fails the test.</summary>
    public Task<JsonNode> Call(string action, object? payload = null) =>
        Do(new { @do = "call", action, payload = payload ?? new { } });

    /// <summary>How it answers that action from now on; what it has no answer for it refuses, and the test fails.</summary>
    public Task Answers(string action, object payload) => Do(new { @do = "answer", action, payload });

    /// <summary>Waits for the next call of that action from us; gives back its payload.</summary>
    public async Task<JsonNode> Asked(string action)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Line(action).Reader.ReadAsync(patience.Token);
    }

    public Task Close() => Do(new { @do = "close" });

    /// <summary>Waits until its socket is closed; gives back the code.</summary>
    public async Task<int> Closed()
    {
        using var patience = new CancellationTokenSource(Patience);
        return (await _closed.Reader.ReadAsync(patience.Token))["closed"]!.GetValue<int>();
    }

    public async ValueTask DisposeAsync()
    {
        Children.Kill(_process);
        await _reading;
        _process.Dispose();
    }

    private async Task<JsonNode> Do(object step)
    {
        var number = Interlocked.Increment(ref _lastStep);
        var done = _steps[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = JsonSerializer.SerializeToNode(step)!.AsObject();
        line["n"] = number;
        await _process.StandardInput.WriteLineAsync(line.ToJsonString());
        await _process.StandardInput.FlushAsync();
        return await done.Task.WaitAsync(Patience);
    }

    private async Task Read()
    {
        Exception? failure = null;
        while (await _process.StandardOutput.ReadLineAsync() is { } text)
        {
            var line = JsonNode.Parse(text)!;
            if (line["wrong"]!.AsArray().Count > 0)
                failure ??= new InvalidOperationException($"ajv finds this wrong: {text}");
            if (line["asked"]?.GetValue<string>() is { } action)
                await Line(action).Writer.WriteAsync(line["payload"]!);
            else if (line["closed"] is not null)
                await _closed.Writer.WriteAsync(line);
            else if (line["error"] is { } error)
                Step(line).TrySetException(new InvalidOperationException($"{error}"));
            else if (failure is not null)
                Step(line).TrySetException(failure);
            else
                Step(line).TrySetResult(line["result"]!);
        }

        failure ??= new InvalidOperationException($"It has ended: {_complaints}");
        foreach (var step in _steps.Values) step.TrySetException(failure);
        foreach (var line in _asked.Values) line.Writer.TryComplete(failure);
        _closed.Writer.TryComplete(failure);
    }

    private TaskCompletionSource<JsonNode> Step(JsonNode line) => _steps[line["n"]!.GetValue<int>()];

    private Channel<JsonNode> Line(string action) => _asked.GetOrAdd(action, _ => Channel.CreateUnbounded<JsonNode>());

    private static async Task Install()
    {
        // The lock file is copied there last: what is older was installed for another.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc) return;
        await Children.Run(Folder, "npm", "ci", "--no-audit", "--no-fund");
    }

    /// <summary>Paths of PEM files.</summary>
    /// <param name="Ca">Whom it trusts.</param>
    /// <param name="Certificate">What it shows; null for none.</param>
    /// <param name="Key">The key to that.</param>
    public sealed record Tls(string Ca, string? Certificate = null, string? Key = null);
}
