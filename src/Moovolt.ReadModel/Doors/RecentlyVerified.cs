using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// Remembers that a secret was right, never the secret: an HMAC under a key that lives as long as this process. A
/// changed credential has another version, so what is remembered of the old one opens nothing.
/// </summary>
internal sealed class RecentlyVerified
{
    /// <summary>More chargers than one node holds; beyond it everything is forgotten, and computed once more.</summary>
    private const int Most = 50_000;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, byte[]> verified = new(StringComparer.Ordinal);

    public bool Knows(Credential credential, ReadOnlySpan<byte> secret) =>
        verified.TryGetValue(credential.ChargePoint.Value, out var known)
        && CryptographicOperations.FixedTimeEquals(known, Mark(credential, secret));

    public void Remember(Credential credential, ReadOnlySpan<byte> secret)
    {
        if (verified.Count >= Most) verified.Clear();
        verified[credential.ChargePoint.Value] = Mark(credential, secret);
    }

    private byte[] Mark(Credential credential, ReadOnlySpan<byte> secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> version = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(version, credential.Version);
        hash.AppendData(version);
        hash.AppendData(credential.Hash.AsSpan());
        hash.AppendData(Encoding.UTF8.GetBytes(credential.ChargePoint.Value));
        hash.AppendData(secret);
        return hash.GetHashAndReset();
    }
}
