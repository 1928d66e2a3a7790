using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>
/// One connection to the server: prints calls, one in flight at a time (OCPP-J 1.6, 4.1.1; OCPP 2.0.1 part 4, 4.1.1),
/// reads what comes and hands it to the charger. It never throws for what the other side does; it is closed, and says
/// so.
/// </summary>
internal sealed class Uplink(SimulatedCharger charger, WebSocket socket, int epoch) : IDisposable
{
    private const int SilencesBeforeHangingUp = 2;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim pen = new(1, 1);
    private readonly ArrayBufferWriter<byte> frame = new(256);
    private readonly Utf8JsonWriter json = new(Stream.Null);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Waiting? waiting;
    private volatile bool closed;
    private int silences;

    private sealed record Waiting(Outgoing Call, string Id, long SentAt)
    {
        public TaskCompletionSource<Answer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The how-manieth connection of this charger it is.</summary>
    public int Epoch { get; } = epoch;

    public bool IsUp => !closed;

    /// <summary>Whether the server has answered anything on it.</summary>
    public bool Heard { get; private set; }

    /// <summary>Sends a call when the one before it has been answered, and waits for its own answer.</summary>
    public async Task<Answer> Call(Outgoing call, string id, TimeSpan patience)
    {
        await turn.WaitAsync();
        try
        {
            if (closed) return new Answer(Outcome.Closed);
            var mine = new Waiting(call, id, Stopwatch.GetTimestamp());
            waiting = mine;
            charger.Sending(this, call, id);
            await Send(static (json, it) =>
            {
                json.WriteNumberValue(2);
                json.WriteStringValue(it.id);
                json.WriteStringValue(it.call.Action);
                json.WriteStartObject();
                it.call.Print(json);
                json.WriteEndObject();
            }, (call, id));
            if (closed) Settle(mine, new Answer(Outcome.Closed)); // Abort may have looked before we waited
            try
            {
                var answer = await mine.Answer.Task.WaitAsync(patience);
                silences = 0;
                return answer;
            }
            catch (TimeoutException)
            {
                Settle(mine, new Answer(Outcome.TimedOut));
                if (++silences >= SilencesBeforeHangingUp) Abort();
                return await mine.Answer.Task;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Sends what is no frame of OCPP.</summary>
    public Task SendRaw(byte[] bytes) => Write(() => bytes);

    public Task Respond(string id, Action<Utf8JsonWriter> payload) => Send(static (json, it) =>
    {
        json.WriteNumberValue(3);
        json.WriteStringValue(it.id);
        json.WriteStartObject();
        it.payload(json);
        json.WriteEndObject();
    }, (id, payload));

    public Task Refuse(string id, string code) => Send(static (json, it) =>
    {
        json.WriteNumberValue(4);
        json.WriteStringValue(it.id);
        json.WriteStringValue(it.code);
        json.WriteStringValue("");
        json.WriteStartObject();
        json.WriteEndObject();
    }, (id, code));

    /// <summary>Reads until the connection is no more.</summary>
    public async Task Listen()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var filled = 0;
                ValueWebSocketReceiveResult got;
                do
                {
                    if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                    got = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
                    filled += got.Count;
                }
                while (!got.EndOfMessage);
                if (got.MessageType == WebSocketMessageType.Close) break;
                await Read(buffer.AsMemory(0, filled));
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None)
                .WaitAsync(TimeSpan.FromSeconds(1));
        }
        catch (Exception lost) when (IsLoss(lost))
        {
        }
        finally
        {
            Abort();
            ended.TrySetResult();
        }
    }

    /// <summary>Says goodbye, waits a second for the other side to do so, and hangs up.</summary>
    public async Task Close()
    {
        await pen.WaitAsync();
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None)
                .WaitAsync(TimeSpan.FromSeconds(1));
        }
        catch (Exception lost) when (IsLoss(lost))
        {
        }
        finally
        {
            pen.Release();
        }

        await Task.WhenAny(ended.Task, Task.Delay(TimeSpan.FromSeconds(1)));
        Abort();
    }

    /// <summary>Hangs up without a word, as a power cut does.</summary>
    public void Abort()
    {
        closed = true;
        socket.Abort();
        if (waiting is { } unanswered) Settle(unanswered, new Answer(Outcome.Closed));
    }

    public void Dispose()
    {
        Abort();
        socket.Dispose(); // nothing else holds anything outside, and late callers still find the semaphores
    }

    private static bool IsLoss(Exception exception) =>
        exception is WebSocketException or IOException or TimeoutException
        or ObjectDisposedException or OperationCanceledException;

    private async Task Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Parse(bytes);
        if (document is not { RootElement: { ValueKind: JsonValueKind.Array } root } || root.GetArrayLength() < 3
            || root[0].ValueKind != JsonValueKind.Number || !root[0].TryGetInt32(out var type)
            || root[1].ValueKind != JsonValueKind.String)
        {
            charger.HeardNonsense();
            return;
        }

        var id = root[1].GetString() ?? "";
        switch (type)
        {
            case 2 when root.GetArrayLength() > 3 && root[2].ValueKind == JsonValueKind.String:
                await charger.Asked(this, id, root[2].GetString() ?? "", root[3]);
                break;
            case 3:
                Answered(id, call => call.Read(root[2]));
                break;
            case 4:
                Answered(id, _ => Answer.Error(root));
                break;
            case 5 when charger.Tongue.HearsSends:
                charger.HeardComplaint();
                break;
            case 6 when charger.Tongue.HearsSends:
                charger.Told();
                break;
            default:
                charger.HeardNonsense();
                break;
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Answered(string id, Func<Outgoing, Answer> read)
    {
        if (!Heard)
        {
            Heard = true;
            charger.Known(this);
        }

        if (waiting is not { } call || call.Id != id || !Settle(call, read(call.Call))) charger.HeardLate();
    }

    // Whoever takes the waiting call out settles it, and writes it down before anybody goes on.
    private bool Settle(Waiting call, Answer answer)
    {
        if (Interlocked.CompareExchange(ref waiting, null, call) != call) return false;
        try
        {
            charger.Settled(this, call.Call, call.Id, answer, Stopwatch.GetElapsedTime(call.SentAt));
        }
        finally
        {
            call.Answer.SetResult(answer);
        }

        return true;
    }

    private Task Send<T>(Action<Utf8JsonWriter, T> elements, T what) => Write(() =>
    {
        frame.ResetWrittenCount();
        json.Reset(frame);
        json.WriteStartArray();
        elements(json, what);
        json.WriteEndArray();
        json.Flush();
        return frame.WrittenMemory;
    });

    // Printing happens under the pen: frame and printer are shared by calls and answers.
    private async Task Write(Func<ReadOnlyMemory<byte>> print)
    {
        await pen.WaitAsync();
        try
        {
            await socket.SendAsync(print(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            Abort();
        }
        finally
        {
            pen.Release();
        }
    }
}
