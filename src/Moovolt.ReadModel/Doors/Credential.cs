using System.Collections.Immutable;
using Moovolt.Domain;

namespace Moovolt.ReadModel.Doors;

/// <summary>How a charger's secret is kept. The names are stored.</summary>
public enum CredentialKind
{
    /// <summary>There is no secret: profile 0, or a profile 3 that has its certificate.</summary>
    None = 0,

    /// <summary>HMAC-SHA-256 under the salt: for secrets too long to be guessed, at a microsecond a try.</summary>
    Hmac = 1,

    /// <summary>PBKDF2 with SHA-256: for secrets that people may have thought up.</summary>
    Pbkdf2 = 2,
}

/// <summary>The key of a charger's door, as it is now on every node.</summary>
/// <param name="SecurityProfile">0 to 3.</param>
/// <param name="Version">
/// Grows with each changed secret or profile; 0 for a charger that never had either. A session remembers the version
/// that it was admitted with.
/// </param>
/// <param name="Retired">No new session is admitted.</param>
/// <param name="LowestProfile">The highest profile that it has connected at, 2 or 3; 0 while it has at neither.</param>
/// <param name="CertificateName">Whom its certificate must name (CN); null when its operator never said.</param>
public sealed record Credential(
    ChargePointId ChargePoint,
    int SecurityProfile,
    CredentialKind Kind,
    ImmutableArray<byte> Salt,
    ImmutableArray<byte> Hash,
    int Version,
    bool Retired,
    int LowestProfile = 0,
    string? CertificateName = null)
{
    /// <summary>Nothing below this is let in: what it was registered at, and what it has once come with.</summary>
    public int RequiredProfile => Math.Max(SecurityProfile, LowestProfile);

    public bool HasSecret => Kind != CredentialKind.None;

    /// <summary>Whether it is let in with a certificate that has expired, and is good otherwise, to get another one.</summary>
    public bool AcceptExpired { get; init; }

    /// <summary>Whether an operator said the profile: one that nobody said follows from whether there is a password.</summary>
    public bool IsProfileSaid { get; init; }

    /// <summary>A password that the charger may hold already; null while no rotation is undecided.</summary>
    public PendingSecret? Pending { get; init; }

    /// <summary>The rotation that the secret came from; null when an operator gave it.</summary>
    public string? RotatedBy { get; init; }

    /// <summary>As it is once the charger is known to hold the pending password: the one before is nobody's any more.</summary>
    /// <exception cref="InvalidOperationException">None is pending.</exception>
    public Credential Rotated() => Pending is { } pending
        ? this with
        {
            Kind = CredentialKind.Hmac,
            Salt = pending.Salt,
            Hash = pending.Hash,
            RotatedBy = pending.Rotation,
            Pending = null,
        }
        : throw new InvalidOperationException($"No password of {ChargePoint} is pending.");
}

/// <summary>A password that was made here and may have reached the charger: nobody has said whether it took it.</summary>
/// <param name="Rotation">The id of the command that it belongs to.</param>
/// <param name="Hash">HMAC-SHA-256 under the salt: it has 160 bits that nobody guesses.</param>
/// <param name="Since">When it was stored, which was before it left.</param>
public sealed record PendingSecret(
    string Rotation, ImmutableArray<byte> Salt, ImmutableArray<byte> Hash, DateTimeOffset Since);
