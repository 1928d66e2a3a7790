using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Akka.Actor;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Gateway.Handshakes;
using Moovolt.Gateway.Sessions;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway;

/// <summary>
/// The door that chargers plug into: it lets them in, gives each socket a session, and knows every open one. It holds
/// no state that matters; a charger that loses its node plugs into another.
/// </summary>
public sealed class ChargerGateway : IDisposable
{
    // A network may cut a charger off now and then; one that comes back to it again and again does not answer pings.
    private const int DeadLinesOfAnybody = 3;
    private static readonly TimeSpan DeadLinesWindow = TimeSpan.FromMinutes(15);

    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012; // RFC 6455's registry, IANA

    private readonly ConcurrentDictionary<SocketPump, byte> open = new();
    private readonly GatewayParts parts;
    private readonly Doorkeeper doorkeeper;
    private readonly Observations observations;
    private readonly IActorRef sessions;
    private int connections;

    /// <param name="system">Where the sessions live.</param>
    /// <param name="member">What the sessions call this node when they register.</param>
    /// <param name="quirks">What is known of makes of chargers.</param>
    /// <param name="inquiries">Who answers what only somebody outside knows; null: nobody.</param>
    public ChargerGateway(
        ActorSystem system,
        GatewayMember member,
        GatewaySettings settings,
        QuirkProfiles quirks,
        Entities entities,
        Credentials credentials,
        Observations observations,
        VendorBook vendors,
        TimeProvider time,
        ILogger<ChargerGateway> logger,
        IInquiries? inquiries = null)
    {
        this.observations = observations;
        doorkeeper = new Doorkeeper(settings, quirks, Gate, Metrics, credentials, time, logger);
        parts = new GatewayParts(
            settings, member, Gate, quirks, entities, credentials, new Witness(observations, time, logger), vendors,
            new Inquirer(inquiries ?? new NobodyAnswers(), time), new Unanswered(settings.LetGoPerSecond, Gate, time, Random.Shared),
            doorkeeper.Flapping, new Recurrences(settings.AuthorizeMisses, settings.AuthorizeMissesWindow, time),
            new Recurrences(DeadLinesOfAnybody, DeadLinesWindow, time), Metrics, time, logger);
        sessions = system.ActorOf(Props.Create<SessionsActor>(parts), "sessions");
    }

    /// <summary>Lets new chargers in, or not: the node's to set.</summary>
    public GatewayGate Gate { get; } = new();

    public GatewayMetrics Metrics { get; } = new();

    /// <summary>How many chargers are connected to this node.</summary>
    public int Sessions => Volatile.Read(ref connections);

    /// <summary>Has counted what comes over the socket of this request; call it before anybody upgrades it.</summary>
    internal void Watch(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
            context.Features.Set<IHttpUpgradeFeature>(new WatchedUpgrade(upgrade, parts.Settings, parts.Time));
    }

    /// <summary>Serves one handshake, and the socket that comes of it until it is closed.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        try
        {
            switch (await AdmitAsync(context, target))
            {
                case Admission.Refused refused:
                    await RefuseAsync(context, target, refused);
                    break;
                case Admission.Admitted { Subprotocol: { } subprotocol } admitted:
                    NoteManners(context, target, admitted.Id);
                    if (TryTakePlace()) await ServeAsync(context, admitted, subprotocol);
                    else await RefuseAsync(context, target, doorkeeper.Full());
                    break;
                case Admission.Admitted admitted:
                    NoteManners(context, target, admitted.Id);
                    await SendAwayAsync(context, target);
                    break;
            }
        }
        catch (Exception gone) when (context.RequestAborted.IsCancellationRequested || SocketPump.IsOfThePeer(gone))
        {
            parts.Logger.LogDebug("A peer left during its handshake");
        }
        catch (Exception failure)
        {
            parts.Logger.LogError(failure, "A handshake could not be handled");
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>How many of the connected chargers have a running transaction, as far as is known here.</summary>
    public int Charging
    {
        get
        {
            var charging = 0;
            foreach (var (pump, _) in open) charging += pump.Charges ? 1 : 0; // Keys would copy them all
            return charging;
        }
    }

    /// <summary>
    /// Lets nobody in any more and closes the sockets with 1012, so that chargers come back at another node; those that
    /// charge are the last. Ends when there is none.
    /// </summary>
    /// <param name="perSecond">How many are closed each second: the others must take them.</param>
    /// <param name="cancellation">The node shall serve again, or waits no longer. The gate stays as it is.</param>
    public Task DrainAsync(int perSecond, CancellationToken cancellation)
    {
        Gate.State = GateState.Draining;
        return EvictionAt(perSecond).RunAsync(() => Sessions == 0 ? null : open.Keys, cancellation);
    }

    /// <summary>
    /// Closes some sockets with 1012, and lets everybody in meanwhile. They are chosen once, so that none is closed
    /// twice; a charger that charges is none of them.
    /// </summary>
    /// <returns>How many were closed: fewer when there are not as many that may be.</returns>
    public async Task<int> GiveUpAsync(int sockets, int perSecond, CancellationToken cancellation)
    {
        var chosen = Eviction<SocketPump>.InOrder(open.Keys.Where(pump => !pump.IsClosing && !pump.Charges), _ => false)
            .Take(sockets).ToList();
        var closed = 0;
        await EvictionAt(perSecond).RunAsync(
            () =>
            {
                closed += chosen.RemoveAll(pump => pump.IsClosing);
                chosen.RemoveAll(pump => pump.Charges);
                return chosen.Count == 0 ? null : chosen;
            },
            cancellation);
        return closed;
    }

    public void Dispose()
    {
        doorkeeper.Dispose();
        parts.Unanswered.Dispose();
        Metrics.Dispose();
    }

    private Eviction<SocketPump> EvictionAt(int perSecond) => new(
        parts.Time,
        perSecond,
        pump => pump.Charges,
        pump => pump.IsClosing,
        pump => pump.Close(ServiceRestart, "please reconnect: another node will take you"));

    private async Task<Admission> AdmitAsync(HttpContext context, string target)
    {
        try
        {
            return await doorkeeper.AdmitAsync(context, target, Sessions);
        }
        catch (Exception away) when (Credentials.IsAway(away))
        {
            return doorkeeper.Unknowing(away.Message);
        }
    }

    // Those that were let in together, while there was one place, must not all have it.
    private bool TryTakePlace()
    {
        if (Interlocked.Increment(ref connections) <= parts.Settings.MaxConnections) return true;
        Interlocked.Decrement(ref connections);
        return false;
    }

    private async Task ServeAsync(HttpContext context, Admission.Admitted admitted, Subprotocol subprotocol)
    {
        try
        {
            await ServeInPlaceAsync(context, admitted, subprotocol);
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }

    private async Task ServeInPlaceAsync(HttpContext context, Admission.Admitted admitted, Subprotocol subprotocol)
    {
        var compression = parts.Settings.Compression.Contains(subprotocol.Dialect.Subprotocol)
            ? Compression.Choose(context.Request.Headers.SecWebSocketExtensions)
            : null;

        // Before it is told that it is in: from now on no node lets it in at a lower profile.
        if (admitted.Raises) await parts.Credentials.RaiseAsync(admitted.Id, admitted.SecurityProfile, CancellationToken.None);

        using var pump = await AcceptAsync(context, subprotocol.Echo, admitted.Manner, compression);
        var remote = $"{AddressOf(context)}";
        var who = new Who(
            admitted.Id, subprotocol.Dialect, remote, admitted.CredentialVersion, admitted.Manner, admitted.Rotation,
            admitted.SecurityProfile, admitted.CertificateName, admitted.CertificateExpiredAt);
        if (who.CertificateExpiredAt is { } expired) parts.Witness.Renewing(who, expired);

        parts.Metrics.Upgrade("accepted");
        parts.Metrics.Connected(who.Dialect.Subprotocol, compression is not null);
        open.TryAdd(pump, 0);
        var reason = "the connection was lost";
        IActorRef session = ActorRefs.Nobody;
        try
        {
            session = await sessions.Ask<IActorRef>(new SessionsActor.Open(who, pump), parts.Settings.AnswerPatience);
            parts.Logger.LogInformation("{ChargePoint} is connected from {RemoteAddress}, {Protocol}", who.Id, remote, who.Dialect.Subprotocol);
            reason = await pump.RunAsync(session.Tell);
            if (pump.MissedAPong) NoteDeadLine(who.Id, pump);
        }
        finally
        {
            session.Tell(new SessionActor.Ended(reason));
            open.TryRemove(pump, out _);
            parts.Metrics.Disconnected(who.Dialect.Subprotocol, compression is not null);
            parts.Logger.LogInformation("{ChargePoint} is disconnected: {Reason}", who.Id, reason);
        }
    }

    // OCPP-J 1.6, 3.3: the handshake is completed without a subprotocol and the connection closed at once.
    private async Task SendAwayAsync(HttpContext context, string target)
    {
        var why = Subprotocol.WhyNone(context.Request.Headers.SecWebSocketProtocol);
        Note(context, target, Doorkeeper.NoCommonSubprotocol, why, StatusCodes.Status101SwitchingProtocols);
        using var pump = await AcceptAsync(context, null, Manner.Usual, null);
        pump.Close(WebSocketCloseStatus.ProtocolError, "no common subprotocol");
        await pump.RunAsync(_ => { });
    }

    private async Task<SocketPump> AcceptAsync(
        HttpContext context, string? subprotocol, Manner manner, Compression? compression)
    {
        if (compression is not null) context.Request.Headers.SecWebSocketExtensions = compression.Offer;
        var timeout = manner.Has(Tolerances.NoPings) ? TimeSpan.Zero : parts.Settings.PingTimeout;
        var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = subprotocol,
            KeepAliveInterval = parts.Settings.PingInterval,
            KeepAliveTimeout = timeout > TimeSpan.Zero ? timeout : Timeout.InfiniteTimeSpan,
            // Dangerous to those who compress secrets beside what others chose: no such frame is compressed (Redaction.MayHoldSecret).
            DangerousEnableCompression = compression is not null,
            DisableServerContextTakeover = true,
            ServerMaxWindowBits = compression?.ServerWindowBits ?? Compression.MostWindowBits,
        });
        var wire = (context.Features.Get<IHttpUpgradeFeature>() as WatchedUpgrade)?.Stream;
        return new SocketPump(
            socket, wire, compression is not null, parts.Settings, parts.Metrics, parts.Time, context.Abort,
            context.RequestAborted);
    }

    // Of who has proven who it is: a stranger may not speak ill of a charger.
    private void NoteManners(HttpContext context, string target, ChargePointId id)
    {
        var offered = context.Request.Headers.SecWebSocketProtocol;
        if (Subprotocol.Printable(offered) is null)
            parts.Witness.Deviated(id, RuleBook.NoSubprotocol, "The handshake has no Sec-WebSocket-Protocol.");
        if (ChargerPath.HasStraySlash(target))
            parts.Witness.Deviated(id, RuleBook.StraySlash, $"It connects to {ChargerPath.Printable(target)}");
    }

    // A line that is dead answers no ping either, and is no fault of the charger's.
    private void NoteDeadLine(ChargePointId id, SocketPump pump)
    {
        var often = parts.DeadLines.Saw(id) != Recurrence.Usual;
        if (often || pump.WasHeardSincePing)
            parts.Witness.Deviated(id, RuleBook.PingUnanswered, "No pong came, and the connection was cut.");
    }

    private void Note(HttpContext context, string target, string code, string reason, int status)
    {
        parts.Metrics.Upgrade(code);
        var remote = $"{AddressOf(context)}";
        var identity = ChargerPath.TryRead(target, out var id) ? id.Value : ChargerPath.Printable(target);
        observations.Attempt(new Observed.Attempt(
            identity, remote, code, reason, Subprotocol.Printable(context.Request.Headers.SecWebSocketProtocol), status,
            parts.Time.GetUtcNow()));
        parts.Logger.LogDebug("{Identity} from {RemoteAddress} is refused: {Reason}", identity, remote, reason);
    }

    private static IPAddress? AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    private Task RefuseAsync(HttpContext context, string target, Admission.Refused refused)
    {
        Note(context, target, refused.Code, refused.Reason, refused.Status);
        var response = context.Response;
        response.StatusCode = refused.Status;
        response.ContentType = "text/plain; charset=utf-8";
        if (refused.RetryAfter is { } seconds) response.Headers.RetryAfter = $"{seconds}";
        if (refused.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Basic realm=\"ocpp\", charset=\"UTF-8\"";
        if (refused.Status is StatusCodes.Status426UpgradeRequired or StatusCodes.Status400BadRequest)
        {
            response.Headers.Upgrade = "websocket";
            response.Headers.Connection = HeaderNames.Upgrade;
            response.Headers.SecWebSocketVersion = "13";
        }

        return response.WriteAsync($"{refused.Said ?? refused.Reason}\n", context.RequestAborted);
    }
}
