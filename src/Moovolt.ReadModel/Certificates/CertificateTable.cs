using System.Data.Common;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Certificates;

/// <summary>Which certificates has a charger asked for, and which roots does it trust?</summary>
public sealed class CertificateTable(Database database)
{
    private const string RequestColumns =
        "select charge_point, csr_hash, csr, state, why, at, changed_at from certificate_requests";

    /// <summary>What a charger has asked for, the latest first; 100 at most.</summary>
    public Task<List<CertificateRequestRow>> RequestsAsync(ChargePointId chargePoint, CancellationToken cancellation) =>
        database.QueryAsync(
            new Statement(RequestColumns + " where charge_point = $1 order by at desc, csr_hash limit 100", chargePoint.Value),
            Request,
            cancellation);

    /// <summary>One request; null when the charger never asked for that.</summary>
    public async Task<CertificateRequestRow?> RequestAsync(
        ChargePointId chargePoint, string csrHash, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            new Statement(RequestColumns + " where charge_point = $1 and csr_hash = $2", chargePoint.Value, csrHash),
            Request,
            cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>The certificates that were sent to a charger as its own, the latest first; 100 at most.</summary>
    public Task<List<IssuedCertificateRow>> IssuedAsync(ChargePointId chargePoint, CancellationToken cancellation) =>
        database.QueryAsync(
            new Statement(
                """
                select fingerprint, csr_hash, serial_number, subject, issuer, not_before, not_after, state, at
                from issued_certificates where charge_point = $1 order by at desc, fingerprint limit 100
                """,
                chargePoint.Value),
            reader => new IssuedCertificateRow(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.Instant(5), reader.Instant(6), reader.GetString(7), reader.Instant(8)),
            cancellation);

    /// <summary>What waits for whoever signs, the oldest first.</summary>
    public Task<List<CertificateRequestRow>> UnsignedAsync(int limit, CancellationToken cancellation) =>
        database.QueryAsync(
            new Statement(RequestColumns + " where state = 'requested' order by at, charge_point, csr_hash limit $1", limit),
            Request,
            cancellation);

    public Task<List<InstalledCertificateRow>> InstalledAsync(ChargePointId chargePoint, CancellationToken cancellation) =>
        database.QueryAsync(
            new Statement(
                """
                select certificate_use, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, read_at
                from installed_certificates where charge_point = $1
                order by certificate_use, issuer_name_hash, serial_number
                """,
                chargePoint.Value),
            reader => new InstalledCertificateRow(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.Instant(5)),
            cancellation);

    /// <summary>When the charger last said what it has, by use; a use that was never read is not there.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAtAsync(ChargePointId chargePoint, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            new Statement("select certificate_use, at from certificate_readings where charge_point = $1", chargePoint.Value),
            reader => KeyValuePair.Create(reader.GetString(0), reader.Instant(1)),
            cancellation);
        return new Dictionary<string, DateTimeOffset>(found);
    }

    private static CertificateRequestRow Request(DbDataReader reader) => new(
        new ChargePointId(reader.GetString(0)),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.TextOrNull(4),
        reader.Instant(5),
        reader.Instant(6));
}
