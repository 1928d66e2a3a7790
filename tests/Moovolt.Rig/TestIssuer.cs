using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moovolt.Rig;

/// <summary>An issuer of a test's own, and the files that a gateway reads. Nothing of it outlives the test.</summary>
public sealed class TestIssuer : IDisposable
{
    public const string Organization = "Moovolt Test";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly string directory = Directory.CreateTempSubdirectory("moovolt-tls-").FullName;
    private readonly X509Certificate2 issuer = Issuer("Moovolt test root");

    public TestIssuer()
    {
        File.WriteAllText(PathOf("root.pem"), issuer.ExportCertificatePem());
        WriteServer(ecdsa: true);
        WriteServer(ecdsa: false);
    }

    /// <summary>The configuration of a listener with both certificates, below moovolt.gateway.</summary>
    /// <param name="port">0 for any that is free.</param>
    public string Listener(string name, string profiles, int port = 0, string kinds = "ecdsa rsa") => $$"""
        listeners.{{name}} { url = "https://127.0.0.1:{{port}}", profiles = [{{profiles}}] }
        {{string.Join('\n', kinds.Split(' ').Select(kind =>
            $"listeners.{name}.{kind} {{ certificate = \"{PathOf($"{kind}.pem")}\", key = \"{PathOf($"{kind}.key")}\" }}"))}}
        client-certificates { roots = ["{{PathOf("root.pem")}}"], organizations = ["{{Organization}}"] }
        """;

    /// <summary>Whether this issuer has issued it, as far as a name says so: enough for a client in a test.</summary>
    public bool Issued(X509Certificate? certificate) => certificate?.Issuer == issuer.Subject;

    /// <summary>Writes a certificate and its key, for clients that read files.</summary>
    /// <returns>The paths of both.</returns>
    public (string Certificate, string Key) Write(X509Certificate2 certificate, string name)
    {
        File.WriteAllText(PathOf($"{name}.key"), KeyOf(certificate));
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ExportCertificatePem());
        return (PathOf($"{name}.pem"), PathOf($"{name}.key"));
    }

    public string PathOf(string file) => Path.Combine(directory, file);

    /// <summary>How a client that trusts this issuer comes.</summary>
    public SslClientAuthenticationOptions Client(
        X509Certificate2? shows = null, SslProtocols protocols = SslProtocols.None, params TlsCipherSuite[] suites) => new()
        {
            TargetHost = "csms.example",
            EnabledSslProtocols = protocols,
            CipherSuitesPolicy = suites is [] || OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(suites),
            ClientCertificates = shows is null ? null : [shows],
            LocalCertificateSelectionCallback = shows is null ? null : (_, _, _, _, _) => shows,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { issuer },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };

    /// <summary>Writes a new certificate for the listener, and its key.</summary>
    public X509Certificate2 WriteServer(bool ecdsa, string name = "csms.example", DateTimeOffset? until = null)
    {
        var made = Leaf(name, ecdsa ? 0 : 2048, purpose: Server, until: until);
        Write(made, ecdsa ? "ecdsa" : "rsa");
        return made;
    }

    /// <summary>A certificate for a charger.</summary>
    /// <param name="rsa">The size of its RSA key; 0 for ECDSA on P-256.</param>
    /// <param name="by">Who issues it; null for this issuer.</param>
    public X509Certificate2 Leaf(
        string name,
        int rsa = 0,
        string organization = Organization,
        string purpose = ForClients,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        X509Certificate2? by = null)
    {
        using AsymmetricAlgorithm key = rsa > 0 ? RSA.Create(rsa) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        subject.AddOrganizationName(organization);
        var request = key is RSA pair
            ? new CertificateRequest(subject.Build(), pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject.Build(), (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("csms.example");
        names.AddIpAddress(IPAddress.Loopback);
        if (purpose == Server) request.CertificateExtensions.Add(names.Build());

        using var signed = request.Create(
            (by ?? issuer).SubjectName,
            X509SignatureGenerator.CreateForECDsa((by ?? issuer).GetECDsaPrivateKey()!), // made below, with one
            from ?? Now.AddDays(-1),
            until ?? Now.AddDays(300),
            RandomNumberGenerator.GetBytes(12));
        return key is RSA owned ? signed.CopyWithPrivateKey(owned) : signed.CopyWithPrivateKey((ECDsa)key);
    }

    /// <summary>The certificate that a charger asked for (RFC 2986, in PEM), without its key.</summary>
    public X509Certificate2 Sign(string csr)
    {
        var request = CertificateRequest.LoadSigningRequestPem(csr, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ForClients)], false));
        return request.Create(
            issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!), // made below, with one
            Now.AddDays(-1),
            Now.AddDays(300),
            RandomNumberGenerator.GetBytes(12));
    }

    /// <summary>Writes what this issuer took back.</summary>
    public string Revoke(X509Certificate2 certificate)
    {
        var list = new CertificateRevocationListBuilder();
        list.AddEntry(certificate);
        var der = list.Build(
            issuer, 1, Now.AddDays(30), HashAlgorithmName.SHA256);
        File.WriteAllText(PathOf("revoked.pem"), PemEncoding.WriteString("X509 CRL", der));
        return PathOf("revoked.pem");
    }

    public static X509Certificate2 Issuer(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    public const string Server = "1.3.6.1.5.5.7.3.1";

    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    public void Dispose()
    {
        issuer.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static string KeyOf(X509Certificate2 certificate) =>
        certificate.GetRSAPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(); // one or the other
}
