using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Moovolt.Faults.Stalls;

/// <summary>A charger that asks a node what time it is, again and again, and compares it with the clock of the checker.</summary>
internal sealed class TimeAsker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _enough = new();
    private Task _asking = Task.CompletedTask;
    private int _calls;

    private TimeAsker()
    {
    }

    /// <summary>How many times it was answered.</summary>
    public int Answers { get; private set; }

    /// <summary>How far an answer was from the checker's clock, at the most; an answer's way is on the node's side.</summary>
    public TimeSpan Worst { get; private set; }

    /// <summary>Connects (1.6), boots, and asks until it is disposed of.</summary>
    /// <param name="ocpp">Where chargers connect; the identity is appended.</param>
    public static async Task<TimeAsker> Connect(Uri ocpp)
    {
        var asker = new TimeAsker();
        asker._socket.Options.AddSubProtocol("ocpp1.6");
        using (var patience = new CancellationTokenSource(Patience))
            await asker._socket.ConnectAsync(new Uri(ocpp, "TIME-ASKER"), patience.Token);
        await asker.Ask("BootNotification", new JsonObject { ["chargePointVendor"] = "Moovolt", ["chargePointModel"] = "Clock" });
        asker._asking = asker.Ask();
        return asker;
    }

    /// <summary>Asks no more.</summary>
    /// <exception cref="WebSocketException">It lost its line meanwhile.</exception>
    public async Task Enough()
    {
        await _enough.CancelAsync();
        await _asking;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _enough.Dispose();
    }

    private async Task Ask()
    {
        while (!_enough.IsCancellationRequested)
        {
            await Ask("Heartbeat", new JsonObject());
            await Task.Delay(Often);
        }
    }

    private async Task Ask(string action, JsonObject payload)
    {
        var id = $"t{_calls++}";
        var asked = DateTimeOffset.UtcNow;
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(new JsonArray(2, id, action, payload).ToJsonString()), WebSocketMessageType.Text,
            endOfMessage: true, patience.Token);
        // It may be asked for something itself: that is not its business.
        while (true)
        {
            var buffer = new byte[65_536];
            var got = await _socket.ReceiveAsync(buffer, patience.Token);
            if (got.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The node has closed the line.");
            var frame = JsonNode.Parse(buffer.AsSpan(0, got.Count))!.AsArray();
            if (frame[0]!.GetValue<int>() != 3 || frame[1]!.GetValue<string>() != id) continue;
            var told = DateTimeOffset.Parse(frame[2]!["currentTime"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            var answered = DateTimeOffset.UtcNow;
            var off = told < asked ? asked - told : told > answered ? told - answered : TimeSpan.Zero;
            Worst = off > Worst ? off : Worst;
            Answers++;
            return;
        }
    }
}
