using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Node.Inquiries;

/// <summary>Questions and answers of the Online Certificate Status Protocol (RFC 6960), as far as they are needed here.</summary>
internal static class Ocsp
{
    public const string RequestType = "application/ocsp-request";

    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    private const string HashAlgorithms = "2.16.840.1.101.3.4.2.";

    private static readonly Asn1Tag First = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Second = new(TagClass.ContextSpecific, 1);

    /// <summary>The question how one certificate is, without a signature (RFC 6960, 4.1.1).</summary>
    /// <exception cref="FormatException">Its name is not in hex.</exception>
    public static byte[] Request(CertificateName name)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            WriteId(writer, name);
        }

        return writer.Encode();
    }

    /// <summary>What a responder says of one certificate (RFC 6960, 4.2.1). Its signature is the reader's to check.</summary>
    /// <exception cref="AsnContentException">It is no such answer.</exception>
    public static (CertificateState State, DateTimeOffset? NextUpdate) Read(ReadOnlyMemory<byte> answer)
    {
        var response = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
        if (response.ReadEnumeratedBytes().Span is not [0]) return (CertificateState.Failed, null);

        var basic = response.ReadSequence(First).ReadSequence();
        if (basic.ReadObjectIdentifier() != BasicResponse) throw new AsnContentException("It is of another kind.");
        var data = new AsnReader(basic.ReadOctetString(), AsnEncodingRules.BER).ReadSequence().ReadSequence();
        if (data.PeekTag().HasSameClassAndValue(First)) data.ReadEncodedValue(); // the version
        data.ReadEncodedValue(); // who answers
        data.ReadGeneralizedTime();
        var single = data.ReadSequence().ReadSequence();
        single.ReadEncodedValue(); // which certificate
        var state = single.PeekTag().TagValue switch
        {
            0 => CertificateState.Good,
            1 => CertificateState.Revoked,
            _ => CertificateState.Unknown,
        };
        single.ReadEncodedValue();
        single.ReadGeneralizedTime();
        return (state, single.HasData && single.PeekTag().HasSameClassAndValue(First)
            ? single.ReadSequence(First).ReadGeneralizedTime()
            : null);
    }

    /// <summary>The answer that a certificate is good, signed (RFC 6960, 4.2.1).</summary>
    /// <param name="responder">The name of who signs, in DER.</param>
    public static byte[] Good(
        CertificateName name, ReadOnlySpan<byte> responder, RSA key, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        var data = new AsnWriter(AsnEncodingRules.DER);
        using (data.PushSequence())
        {
            using (data.PushSequence(Second)) data.WriteEncodedValue(responder);
            WriteTime(data, now);
            using (data.PushSequence())
            using (data.PushSequence())
            {
                WriteId(data, name);
                data.WriteNull(First);
                WriteTime(data, now);
                using (data.PushSequence(First)) WriteTime(data, nextUpdate);
            }
        }

        var tbs = data.Encode();
        var basic = new AsnWriter(AsnEncodingRules.DER);
        using (basic.PushSequence())
        {
            basic.WriteEncodedValue(tbs);
            using (basic.PushSequence())
            {
                basic.WriteObjectIdentifier(Sha256WithRsa);
                basic.WriteNull();
            }

            basic.WriteBitString(key.SignData(tbs, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        var answer = new AsnWriter(AsnEncodingRules.DER);
        using (answer.PushSequence())
        {
            answer.WriteEnumeratedValue(ResponseStatus.Successful);
            using (answer.PushSequence(First))
            using (answer.PushSequence())
            {
                answer.WriteObjectIdentifier(BasicResponse);
                answer.WriteOctetString(basic.Encode());
            }
        }

        return answer.Encode();
    }

    private static void WriteId(AsnWriter writer, CertificateName name)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence()) writer.WriteObjectIdentifier(HashAlgorithms + Number(name.HashAlgorithm));
            writer.WriteOctetString(Convert.FromHexString(name.IssuerNameHash));
            writer.WriteOctetString(Convert.FromHexString(name.IssuerKeyHash));
            writer.WriteInteger(Serial(name.SerialNumber));
        }
    }

    // SHA-256, SHA-384 and SHA-512 are one after the other (RFC 5754, 2).
    private static string Number(string algorithm) => algorithm switch
    {
        "SHA384" => "2",
        "SHA512" => "3",
        _ => "1",
    };

    private static BigInteger Serial(string hex) =>
        new(Convert.FromHexString(hex.Length % 2 == 0 ? hex : $"0{hex}"), isUnsigned: true, isBigEndian: true);

    // Times are whole seconds (RFC 5280, 4.1.2.5.2).
    private static void WriteTime(AsnWriter writer, DateTimeOffset time) =>
        writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);

    private enum ResponseStatus
    {
        Successful = 0,
    }
}
