using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// Makes and checks what is kept of a secret. Secrets are bytes: a password of OCPP 1.6 (AuthorizationKey) may be any
/// 20 of them, and need not be text.
/// </summary>
public static class CredentialHash
{
    /// <summary>From here on a secret counts as made by a machine: nobody guesses 32 characters.</summary>
    public const int LongEnoughForHmac = 32;

    /// <summary>About 15 ms: dear to a guesser, and bearable when a thousand chargers come back at once.</summary>
    private const int Iterations = 60_000;

    private const int SaltLength = 16;
    private const int HashLength = 32;

    public static (CredentialKind Kind, ImmutableArray<byte> Salt, ImmutableArray<byte> Hash) Make(
        ReadOnlySpan<byte> secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var kind = secret.Length >= LongEnoughForHmac ? CredentialKind.Hmac : CredentialKind.Pbkdf2;
        return (kind, [.. salt], [.. Compute(kind, salt, secret)]);
    }

    /// <summary>
    /// What is kept of a secret that a machine made of at least 128 random bits, however short it is.
    /// </summary>
    public static (ImmutableArray<byte> Salt, ImmutableArray<byte> Hash) MakeOfRandom(ReadOnlySpan<byte> secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return ([.. salt], [.. Compute(CredentialKind.Hmac, salt, secret)]);
    }

    /// <summary>Is this the secret that is pending? In constant time.</summary>
    public static bool VerifyPending(PendingSecret pending, ReadOnlySpan<byte> secret) =>
        CryptographicOperations.FixedTimeEquals(
        Compute(CredentialKind.Hmac, pending.Salt.AsSpan(), secret), pending.Hash.AsSpan());

    /// <summary>
    /// Is this the secret? In constant time; when there is no credential, or no secret, the same work is done before
    /// the answer is no, so that an answer's time does not tell which identities exist.
    /// </summary>
    public static bool Verify(Credential? credential, ReadOnlySpan<byte> secret)
    {
        if (credential is not { HasSecret: true })
        {
            _ = Compute(CredentialKind.Pbkdf2, new byte[SaltLength], secret);
            return false;
        }

        var computed = Compute(credential.Kind, credential.Salt.AsSpan(), secret);
        return CryptographicOperations.FixedTimeEquals(computed, credential.Hash.AsSpan());
    }

    private static byte[] Compute(CredentialKind kind, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> secret) =>
        kind == CredentialKind.Hmac
            ? HMACSHA256.HashData(salt, secret)
            : Rfc2898DeriveBytes.Pbkdf2(secret, salt, Iterations, HashAlgorithmName.SHA256, HashLength);
}
