using System.Collections.Immutable;
using System.Net.Security;
using Akka.Configuration;

namespace Moovolt.Gateway.Listeners;

/// <summary>Which chargers are let in at the addresses of MOOVOLT_URLS, which have no TLS.</summary>
public enum AtUrls
{
    /// <summary>Those that prove themselves by a password: profile 1 (and profile 0, in dev mode).</summary>
    Password,

    /// <summary>The same, but TLS ends in a proxy in front of us, which lets nothing through that has none: profile 2.</summary>
    TlsInFront,

    /// <summary>None: operators only.</summary>
    Nobody,
}

/// <summary>A certificate and its key, PEM both; those that issued it may follow it in its file.</summary>
public sealed record CertificateFiles(string Certificate, string Key);

/// <summary>
/// A place where chargers, and nobody else, connect without TLS: for a balancer or an ingress, which must not open the
/// operators' side to whoever reaches it.
/// </summary>
/// <param name="Name">As in the configuration.</param>
/// <param name="Url">An address to bind, with scheme http.</param>
/// <param name="Profile">The profile of who says a password there: 1, or 2 when TLS ends in front of us.</param>
public sealed record PlainListener(string Name, Uri Url, int Profile);

/// <summary>A place where chargers connect with TLS, beside MOOVOLT_URLS.</summary>
/// <param name="Name">As in the configuration.</param>
/// <param name="Url">An address to bind, with scheme https.</param>
/// <param name="Profiles">Which security profiles are let in: 2, 3, or both.</param>
/// <param name="Operators">Whether the API is served there too.</param>
/// <param name="Ecdsa">P-256; null for none.</param>
/// <param name="Rsa">2048 bits; null for none.</param>
public sealed record TlsListener(
    string Name, Uri Url, ImmutableArray<int> Profiles, bool Operators, CertificateFiles? Ecdsa, CertificateFiles? Rsa);

/// <summary>What a charger's certificate must be like (OCPP 1.6 security whitepaper, A00.FR.402 to .408).</summary>
/// <param name="Roots">PEM files: whom we trust to issue them, and who issues in their name.</param>
/// <param name="Organizations">Of which the subject's O must contain one; empty: it is not looked at.</param>
/// <param name="RevocationLists">Files, PEM or DER, with what was taken back.</param>
public sealed record ClientCertificateSettings(
    ImmutableArray<string> Roots, ImmutableArray<string> Organizations, ImmutableArray<string> RevocationLists);

/// <summary>Where chargers connect; defaults, units and reasons are in hocon/gateway.conf.</summary>
public sealed record ListeningSettings
{
    private const int ServerAuthentication = 2;
    private const int ClientAuthentication = 3;

    public required AtUrls AtUrls { get; init; }
    public required ImmutableArray<TlsListener> Listeners { get; init; }
    public required ImmutableArray<PlainListener> Plain { get; init; }
    public required ImmutableArray<TlsCipherSuite> Suites { get; init; }
    public required int Handshakes { get; init; }
    public required int HandshakesPerAddress { get; init; }
    public required TimeSpan ReloadEvery { get; init; }
    public required TimeSpan WarnBefore { get; init; }
    public required ClientCertificateSettings ClientCertificates { get; init; }

    /// <summary>Reads it from <c>moovolt.gateway</c>.</summary>
    /// <exception cref="ConfigurationException">A value is missing or makes no sense; the message says which and why.</exception>
    internal static ListeningSettings From(Section gateway)
    {
        var tls = gateway.In("tls");
        var clients = gateway.In("client-certificates");
        var listeners = gateway.Names("listeners").ToLookup(name => IsPlain(gateway.In("listeners").In(name)));
        var settings = new ListeningSettings
        {
            AtUrls = gateway.Text("at-urls") switch
            {
                "password" => AtUrls.Password,
                "tls-in-front" => AtUrls.TlsInFront,
                "nobody" => AtUrls.Nobody,
                var word => throw new ConfigurationException(
                    $"moovolt.gateway.at-urls is \"{word}\": it must be password, tls-in-front or nobody."),
            },
            Listeners = [.. listeners[false].Select(name => Listener(name, gateway.In("listeners").In(name)))],
            Plain = [.. listeners[true].Select(name => WithoutTls(name, gateway.In("listeners").In(name)))],
            Suites = [.. tls.Texts("suites").Select(Suite)],
            Handshakes = tls.Count("handshakes", atLeast: 1),
            HandshakesPerAddress = tls.Count("handshakes-per-address", atLeast: 1),
            ReloadEvery = tls.Time("reload-every"),
            WarnBefore = tls.Time("warn-before"),
            ClientCertificates = new ClientCertificateSettings(
                clients.Texts("roots"), clients.Texts("organizations"), clients.Texts("revocation-lists")),
        };
        return settings.Listeners.FirstOrDefault(listener => listener.Profiles.Contains(ClientAuthentication)) is { } needy
            && settings.ClientCertificates.Roots.IsEmpty
                ? throw new ConfigurationException(
                    $"moovolt.gateway.listeners.{needy.Name} serves profile 3: moovolt.gateway.client-certificates.roots must "
                    + "say whose certificates are trusted.")
                : settings;
    }

    private static bool IsPlain(Section section) =>
        Uri.TryCreate(section.Text("url"), UriKind.Absolute, out var url) && url.Scheme == "http";

    private static PlainListener WithoutTls(string name, Section section)
    {
        var where = $"moovolt.gateway.listeners.{name}";
        if (section.Texts("profiles") is not [("1" or "2") and var profile])
            throw new ConfigurationException(
                $"{where}.profiles must be [1], or [2] where TLS ends in front of it: its url has no TLS.");
        if (section.Text("operators") is not null && section.Switch("operators"))
            throw new ConfigurationException($"{where} is for chargers only: operators come at MOOVOLT_URLS.");
        return new PlainListener(name, new Uri(section.Text("url") ?? ""), profile == "1" ? 1 : ServerAuthentication);
    }

    private static TlsListener Listener(string name, Section section)
    {
        var where = $"moovolt.gateway.listeners.{name}";
        if (!Uri.TryCreate(section.Text("url"), UriKind.Absolute, out var url) || url.Scheme != "https")
            throw new ConfigurationException(
                $"{where}.url must be an address such as https://0.0.0.0:5443, or http://0.0.0.0:5090 without TLS.");

        var profiles = section.Texts("profiles");
        if (profiles.IsEmpty || profiles.Any(profile => profile is not ("2" or "3")))
            throw new ConfigurationException($"{where}.profiles must be [2], [3] or [2, 3].");

        var (ecdsa, rsa) = (Files("ecdsa"), Files("rsa"));
        if (ecdsa is null && rsa is null)
            throw new ConfigurationException($"{where} needs a certificate: ecdsa {{ certificate, key }}, rsa {{ … }}, or both.");
        return new TlsListener(
            name, url, [.. profiles.Select(profile => profile == "2" ? ServerAuthentication : ClientAuthentication)],
            section.Text("operators") is not null && section.Switch("operators"), ecdsa, rsa);

        CertificateFiles? Files(string kind) => (section.In(kind).Text("certificate"), section.In(kind).Text("key")) switch
        {
            (null, null) => null,
            ({ } certificate, { } key) => new CertificateFiles(certificate, key),
            _ => throw new ConfigurationException($"{where}.{kind} needs both a certificate and a key."),
        };
    }

    private static TlsCipherSuite Suite(string name) => Enum.TryParse<TlsCipherSuite>(name, out var suite) && !int.TryParse(name, out _)
        ? suite
        : throw new ConfigurationException(
            $"moovolt.gateway.tls.suites names \"{name}\"; names are IANA's, such as TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256.");
}
