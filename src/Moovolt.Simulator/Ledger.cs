using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>The ledger cannot be written: a run without it proves nothing. The message is for who started it.</summary>
public sealed class LedgerException(string path, Exception cause)
    : Exception($"The ledger {path} cannot be written: {cause.Message}", cause);

/// <summary>
/// What was sent and what was acknowledged, one JSON object per line. Every line has been handed to the operating
/// system before <see cref="Message"/> or <see cref="Session"/> returns, and those return before the charger's next
/// frame is sent: whatever is killed afterwards, the file knows. It is the tester's file, never the server's.
/// </summary>
/// <remarks>
/// The format is in the room's README. A line is printed by the thread that has it to say; only its write(2) waits.
/// </remarks>
public sealed class Ledger : IDisposable
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? line;

    [ThreadStatic]
    private static Utf8JsonWriter? printer;

    private readonly Lock pen = new();
    private readonly FileStream? file;

    /// <param name="path">Where to write; an older file there is replaced. Null: nothing is kept.</param>
    /// <exception cref="LedgerException">It cannot be written there.</exception>
    public Ledger(string? path)
    {
        try
        {
            // No buffer of its own: each line is one write(2).
            file = path is null ? null
                : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(path ?? "", e);
        }
    }

    internal void Run(int seed, int chargers) => Write("run", (seed, chargers), static (json, run) =>
    {
        json.WriteNumber("seed", run.seed);
        json.WriteNumber("chargers", run.chargers);
    });

    /// <param name="ahead">How far the charger's clock is from the tester's.</param>
    internal void Message(
        TransactionMessage message, int epoch, string id, string outcome, double? waitedMs, TimeSpan ahead = default) =>
        Write("message", (message, epoch, id, outcome, waitedMs, ahead), static (json, it) =>
        {
            json.WriteString("station", it.message.Session.Station);
            json.WriteString("protocol", it.message.Session.Protocol.Subprotocol());
            json.WriteNumber("connector", it.message.Session.Connector);
            json.WriteNumber("epoch", it.epoch);
            json.WriteString("action", it.message.Action);
            json.WriteString("msgId", it.id);
            json.WriteString("session", it.message.Session.Key);
            json.WriteString("bizKey", it.message.Key);
            if (it.message.Step is var (number, step))
            {
                json.WriteNumber("seqNo", number);
                json.WriteString("step", step);
            }

            json.WriteString("at", ChargerClock.Print(it.message.At));
            if (it.ahead != TimeSpan.Zero) json.WriteNumber("aheadMs", it.ahead.TotalMilliseconds);
            json.WriteNumber("meterWh", it.message.WattHours);
            Transaction(json, it.message.Session);
            json.WriteString("outcome", it.outcome);
            if (it.waitedMs is { } waited) json.WriteNumber("waitedMs", Math.Round(waited, 3));
        });

    /// <summary>The server has answered on a connection, for the first time: it knows the charger by it.</summary>
    internal void Line(string station, int epoch) => Write("line", (station, epoch), static (json, it) =>
    {
        json.WriteString("station", it.station);
        json.WriteNumber("epoch", it.epoch);
    });

    /// <summary>The server has asked something. Written down before the charger does anything of it.</summary>
    /// <param name="mark">What tells this command from all others, where whoever gave it has put something in.</param>
    internal void Call(string station, Protocol protocol, int epoch, string id, string action, string? mark) =>
        Write("call", (station, protocol, epoch, id, action, mark), static (json, it) =>
        {
            json.WriteString("station", it.station);
            json.WriteString("protocol", it.protocol.Subprotocol());
            json.WriteNumber("epoch", it.epoch);
            json.WriteString("action", it.action);
            json.WriteString("msgId", it.id);
            if (it.mark is not null) json.WriteString("mark", it.mark);
        });

    /// <param name="session">What happened, whoever was told.</param>
    /// <param name="state">"ended", or "running" when the charger was switched off in the middle of it.</param>
    /// <param name="meterWh">The register at that moment.</param>
    internal void Session(ChargingSession session, string state, long meterWh, DateTimeOffset at) =>
        Write("session", (session, state, meterWh, at), static (json, it) =>
        {
            json.WriteString("station", it.session.Station);
            json.WriteString("protocol", it.session.Protocol.Subprotocol());
            json.WriteNumber("connector", it.session.Connector);
            json.WriteString("session", it.session.Key);
            json.WriteString("idTag", it.session.IdTag);
            json.WriteString("state", it.state);
            json.WriteString("startedAt", ChargerClock.Print(it.session.StartedAt));
            json.WriteString("endedAt", ChargerClock.Print(it.at));
            json.WriteNumber("meterStart", it.session.MeterStart);
            json.WriteNumber("meterStop", it.meterWh);
            json.WriteNumber("samples", it.session.Samples);
            Transaction(json, it.session);
        });

    public void Dispose()
    {
        lock (pen) file?.Dispose();
    }

    private static void Transaction(Utf8JsonWriter json, ChargingSession session)
    {
        json.WriteString("transactionId", session.TransactionId);
    }

    private void Write<T>(string kind, T what, Action<Utf8JsonWriter, T> members)
    {
        if (file is null) return;
        var bytes = line ??= new ArrayBufferWriter<byte>(512);
        var json = printer ??= new Utf8JsonWriter(bytes);
        bytes.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("kind", kind);
        json.WriteNumber("t", (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds);
        json.WriteString("wall", DateTime.UtcNow);
        members(json, what);
        json.WriteEndObject();
        json.Flush();
        bytes.Write("\n"u8);
        try
        {
            lock (pen) file.Write(bytes.WrittenSpan);
        }
        catch (IOException e)
        {
            throw new LedgerException(file.Name, e);
        }
    }
}
