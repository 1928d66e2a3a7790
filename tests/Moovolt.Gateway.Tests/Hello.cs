using System.Buffers.Binary;

namespace Moovolt.Gateway.Tests;

/// <summary>ClientHellos that no TLS library of today would say.</summary>
internal static class Hello
{
    private static readonly byte[] Extensions =
    [
        0x00, 0x0A, 0x00, 0x04, 0x00, 0x02, 0x00, 0x17, // supported_groups: secp256r1
        0x00, 0x0B, 0x00, 0x02, 0x01, 0x00, // ec_point_formats: uncompressed
        0x00, 0x0D, 0x00, 0x08, 0x00, 0x06, 0x04, 0x03, 0x04, 0x01, 0x08, 0x04, // signature_algorithms
    ];

    /// <param name="version">0x0301 to 0x0303: TLS 1.0 to 1.2.</param>
    public static byte[] Say(ushort version, ushort[] suites, byte[]? compression = null)
    {
        byte[] offered = [.. suites.SelectMany(Two)];
        compression ??= [0];
        byte[] body =
        [
            .. Two(version), .. new byte[32], 0, .. Two((ushort)offered.Length), .. offered,
            (byte)compression.Length, .. compression, .. Two((ushort)Extensions.Length), .. Extensions,
        ];
        byte[] message = [1, 0, .. Two((ushort)body.Length), .. body];
        return [22, 3, 1, .. Two((ushort)message.Length), .. message];
    }

    private static byte[] Two(ushort number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }
}
