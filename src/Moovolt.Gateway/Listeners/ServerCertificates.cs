using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;
using Microsoft.Extensions.Logging;

namespace Moovolt.Gateway.Listeners;

/// <summary>
/// The certificates that a listener shows, by what the peer can check: OCPP demands suites that need two of them (1.6
/// security whitepaper, A00.FR.317). They are read again when their files change; sockets that are open stay open.
/// </summary>
internal sealed class ServerCertificates
{
    private readonly TlsListener listener;
    private readonly ListeningSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Slot? ecdsa;
    private readonly Slot? rsa;

    /// <exception cref="ConfigurationException">A pair cannot be used; the message says which and why.</exception>
    public ServerCertificates(TlsListener listener, ListeningSettings settings, TimeProvider time, ILogger logger)
    {
        (this.listener, this.settings, this.time, this.logger) = (listener, settings, time, logger);
        (ecdsa, rsa) = (Open(listener.Ecdsa, KeyAlgorithm.Ecdsa), Open(listener.Rsa, KeyAlgorithm.Rsa));
    }

    private enum KeyAlgorithm
    {
        Ecdsa,
        Rsa,
    }

    /// <param name="hello">What the peer said; null when it could not be read.</param>
    public SslStreamCertificateContext For(ClientHello? hello)
    {
        var chosen = hello?.TakesEcdsa(settings.Suites) == true ? ecdsa ?? rsa : rsa ?? ecdsa;
        return chosen!.Context; // a listener has one of them at least
    }

    /// <summary>Reads what has changed. A pair that cannot be used is logged, and the old one stays.</summary>
    public void Renew()
    {
        foreach (var slot in new[] { ecdsa, rsa })
        {
            if (slot is not null) Renew(slot);
        }
    }

    private Slot? Open(CertificateFiles? files, KeyAlgorithm kind)
    {
        if (files is null) return null;
        try
        {
            var slot = new Slot(files, kind) { Seen = Read(files) };
            slot.Context = Load(slot.Seen, kind);
            Warn(slot);
            return slot;
        }
        catch (Exception unusable) when (IsUnusable(unusable))
        {
            throw new ConfigurationException(
                $"moovolt.gateway.listeners.{listener.Name}: {files.Certificate} and {files.Key} cannot be used: {unusable.Message}");
        }
    }

    // Certificate and key are two files: while one is new and the other is not, they do not fit, and the old pair stays
    // until the next look.
    private void Renew(Slot slot)
    {
        try
        {
            var now = Read(slot.Files);
            if (now == slot.Seen || now == slot.Refused) return;
            if (now != slot.Changing)
            {
                slot.Changing = now; // somebody is writing perhaps: what is the same at the next look is whole
                return;
            }

            slot.Refused = now;
            slot.Context = Load(now, slot.Kind);
            (slot.Seen, slot.Refused) = (now, null);
            logger.LogInformation("Listener {Listener} shows a new certificate: {File}", listener.Name, slot.Files.Certificate);
            Warn(slot);
        }
        catch (Exception unusable) when (IsUnusable(unusable))
        {
            logger.LogError(
                "Listener {Listener} keeps its certificate, for the new one in {File} cannot be used: {Reason}",
                listener.Name, slot.Files.Certificate, unusable.Message);
        }
    }

    private static (string Certificate, string Key) Read(CertificateFiles files) =>
        (File.ReadAllText(files.Certificate), File.ReadAllText(files.Key));

    private static SslStreamCertificateContext Load((string Certificate, string Key) pem, KeyAlgorithm kind)
    {
        var leaf = X509Certificate2.CreateFromPem(pem.Certificate, pem.Key);
        using var key = kind == KeyAlgorithm.Rsa ? leaf.GetRSAPublicKey() : (AsymmetricAlgorithm?)leaf.GetECDsaPublicKey();
        if (key is null) throw new CryptographicException($"its key is not {(kind == KeyAlgorithm.Rsa ? "RSA" : "ECDSA")}.");

        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem.Certificate);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    // What is wrong with a certificate that works all the same.
    private void Warn(Slot slot)
    {
        var certificate = slot.Context.TargetCertificate;
        foreach (var doubt in CertificateDoubts.Of(certificate, settings.WarnBefore, time.GetUtcNow()))
            logger.LogWarning("Listener {Listener}, {File}: {Doubt}", listener.Name, slot.Files.Certificate, doubt);
    }

    private static bool IsUnusable(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private sealed class Slot(CertificateFiles files, KeyAlgorithm kind)
    {
        private volatile SslStreamCertificateContext context = null!; // set before anybody is given the slot

        public CertificateFiles Files => files;
        public KeyAlgorithm Kind => kind;

        public SslStreamCertificateContext Context { get => context; set => context = value; }

        /// <summary>What is in use.</summary>
        public (string Certificate, string Key) Seen { get; set; }

        /// <summary>What was there at the last look and was new.</summary>
        public (string Certificate, string Key)? Changing { get; set; }

        /// <summary>What could not be used, and was said once.</summary>
        public (string Certificate, string Key)? Refused { get; set; }
    }
}
