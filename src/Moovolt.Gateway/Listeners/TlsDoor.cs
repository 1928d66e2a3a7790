using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway.Listeners;

/// <summary>
/// What stands before HTTP at a TLS listener: it bounds the handshakes that are under way, reads what the peer can do,
/// picks the certificate, and puts on record why a handshake came to nothing.
/// </summary>
internal sealed class TlsDoor(
    TlsListener listener,
    ServerCertificates certificates,
    GatewaySettings settings,
    HandshakeBudget budget,
    GatewayMetrics metrics,
    Observations observations,
    TimeProvider time,
    ILogger logger)
{
    private readonly ListenedAt here = ListenedAt.Of(listener);

    private readonly CipherSuitesPolicy? suites =
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? new CipherSuitesPolicy(settings.Listening.Suites) : null;

    /// <summary>Puts it before what the endpoint serves.</summary>
    public void Guard(ListenOptions endpoint)
    {
        endpoint.Protocols = HttpProtocols.Http1;
        endpoint.Use(next => connection => LetInAsync(connection, next));
        endpoint.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = settings.HandshakeTimeout,
            OnConnection = context => ValueTask.FromResult(Options(context.Connection.Features.Get<Handshake>())),
        });
        endpoint.Use(next => connection =>
        {
            connection.Features.Get<Handshake>()?.Done();
            return next(connection);
        });
    }

    private async Task LetInAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var source = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        using var place = budget.TryEnter(source);
        if (place is null)
        {
            metrics.LimitHit("tls-handshakes");
            connection.Abort(new ConnectionAbortedException("Too many handshakes are under way."));
            return;
        }

        var handshake = new Handshake(place);
        if (!await ReadAsync(connection, handshake)) return;
        connection.Features.Set(handshake);
        connection.Features.Set(here);
        await next(connection);
        if (!handshake.IsDone) NoteFailed(source, handshake.Hello);
    }

    // What is read here is not consumed: the handshake proper begins with the same bytes.
    private async Task<bool> ReadAsync(ConnectionContext connection, Handshake handshake)
    {
        var input = connection.Transport.Input;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        late.CancelAfter(settings.HandshakeTimeout);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(late.Token);
                var whole = ClientHello.TryRead(read.Buffer, out var hello);
                input.AdvanceTo(read.Buffer.Start, whole ? read.Buffer.Start : read.Buffer.End);
                handshake.Hello = hello;
                if (whole) return true;
                if (read.IsCompleted) return false;
            }
        }
        catch (OperationCanceledException)
        {
            if (!connection.ConnectionClosed.IsCancellationRequested) metrics.LimitHit("tls-handshake-timeout");
            connection.Abort(new ConnectionAbortedException("The handshake did not begin in time."));
            return false;
        }
        catch (IOException)
        {
            return false; // the peer is gone
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "The doorkeeper checks it, when it knows whose it must be.")]
    private SslServerAuthenticationOptions Options(Handshake? handshake) => new()
    {
        ServerCertificateContext = certificates.For(handshake?.Hello),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CipherSuitesPolicy = suites,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        AllowRenegotiation = false,
        ClientCertificateRequired = here.TakesCertificates,
        AllowTlsResume = !here.TakesCertificates,
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
        CertificateChainPolicy = new X509ChainPolicy
        {
            // A stranger's certificate may name addresses to fetch its issuers from.
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        },
    };

    private void NoteFailed(IPAddress source, ClientHello? hello)
    {
        var (code, reason) = hello switch
        {
            null => ("no-tls", "What came was no TLS handshake."),
            { IsNewEnough: false } => ("invalid-tls-version", "It speaks no TLS later than 1.1 (InvalidTLSVersion)."),
            _ when !hello.Offers(settings.Listening.Suites) =>
                ("invalid-tls-cipher-suite", "It offers no cipher suite that we use (InvalidTLSCipherSuite)."),
            _ => ("tls-handshake-failed", "It broke the handshake off, or did not come to its end in time; perhaps it does not "
                + "trust our certificate (InvalidCentralSystemCertificate)."),
        };
        metrics.Upgrade(code);
        observations.Attempt(new Observed.Attempt(
            Unnamed, $"{(source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source)}", code, reason, null, 0, time.GetUtcNow()));
        logger.LogDebug("A TLS handshake from {RemoteAddress} at {Listener} failed: {Reason}", source, listener.Name, reason);
    }

    /// <summary>A peer says who it is only after the handshake.</summary>
    private const string Unnamed = "(TLS)";

    private sealed class Handshake(HandshakeBudget.Place place)
    {
        public ClientHello? Hello { get; set; }

        public bool IsDone { get; private set; }

        public void Done()
        {
            IsDone = true;
            place.Dispose();
        }
    }
}
