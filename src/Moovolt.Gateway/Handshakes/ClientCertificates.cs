using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Moovolt.Gateway.Listeners;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// Judges the certificate that a charger proves itself by (OCPP 1.6 security whitepaper, A00.FR.402 to .408): who issued
/// it, for what, until when, for which organisation, and to whom. Nothing is fetched from anywhere to find out.
/// </summary>
internal sealed class ClientCertificates(ClientCertificateSettings settings, TimeSpan readAgain, TimeProvider time, ILogger logger)
{
    // Whitepaper, A00.FR.502 and .503.
    private const int ShortestRsa = 2048;
    private const int ShortestCurve = 224;

    // The last: somebody who only has the name of one whom we trust.
    private const X509ChainStatusFlags NotOurs =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid;

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    private readonly Lock gate = new();
    private Trust trusted = new([], []);
    private long? readAt;

    /// <summary>The common name; null when there is not exactly one.</summary>
    public static string? NameOf(X509Certificate2 certificate) =>
        Values(certificate, CommonName) is [var name] ? name : null;

    /// <summary>Is this a proof, and if not, would it have been one before it expired?</summary>
    /// <param name="names">What it may be issued to: the common name is one of them, character for character.</param>
    public Judgement Judge(X509Certificate2 certificate, IEnumerable<string> names)
    {
        var now = Trusted();
        var untimely = WhyUntrusted(certificate, now, out var hasOnlyExpired);
        var why = WhyWeak(certificate)
            ?? (hasOnlyExpired ? null : untimely)
            ?? WhyElse(certificate, names)
            ?? now.Revoked.Select(list => list.WhyNot(certificate)).FirstOrDefault(each => each is not null);
        return why is null && hasOnlyExpired
            ? new Judgement(untimely, new DateTimeOffset(certificate.NotAfter.ToUniversalTime()))
            : new Judgement(why, null);
    }

    /// <summary>What a certificate is worth.</summary>
    /// <param name="WhyNot">Why it is no proof; null when it is one.</param>
    /// <param name="ExpiredAt">When it expired, if nothing else speaks against it; else null.</param>
    public readonly record struct Judgement(string? WhyNot, DateTimeOffset? ExpiredAt);

    private static string? WhyWeak(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var curve = certificate.GetECDsaPublicKey();
        return rsa?.KeySize >= ShortestRsa || curve?.KeySize >= ShortestCurve
            ? null
            : $"Its key is too short, or of an unusual kind: {rsa?.KeySize ?? curve?.KeySize} bits.";
    }

    private string? WhyUntrusted(X509Certificate2 certificate, Trust now, out bool hasOnlyExpired)
    {
        hasOnlyExpired = false;
        if (now.Roots.IsEmpty) return "We trust no issuer: none of moovolt.gateway.client-certificates.roots could be read.";
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.DisableCertificateDownloads = true;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationTime = time.GetUtcNow().UtcDateTime;
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        foreach (var known in now.Roots)
            (known.SubjectName.RawData.AsSpan().SequenceEqual(known.IssuerName.RawData) ? policy.CustomTrustStore : policy.ExtraStore).Add(known);

        if (chain.Build(certificate)) return null;
        var faults = FaultsOf(chain.ChainStatus);
        hasOnlyExpired = faults == X509ChainStatusFlags.NotTimeValid
            && certificate.NotAfter.ToUniversalTime() < policy.VerificationTime
            && chain.ChainElements.Skip(1).All(issuer => FaultsOf(issuer.ChainElementStatus) == X509ChainStatusFlags.NoError);
        return faults switch
        {
            _ when (faults & NotOurs) != X509ChainStatusFlags.NoError => "Nobody whom we trust issued it.",
            _ when faults.HasFlag(X509ChainStatusFlags.NotTimeValid) => "It has expired, or is not valid yet.",
            _ when faults.HasFlag(X509ChainStatusFlags.NotValidForUsage) => "It was not issued for clients.",
            _ => $"It is not valid: {faults}.",
        };
    }

    private static X509ChainStatusFlags FaultsOf(X509ChainStatus[] statuses) =>
        statuses.Aggregate(X509ChainStatusFlags.NoError, (all, each) => all | each.Status);

    private string? WhyElse(X509Certificate2 certificate, IEnumerable<string> names)
    {
        if (!settings.Organizations.IsEmpty
            && !Values(certificate, Organization).Any(o => settings.Organizations.Any(ours => o.Contains(ours, StringComparison.Ordinal))))
        {
            return "Its organisation (O) is not ours.";
        }

        var name = NameOf(certificate);
        return names.Any(one => string.Equals(one, name, StringComparison.Ordinal))
            ? null
            : "It was issued to another charger: its common name (CN) is neither this one's identity nor its serial number, "
                + "or not the one that its operator registered.";
    }

    private static ImmutableArray<string> Values(X509Certificate2 certificate, string oid) =>
    [
        .. certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid)
            .Select(part => part.GetSingleElementValue() ?? ""),
    ];

    // Read again now and then: issuers come and go, and so does what they took back. What cannot be read keeps its place.
    private Trust Trusted()
    {
        lock (gate)
        {
            if (readAt is { } at && time.GetElapsedTime(at) < readAgain) return trusted;
            readAt = time.GetTimestamp();
            try
            {
                trusted = new Trust(
                    [.. settings.Roots.SelectMany(ReadRoots)],
                    [.. settings.RevocationLists.Select(file => RevocationList.Read(File.ReadAllBytes(file)))]);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
            {
                logger.LogError("Whose client certificates are trusted cannot be read anew: {Reason}", unreadable.Message);
            }

            return trusted;
        }
    }

    private static IEnumerable<X509Certificate2> ReadRoots(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return roots;
    }

    private sealed record Trust(ImmutableArray<X509Certificate2> Roots, ImmutableArray<RevocationList> Revoked);
}
