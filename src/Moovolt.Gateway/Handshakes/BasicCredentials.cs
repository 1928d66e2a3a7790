using System.Text;
using Microsoft.Extensions.Primitives;
using Moovolt.Domain;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// What a charger says of itself by HTTP Basic (RFC 7617). The password is bytes and stays bytes: a 1.6
/// AuthorizationKey is seldom valid UTF-8 (OCPP 1.6 security whitepaper, 2.1).
/// </summary>
internal readonly struct BasicCredentials(byte[] decoded, int colon)
{
    private const string Scheme = "Basic ";

    // The largest password of any version is 64 characters; this is no place to send more.
    private const int MostEncoded = 1024;

    public ReadOnlySpan<byte> Password => decoded.AsSpan(colon + 1);

    /// <summary>True when the user is this identity, byte for byte.</summary>
    public bool AreOf(ChargePointId id)
    {
        Span<byte> expected = stackalloc byte[id.Value.Length];
        Encoding.ASCII.GetBytes(id.Value, expected); // an identity is ASCII, by its shape
        return decoded.AsSpan(0, colon).SequenceEqual(expected);
    }

    /// <summary>False for none, for several headers, another scheme, and anything that is not plain Base64.</summary>
    public static bool TryRead(StringValues headers, out BasicCredentials credentials)
    {
        credentials = default;
        if (headers.Count != 1 || headers[0] is not { } header) return false;
        if (header.Length > MostEncoded || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;

        var encoded = header.AsSpan(Scheme.Length).Trim(' ');
        if (encoded.ContainsAny(" \t\r\n")) return false; // the decoder would skip them

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written)) return false;
        var colon = bytes.AsSpan(0, written).IndexOf((byte)':');
        if (colon < 0) return false;
        credentials = new BasicCredentials(bytes[..written], colon);
        return true;
    }
}
