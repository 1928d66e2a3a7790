using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Gateway.Handshakes;
using Moovolt.Gateway.Sessions;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Vendors;
using Moovolt.Rig;

namespace Moovolt.Gateway.Tests;

/// <summary>Sessions without sockets, in virtual time: an hour of it passes when the test says so, and at once.</summary>
internal sealed class VirtualGateway : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SqliteDatabase nowhere = new("never-opened.db");
    private readonly FakeTimeProvider clock = new(Noon);
    private readonly GatewayParts parts;

    /// <param name="entities">Whom the sessions speak with.</param>
    /// <param name="overrides">What differs from hocon/gateway.conf.</param>
    public VirtualGateway(Func<ActorSystem, Entities> entities, string hocon = "", string overrides = "")
    {
        System = ActorSystem.Create("virtual", $$"""
            akka { loglevel = ERROR, stdout-loglevel = ERROR, log-dead-letters = off }
            akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
            {{hocon}}
            """);
        var settings = GatewayRig.SettingsFrom(overrides);
        parts = new GatewayParts(
            settings, new GatewayMember("akka://moovolt@here:1", 7), Gate, QuirkProfiles.Nobody, entities(System),
            new Credentials(nowhere, clock),
            new Witness(
                new Observations(nowhere, ObservationLimits.Usual, clock, NullLogger<Observations>.Instance), clock, NullLogger.Instance),
            new VendorBook(new VendorTable(nowhere, clock), clock, NullLogger<VendorBook>.Instance),
            new Inquirer(new NobodyAnswers(), clock), new Unanswered(settings.LetGoPerSecond, Gate, clock, Random.Shared),
            new Flapping(settings, clock), new Recurrences(100, TimeSpan.FromMinutes(1), clock),
            new Recurrences(100, TimeSpan.FromMinutes(1), clock), Metrics, clock, NullLogger.Instance);
    }

    public ActorSystem System { get; }
    public GatewayGate Gate { get; } = new();
    public GatewayMetrics Metrics { get; } = new();
    public TimeSpan Now => clock.GetUtcNow() - Noon;

    /// <summary>How many sessions hold a transaction message.</summary>
    public int Holding => parts.Unanswered.Count;

    public VirtualCharger Connect(string identity, Dialect? dialect = null)
    {
        var socket = new VirtualSocket();
        var pump = new SocketPump(
            socket, null, false, parts.Settings, Metrics, clock, () => { }, CancellationToken.None);
        var who = new Who(
            new ChargePointId(identity), dialect ?? Dialect.V16, "127.0.0.1", 0, Manner.Usual, null, 0, null);
        var session = System.ActorOf(Props.Create<SessionActor>(who, pump, parts));
        return new VirtualCharger(session, socket);
    }

    /// <summary>Lets time pass, and has everybody do what is due before more of it does.</summary>
    public async Task PassAsync(double seconds)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Step)
        {
            clock.Advance(Step);
            ((TestScheduler)System.Scheduler).Advance(Step);
            await SettleAsync();
        }
    }

    /// <summary>Lets time pass until something is so.</summary>
    /// <param name="within">Seconds of virtual time.</param>
    public async Task PassUntilAsync(Func<bool> condition, double within)
    {
        for (var end = Now + TimeSpan.FromSeconds(within); !condition(); await PassAsync(Step.TotalSeconds))
            if (Now > end) throw new TimeoutException($"It did not come to be within {within} virtual seconds.");
    }

    /// <summary>Waits, in real time, for what needs no virtual time to pass.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        if (!await Eventually.Is(condition, Patience)) throw new TimeoutException("It did not come to be.");
    }

    // Until the actors have nothing to do, as far as that can be seen: their work is the thread pool's.
    private static async Task SettleAsync()
    {
        for (var looks = 0; looks < 500; looks++)
        {
            await Task.Delay(1);
            if (ThreadPool.PendingWorkItemCount == 0) return;
        }
    }

    public void Dispose()
    {
        System.Terminate().Wait(Patience);
        parts.Unanswered.Dispose();
        Metrics.Dispose();
    }
}

/// <summary>A charger whose every word is heard at once.</summary>
internal sealed class VirtualCharger(IActorRef session, VirtualSocket socket)
{
    public IActorRef Session => session;
    public VirtualSocket Socket => socket;

    /// <summary>Frames that were of an exchange before.</summary>
    public int Skip { get; init; }

    /// <summary>Our close frame's code; null while it is open.</summary>
    public int? Closed => socket.Closed;

    /// <summary>All that we said, in order.</summary>
    public IReadOnlyList<JsonElement> Frames => [.. socket.Written.Skip(Skip).Select(text => JsonElement.Parse(text))];

    public IReadOnlyList<JsonElement> AnswersTo(string id) =>
        [.. Frames.Where(frame => frame[0].GetInt32() is 3 or 4 && frame[1].GetString() == id)];

    public void Call(string id, string action, string payload) => Say($"[2,\"{id}\",\"{action}\",{payload}]");

    public void Say(string frame) => session.Tell(Encoding.UTF8.GetBytes(frame));
}

/// <summary>The writing half of a WebSocket, kept in memory.</summary>
internal sealed class VirtualSocket : WebSocket
{
    private readonly ConcurrentQueue<string> written = new();
    private volatile StrongBox? closed;

    public IReadOnlyCollection<string> Written => written;
    public int? Closed => closed?.Code;
    public override WebSocketCloseStatus? CloseStatus => null;
    public override string? CloseStatusDescription => null;
    public override WebSocketState State => closed is null ? WebSocketState.Open : WebSocketState.Closed;
    public override string? SubProtocol => null;

    public override void Abort() => closed ??= new StrongBox(0);

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        closed ??= new StrongBox((int)closeStatus);
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException("What a charger says is told to its session.");

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        written.Enqueue(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }

    private sealed record StrongBox(int Code);
}
