using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Node.Inquiries;

namespace Moovolt.Node.Signing;

/// <summary>
/// Signs what chargers ask to be signed, for development and closed networks: a key in a file, a root that it signed
/// itself, no revocation. The whitepaper would have a central system not sign itself (A02.FR.04).
/// The same request always gets the same certificate, byte for byte: its serial number and its times follow from the
/// request, and the signature (RSA, PKCS #1 v1.5) from them. So whoever asks twice, and whoever crashes in between,
/// never brings two certificates into the world.
/// </summary>
internal sealed class DevelopmentAuthority : IDisposable
{
    public static readonly TimeSpan RootValidity = TimeSpan.FromDays(3650);

    private const int KeySize = 2048; // more is more than chargers need take (OCPP-J 1.6, 6.2.1)
    private const int SerialLength = 16;
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // The clocks of chargers: one that is behind must not think its certificate is of tomorrow.
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    private readonly RSA key;
    private readonly X509Certificate2 root;
    private readonly AuthoritySettings settings;

    private DevelopmentAuthority(RSA key, X509Certificate2 root, AuthoritySettings settings) =>
        (this.key, this.root, this.settings) = (key, root, settings);

    /// <summary>The root, in PEM: who trusts it trusts what is signed here.</summary>
    public string Root => root.ExportCertificatePem();

    /// <summary>
    /// An answer of RFC 6960 that a certificate is good, as all are that it signed; null for one that another has signed.
    /// </summary>
    public byte[]? SayGood(CertificateName name, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        var algorithm = name.HashAlgorithm switch
        {
            "SHA384" => HashAlgorithmName.SHA384,
            "SHA512" => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        return IsHash(name.IssuerNameHash, root.SubjectName.RawData) && IsHash(name.IssuerKeyHash, root.GetPublicKey())
            ? Ocsp.Good(name, root.SubjectName.RawData, key, now, nextUpdate)
            : null;

        bool IsHash(string said, byte[] of) => said.Equals(
            Convert.ToHexString(CryptographicOperations.HashData(algorithm, of)), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How long a certificate is good.</summary>
    public TimeSpan Validity => settings.Validity;

    /// <summary>Reads key and root, or makes both when neither is there. The key is for nobody else to read.</summary>
    /// <exception cref="SettingException">One of the two is missing, or they do not belong together.</exception>
    public static DevelopmentAuthority Open(AuthoritySettings settings, DateTimeOffset now)
    {
        if (!File.Exists(settings.KeyFile) && !File.Exists(settings.CertificateFile)) Make(settings, now);
        if (!File.Exists(settings.KeyFile) || !File.Exists(settings.CertificateFile))
        {
            throw new SettingException(
                $"One of {settings.KeyFile} and {settings.CertificateFile} is missing: there are both, or none.");
        }

        var key = RSA.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(settings.KeyFile));
            var root = X509Certificate2.CreateFromPem(File.ReadAllText(settings.CertificateFile));
            using var certified = root.GetRSAPublicKey();
            if (certified?.ExportSubjectPublicKeyInfo().SequenceEqual(key.ExportSubjectPublicKeyInfo()) != true)
                throw new SettingException($"{settings.CertificateFile} is not about the key in {settings.KeyFile}.");
            return new DevelopmentAuthority(key, root, settings);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            throw new SettingException(
                $"{settings.KeyFile} and {settings.CertificateFile} are no RSA key and certificate in PEM.");
        }
    }

    /// <summary>The certificate that a request gets, or why it gets none.</summary>
    /// <param name="of">The charger that asked.</param>
    /// <param name="csr">PEM.</param>
    /// <param name="names">What it may be called in its certificate.</param>
    /// <param name="askedAt">When it asked for it first; the certificate is good from then.</param>
    public Signed Sign(ChargePointId of, string csr, IReadOnlyCollection<string> names, DateTimeOffset askedAt)
    {
        if (!SigningRequest.TryRead(csr, out var request, out var wrong)) return new Signed(null, wrong);
        if (request.CommonName is not { } name || !names.Contains(name, StringComparer.Ordinal))
        {
            return new Signed(null, $"It is for \"{request.CommonName}\", and {of} is called "
                + $"{string.Join(" or ", names)} (its serial number as at its last boot, or its identity).");
        }

        if (settings.Organization is { } ours && request.Organization != ours)
            return new Signed(null, $"Its organisation is \"{request.Organization}\", and not \"{ours}\".");
        return new Signed(Issue(of, request, name, askedAt), null);
    }

    public void Dispose()
    {
        key.Dispose();
        root.Dispose();
    }

    private string Issue(ChargePointId of, SigningRequest request, string name, DateTimeOffset askedAt)
    {
        // Nothing of the request but its key and these two names: what else it asks for is not asked of it.
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        if (request.Organization is { } organization) subject.AddOrganizationName(organization);
        var publicKey = PublicKey.CreateFromSubjectPublicKeyInfo(request.PublicKey.AsSpan(), out _);
        var certificate = new CertificateRequest(
            subject.Build(), publicKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var extensions = certificate.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], critical: false));
        extensions.Add(new X509SubjectKeyIdentifierExtension(publicKey, critical: false));
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            root, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        var until = askedAt + settings.Validity;
        var end = new DateTimeOffset(root.NotAfter.ToUniversalTime());
        using var signed = certificate.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            askedAt - Before,
            until < end ? until : end,
            SerialNumber(of, request, askedAt));
        return signed.ExportCertificatePem();
    }

    private static byte[] SerialNumber(ChargePointId of, SigningRequest request, DateTimeOffset askedAt)
    {
        var serial = SHA256.HashData(Encoding.UTF8.GetBytes($"{of}|{request.Hash}|{askedAt.UtcTicks}"))[..SerialLength];
        serial[0] = (byte)(serial[0] & 0x7f | 0x40); // positive, and never shorter (RFC 5280, 4.1.2.2)
        return serial;
    }

    private static void Make(AuthoritySettings settings, DateTimeOffset now)
    {
        using var made = RSA.Create(KeySize);
        var request = new CertificateRequest(
            "CN=Moovolt development authority, O=Moovolt", made, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now - Before, now + RootValidity);
        Write(settings.KeyFile, made.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write(settings.CertificateFile, certificate.ExportCertificatePem(),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private static void Write(string file, string text, UnixFileMode mode)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory) Directory.CreateDirectory(directory);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(text);
    }
}

/// <summary>What a request came to.</summary>
/// <param name="Chain">PEM; null when it is not signed.</param>
/// <param name="WhyNot">A sentence, when it is not signed.</param>
internal sealed record Signed(string? Chain, string? WhyNot);
