using System.Data.Common;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// The keys of the chargers' doors. A row is read at every handshake and written in the request that changes it (or by
/// the gateway that hears a charger take a new password), so an old password is refused on every node at once; the
/// charge point's events are only the history of it.
/// </summary>
public sealed class Credentials(Database database, TimeProvider clock)
{
    private const string Columns = """
        select charge_point, security_profile, kind, salt, hash, version, retired, rotated_by, pending_rotation,
               pending_salt, pending_hash, pending_since, lowest_profile, certificate_name, profile_said,
               accept_expired
        from credentials where charge_point = $1
        """;

    private readonly RecentlyVerified recently = new();

    /// <summary>Whether that is how the database says that it cannot be asked, and not a defect.</summary>
    public static bool IsAway(Exception e) => Database.IsAway(e);

    public async Task<Credential?> FindAsync(ChargePointId id, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(new Statement(Columns, id.Value), Credential, cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>
    /// Who it was the last time, from what people look at: a moment old, which is as good as true for a handshake. Null
    /// for a charger that was never here.
    /// </summary>
    public async Task<Introduction?> IntroducedAsync(ChargePointId id, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            new Statement(
                """
                select strict, quirk_profile, vendor, model, firmware_version, serial_number from charge_points where id = $1
                """,
                id.Value),
            reader => new Introduction(
                reader.GetBoolean(0), reader.TextOrNull(1), reader.TextOrNull(2), reader.TextOrNull(3), reader.TextOrNull(4),
                reader.TextOrNull(5)),
            cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>
    /// Is this the secret of that credential? What was right a moment ago is not computed again, for all chargers come
    /// back at once after an outage.
    /// </summary>
    public bool Verify(Credential? credential, ReadOnlySpan<byte> secret)
    {
        if (credential is { Kind: CredentialKind.Pbkdf2 } && recently.Knows(credential, secret)) return true;
        var right = CredentialHash.Verify(credential, secret);
        if (right && credential is { Kind: CredentialKind.Pbkdf2 }) recently.Remember(credential, secret);
        return right;
    }

    /// <summary>Registers a charger, changes its profile or its secret, and takes a retired one back.</summary>
    /// <param name="securityProfile">Null: it stays as it is.</param>
    /// <param name="secret">Null: it stays as it is.</param>
    /// <param name="also">What else changes in the same moment.</param>
    /// <returns>The row as it is now; its version has grown when profile, secret or certificate name is another.</returns>
    public Task<Credential> PutAsync(
        ChargePointId id,
        int? securityProfile,
        ReadOnlyMemory<byte>? secret,
        CancellationToken cancellation,
        Func<Credential, Credential>? also = null) =>
        ChangeAsync(
            id,
            old =>
            {
                var put = old with { SecurityProfile = securityProfile ?? old.SecurityProfile, Retired = false };
                put = also?.Invoke(put) ?? put;
                if (secret is not { } bytes || (old.HasSecret && CredentialHash.Verify(old, bytes.Span))) return put;
                var (kind, salt, hash) = CredentialHash.Make(bytes.Span);
                return put with { Kind = kind, Salt = salt, Hash = hash, RotatedBy = null, Pending = null };
            },
            cancellation);

    /// <summary>Takes the secret away. A charger without one gets in at a profile that needs none only.</summary>
    public Task<Credential> ClearAsync(ChargePointId id, CancellationToken cancellation) =>
        ChangeAsync(
            id,
            old => old with { Kind = CredentialKind.None, Salt = [], Hash = [], RotatedBy = null, Pending = null },
            cancellation);

    /// <summary>Closes the door of a charger that is taken out of service, or opens it again. Its secret stays.</summary>
    public Task<Credential> RetireAsync(ChargePointId id, bool retired, CancellationToken cancellation) =>
        ChangeAsync(id, old => old with { Retired = retired }, cancellation);

    /// <summary>
    /// Stores what is kept of a password that is about to be sent to the charger. Once this has returned true, both
    /// open the door until <see cref="SettleAsync"/>; live sessions do not notice.
    /// </summary>
    /// <param name="rotation">The id of the command.</param>
    /// <param name="secret">The octets that the charger will send; made of at least 128 random bits.</param>
    /// <returns>
    /// False, and nothing is changed: the charger has no password to replace, or another rotation is undecided, whose
    /// password it may hold.
    /// </returns>
    public async Task<bool> ProposeAsync(
        ChargePointId id, string rotation, ReadOnlyMemory<byte> secret, CancellationToken cancellation)
    {
        var (salt, hash) = CredentialHash.MakeOfRandom(secret.Span);
        var pending = new PendingSecret(rotation, salt, hash, clock.GetUtcNow());
        var row = await ChangeAsync(
            id, old => old is { HasSecret: true, Pending: null } ? old with { Pending = pending } : old, cancellation);
        return row.Pending?.Rotation == rotation;
    }

    /// <summary>
    /// Decides an undecided rotation: from the commit on only one of the two passwords opens the door, on every node.
    /// It is decided once; a rotation that is not pending (any more) changes nothing.
    /// </summary>
    /// <param name="taken">True: the charger holds the new one. False: it has kept the old one.</param>
    /// <returns>The row as it is now: <see cref="Credential.RotatedBy"/> tells which password it is about.</returns>
    public Task<Credential> SettleAsync(ChargePointId id, string rotation, bool taken, CancellationToken cancellation) =>
        ChangeAsync(
            id,
            old => old.Pending?.Rotation != rotation ? old : taken ? old.Rotated() : old with { Pending = null },
            cancellation);

    /// <summary>
    /// The charger has connected at this profile: from now on no node lets it in at a lower one (OCPP 1.6 security
    /// whitepaper, A05.FR.09). What is higher already stays.
    /// </summary>
    public Task RaiseAsync(ChargePointId id, int profile, CancellationToken cancellation) => database.RunAsync(
        [
            new Statement(
                "update credentials set lowest_profile = $2 where charge_point = $1 and lowest_profile < $2", id.Value, profile),
        ],
        cancellation);

    private async Task<Credential> ChangeAsync(ChargePointId id, Func<Credential, Credential> change, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // Makes the row when there is none, and in any case locks it: two changes at once follow each other.
        await connection.RunAsync(
            transaction,
            new Statement(
                """
                insert into credentials (charge_point, security_profile, kind, salt, hash, version, retired, changed_at)
                values ($1, 0, 0, $2, $2, 0, false, $3)
                on conflict (charge_point) do update set changed_at = excluded.changed_at
                """,
                id.Value, Array.Empty<byte>(), clock.GetUtcNow()),
            cancellation);
        var old = (await connection.QueryAsync(transaction, new Statement(Columns, id.Value), Credential, cancellation)).Single();

        var changed = change(old);
        var otherKey = changed.SecurityProfile != old.SecurityProfile
            || changed.Kind != old.Kind
            || !changed.Hash.SequenceEqual(old.Hash)
            || changed.CertificateName != old.CertificateName;
        if (otherKey) changed = changed with { Version = old.Version + 1 };

        await connection.RunAsync(
            transaction,
            new Statement(
                """
                update credentials set security_profile = $2, kind = $3, salt = $4, hash = $5, version = $6, retired = $7,
                  rotated_by = $8, pending_rotation = $9, pending_salt = $10, pending_hash = $11, pending_since = $12,
                  lowest_profile = $13, certificate_name = $14, profile_said = $15, accept_expired = $16
                where charge_point = $1
                """,
                id.Value,
                changed.SecurityProfile,
                (int)changed.Kind,
                changed.Salt.ToArray(),
                changed.Hash.ToArray(),
                changed.Version,
                changed.Retired,
                changed.RotatedBy,
                changed.Pending?.Rotation,
                changed.Pending?.Salt.ToArray(),
                changed.Pending?.Hash.ToArray(),
                changed.Pending?.Since,
                changed.LowestProfile,
                changed.CertificateName,
                changed.IsProfileSaid,
                changed.AcceptExpired),
            cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    private static Credential Credential(DbDataReader reader) => new(
        new ChargePointId(reader.GetString(0)),
        (int)reader.GetInt64(1),
        (CredentialKind)reader.GetInt64(2),
        [.. reader.GetFieldValue<byte[]>(3)],
        [.. reader.GetFieldValue<byte[]>(4)],
        (int)reader.GetInt64(5),
        reader.GetBoolean(6),
        (int)reader.GetInt64(12),
        reader.TextOrNull(13))
    {
        IsProfileSaid = reader.GetBoolean(14),
        AcceptExpired = reader.GetBoolean(15),
        RotatedBy = reader.TextOrNull(7),
        Pending = reader.TextOrNull(8) is { } rotation
            ? new PendingSecret(
                rotation,
                [.. reader.GetFieldValue<byte[]>(9)],
                [.. reader.GetFieldValue<byte[]>(10)],
                reader.Instant(11))
            : null,
    };
}
