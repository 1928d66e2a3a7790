using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Moovolt.Gateway.Listeners;

/// <summary>What is odd about a server's certificate that works all the same: chargers may refuse it.</summary>
internal static class CertificateDoubts
{
    // OCPP-J 1.6, 6.2.1: chargers need not be able to check longer ones.
    private const int UsualRsa = 2048;

    /// <param name="warnBefore">How long before its end it is said; of a short-lived one, in its last third.</param>
    public static IEnumerable<string> Of(X509Certificate2 certificate, TimeSpan warnBefore, DateTimeOffset now)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (name.Contains('*', StringComparison.Ordinal))
            yield return $"its name {name} is a wildcard, which OCPP does not allow (security whitepaper, A00.FR.510)";

        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is { KeySize: var size and not UsualRsa })
            yield return $"its RSA key has {size} bits; OCPP-J 1.6, 6.2.1, has {UsualRsa}";

        var (from, until) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        var third = (until - from) / 3;
        if (until <= now) yield return $"it expired at {Text(until)}";
        else if (from > now) yield return $"it is not valid before {Text(from)}";
        else if (until - now < (third < warnBefore ? third : warnBefore)) yield return $"it expires at {Text(until)}";
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
