using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// The charger that nobody here wrote: npm's ocpp-rpc in a process of its own, driven by lines. Every frame of both
/// directions is judged there by ajv, with the schemas of another package.
/// </summary>
internal sealed class ForeignCharger : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly string Folder = Path.Combine(Tree.Root, "tests", "Moovolt.EndToEnd", "foreign");
    private static readonly Lazy<Task> Installed = new(Install);

    private readonly Process _process;
    private readonly Output _complaints = new();

    private ForeignCharger(Process process) => _process = process;

    public static async Task<ForeignCharger> Connect(Uri ocpp, string identity, string? password = null)
    {
        Needs.NodeJs();
        await Installed.Value;
        string[] arguments = ["charger.mjs", ocpp.ToString().TrimEnd('/'), identity];
        var charger = new ForeignCharger(Children.Start(new ProcessStartInfo("node", password is null ? arguments : [.. arguments, password])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }));
        charger._process.ErrorDataReceived += (_, line) => charger._complaints.Add(line.Data);
        charger._process.BeginErrorReadLine();
        await charger.Says("connect");
        return charger;
    }

    /// <summary>Has it do one step; gives back the payload that it got for it.</summary>
    public async Task<JsonNode> Do(string step, object? with = null)
    {
        var line = JsonSerializer.SerializeToNode(with ?? new { })!.AsObject();
        line["do"] = step;
        await _process.StandardInput.WriteLineAsync(line.ToJsonString());
        return await Says(step);
    }

    /// <summary>Waits for a step that it does by itself, such as a remote start; no frame until then may be wrong.</summary>
    public async Task<JsonNode> Says(string step)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            var said = JsonNode.Parse(line)!;
            Assert.True(said["wrong"]!.AsArray().Count == 0, $"ajv finds this wrong: {line}");
            Assert.True(said["error"] is null, line);
            if (said["step"]!.GetValue<string>() == step) return said["result"]!;
        }

        throw new InvalidOperationException($"It ended before '{step}': {_complaints}");
    }

    public ValueTask DisposeAsync()
    {
        Children.Kill(_process);
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "ocpp-rpc"))) return;
        await Children.Run(Folder, "npm", "ci", "--no-audit", "--no-fund");
    }
}
