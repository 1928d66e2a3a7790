using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net.Security;

namespace Moovolt.Gateway.Listeners;

/// <summary>
/// What a peer says first when it wants TLS (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2), as far as we choose by it: which of
/// our certificates it can check, and why it will not get any further.
/// </summary>
internal sealed class ClientHello
{
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;
    private const int VersionAndRandom = 34;

    // What a client says has room in one record, and in practice in 2 KiB.
    private const int Longest = 64 * 1024;

    private const ushort Tls12 = 0x0303;
    private const ushort Tls13 = 0x0304;

    private const ushort SupportedGroups = 10;
    private const ushort SignatureAlgorithms = 13;
    private const ushort SupportedVersions = 43;

    private const ushort Secp256R1 = 0x0017;
    private const ushort EcdsaSecp256R1Sha256 = 0x0403;

    private readonly ushort legacyVersion;
    private readonly ImmutableArray<ushort> suites;
    private readonly ImmutableArray<ushort>? versions;
    private readonly ImmutableArray<ushort>? groups;
    private readonly ImmutableArray<ushort>? signatures;

    private ClientHello(ReadOnlySpan<byte> message)
    {
        legacyVersion = BinaryPrimitives.ReadUInt16BigEndian(message);
        var rest = message[VersionAndRandom..];
        _ = Take(ref rest, Number(rest[..1]), 1); // the session
        suites = Numbers(Take(ref rest, Number(rest[..2]), 2));
        _ = Take(ref rest, Number(rest[..1]), 1); // compression
        if (rest.IsEmpty) return;
        var extensions = Take(ref rest, Number(rest[..2]), 2);
        while (!extensions.IsEmpty)
        {
            var type = (ushort)Number(extensions[..2]);
            extensions = extensions[2..];
            var content = Take(ref extensions, Number(extensions[..2]), 2);
            if (type == SupportedVersions) versions = Numbers(Take(ref content, Number(content[..1]), 1));
            else if (type == SupportedGroups) groups = Numbers(Take(ref content, Number(content[..2]), 2));
            else if (type == SignatureAlgorithms) signatures = Numbers(Take(ref content, Number(content[..2]), 2));
        }
    }

    /// <summary>True when it speaks TLS 1.2 or later.</summary>
    public bool IsNewEnough => versions?.Any(version => version is Tls12 or Tls13) ?? legacyVersion >= Tls12;

    /// <summary>Whether it offers one of these suites.</summary>
    public bool Offers(ImmutableArray<TlsCipherSuite> ours) => suites.Any(suite => ours.Contains((TlsCipherSuite)suite));

    /// <summary>
    /// Whether an ECDSA certificate on P-256 is one that it can check: by what it says of signatures and curves, and, up
    /// to TLS 1.2, where the suite says how the server proves itself, by a suite of ours that does it so.
    /// </summary>
    public bool TakesEcdsa(ImmutableArray<TlsCipherSuite> ours)
    {
        if (signatures?.Contains(EcdsaSecp256R1Sha256) == false || groups?.Contains(Secp256R1) == false) return false;
        var is13 = versions?.Contains(Tls13) == true && suites.Any(suite => Is13(suite) && ours.Contains((TlsCipherSuite)suite));
        return is13
            || suites.Any(suite => ours.Contains((TlsCipherSuite)suite) && $"{(TlsCipherSuite)suite}".Contains("_ECDSA_", StringComparison.Ordinal));
    }

    /// <summary>Reads it from the beginning of a connection.</summary>
    /// <param name="hello">Null while it is not whole, and for ever when this is no TLS.</param>
    /// <returns>False when more bytes are needed.</returns>
    public static bool TryRead(ReadOnlySequence<byte> bytes, out ClientHello? hello)
    {
        hello = null;
        var message = new ArrayBufferWriter<byte>();
        var reader = new SequenceReader<byte>(bytes);
        Span<byte> header = stackalloc byte[RecordHeader];
        while (reader.TryPeek(out var type))
        {
            if (type != HandshakeRecord || message.WrittenCount > Longest) return true;
            if (reader.Remaining < RecordHeader) return false;
            reader.TryCopyTo(header);
            var length = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
            if (header[1] != 3 || length == 0) return true;
            if (reader.Remaining < RecordHeader + length) return false;
            reader.Advance(RecordHeader);
            reader.TryCopyTo(message.GetSpan(length)[..length]);
            message.Advance(length);
            reader.Advance(length);
            if (TryReadMessage(message.WrittenSpan, out hello)) return true;
        }

        return false;
    }

    private static bool TryReadMessage(ReadOnlySpan<byte> message, out ClientHello? hello)
    {
        hello = null;
        if (message.Length < MessageHeader) return false;
        if (message[0] != ClientHelloMessage) return true;
        var length = Number(message[1..MessageHeader]);
        if (length > Longest) return true;
        if (message.Length < MessageHeader + length) return false;
        try
        {
            hello = new ClientHello(message.Slice(MessageHeader, length));
        }
        catch (Exception broken) when (broken is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            // Lengths that do not fit: whatever it is, OpenSSL will say no to it, and it stays without a hello.
        }

        return true;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int length, int after)
    {
        var taken = from.Slice(after, length);
        from = from[(after + length)..];
        return taken;
    }

    private static int Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        foreach (var each in bytes) number = (number << 8) | each;
        return number;
    }

    private static ImmutableArray<ushort> Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = ImmutableArray.CreateBuilder<ushort>(bytes.Length / 2);
        for (; bytes.Length >= 2; bytes = bytes[2..]) numbers.Add(BinaryPrimitives.ReadUInt16BigEndian(bytes));
        return numbers.ToImmutable();
    }

    private static bool Is13(ushort suite) => suite >> 8 == 0x13;
}
