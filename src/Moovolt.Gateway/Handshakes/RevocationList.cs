using System.Collections.Frozen;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// What an issuer took back (a CRL: RFC 5280, 5.1), from a file that the operator vouches for: its signature is not
/// checked, and one that is out of date holds still, for what was taken back is not given again.
/// </summary>
internal sealed class RevocationList
{
    private const string Label = "X509 CRL";

    private readonly ReadOnlyMemory<byte> issuer;
    private readonly FrozenSet<string> serials;

    private RevocationList(ReadOnlyMemory<byte> issuer, FrozenSet<string> serials) => (this.issuer, this.serials) = (issuer, serials);

    /// <exception cref="CryptographicException">It is no such list.</exception>
    public static RevocationList Read(byte[] file)
    {
        try
        {
            var list = new AsnReader(Der(file), AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (list.PeekTag() == Asn1Tag.Integer) list.ReadInteger(); // the version
            list.ReadSequence(); // how it is signed
            var issuer = list.ReadEncodedValue();
            ReadTime(list);
            if (IsTime(list)) ReadTime(list);

            var serials = new List<string>();
            if (list.HasData && list.PeekTag() == Asn1Tag.Sequence)
            {
                var entries = list.ReadSequence();
                while (entries.HasData) serials.Add(Text(entries.ReadSequence().ReadIntegerBytes()));
            }

            return new RevocationList(issuer, serials.ToFrozenSet());
        }
        catch (AsnContentException broken)
        {
            throw new CryptographicException("it is no list of revoked certificates", broken);
        }
    }

    /// <summary>Why a certificate is worth nothing any more; null when this list does not say so.</summary>
    public string? WhyNot(X509Certificate2 certificate) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.Span)
        && serials.Contains(Text(certificate.SerialNumberBytes))
            ? "It was revoked."
            : null;

    // Without the zero that keeps a large number from being negative.
    private static string Text(ReadOnlyMemory<byte> serial) => Convert.ToHexString(serial.Span).TrimStart('0');

    private static ReadOnlyMemory<byte> Der(byte[] file)
    {
        var text = Encoding.ASCII.GetString(file);
        return PemEncoding.TryFind(text, out var fields) && text[fields.Label] == Label
            ? Convert.FromBase64String(text[fields.Base64Data])
            : file;
    }

    private static bool IsTime(AsnReader reader) => reader.HasData
        && reader.PeekTag().TagClass == TagClass.Universal
        && reader.PeekTag().TagValue is (int)UniversalTagNumber.UtcTime or (int)UniversalTagNumber.GeneralizedTime;

    private static void ReadTime(AsnReader reader) => reader.ReadEncodedValue();
}
