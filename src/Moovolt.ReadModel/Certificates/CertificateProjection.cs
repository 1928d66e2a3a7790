using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Certificates;

/// <summary>From what chargers ask to be signed, and say to have installed, to rows.</summary>
internal static class CertificateProjection
{
    public static readonly string[] Tables =
        ["certificate_requests", "issued_certificates", "installed_certificates", "certificate_readings"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        CertificateRequested e =>
        [
            new Statement(
                """
                insert into certificate_requests (charge_point, csr_hash, csr, state, at, changed_at)
                values ($1, $2, $3, 'requested', $4, $4)
                on conflict (charge_point, csr_hash) do update set state = 'requested', why = null, command_id = null,
                  changed_at = excluded.changed_at
                """,
                e.Id.Value, e.CsrHash, e.Csr, e.At),
        ],
        CertificateRefused e =>
        [
            new Statement(
                "update certificate_requests set state = 'failed', why = $3, changed_at = $4 where charge_point = $1 and csr_hash = $2",
                e.Id.Value, e.CsrHash, e.Why, e.At),
        ],
        StationRequested { Request: SendCertificate sent } e =>
        [
            .. Issued(e, sent),
            new Statement(
                """
                update certificate_requests set state = 'sent', why = null, command_id = $3, changed_at = $4
                where charge_point = $1 and csr_hash = $2
                """,
                e.Id.Value, sent.CsrHash, e.RequestId, e.At),
        ],
        StationAnswered { Answer.Outcome: CertificatesListed listed } e => Listed(e, listed),
        StationAnswered { Answer.Outcome: CertificateInstalled installed } e =>
            [Has(e, Word.Of(installed.Use), installed.Name)],
        StationAnswered { Answer.Outcome: CertificateGone gone } e => [Gone(e, gone.Name)],
        StationAnswered e => Came(e, e.RequestId, e.Answer),
        StationRequestDropped e => Came(e, e.RequestId, new StationAnswer(e.State, null, null, e.Why)),
        _ => [],
    };

    // One that is sent again is the same one.
    private static IEnumerable<Statement> Issued(StationRequested e, SendCertificate sent)
    {
        if (IssuedCertificate.FirstOf(sent.Chain) is not { } certificate) yield break;
        yield return new Statement(
            """
            insert into issued_certificates (charge_point, fingerprint, csr_hash, serial_number, subject, issuer, not_before,
              not_after, state, command_id, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, 'sent', $9, $10)
            on conflict (charge_point, fingerprint) do update set state = 'sent', command_id = excluded.command_id
            """,
            e.Id.Value, certificate.Fingerprint, sent.CsrHash, certificate.SerialNumber, certificate.Subject,
            certificate.Issuer, certificate.NotBefore, certificate.NotAfter, e.RequestId, e.At);
    }

    // Whether that command carried a certificate at all, its rows know.
    private static IEnumerable<Statement> Came(ChargePointEvent e, string requestId, StationAnswer answer)
    {
        var state = answer.State switch
        {
            RequestState.Accepted => "accepted",
            RequestState.Rejected => "rejected",
            _ => "failed",
        };
        yield return new Statement(
            """
            update certificate_requests set state = $3, why = $4, changed_at = $5
            where command_id = $2 and charge_point = $1
            """,
            e.Id.Value, requestId, state, answer.ErrorDescription, e.At);
        yield return new Statement(
            "update issued_certificates set state = $3 where command_id = $2 and charge_point = $1",
            e.Id.Value, requestId, state);
    }

    // What the charger lists is all that it has for that use.
    private static IEnumerable<Statement> Listed(StationAnswered e, CertificatesListed listed)
    {
        var use = Word.Of(listed.Use);
        yield return new Statement(
            "delete from installed_certificates where charge_point = $1 and certificate_use = $2", e.Id.Value, use);
        yield return new Statement(
            """
            insert into certificate_readings (charge_point, certificate_use, at) values ($1, $2, $3)
            on conflict (charge_point, certificate_use) do update set at = excluded.at
            """,
            e.Id.Value, use, e.At);
        foreach (var name in listed.Names) yield return Has(e, use, name);
    }

    private static Statement Has(StationAnswered e, string use, CertificateName name) => new(
        """
        insert into installed_certificates (charge_point, certificate_use, hash_algorithm, issuer_name_hash,
          issuer_key_hash, serial_number, read_at)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
        """,
        e.Id.Value, use, name.HashAlgorithm, name.IssuerNameHash, name.IssuerKeyHash, name.SerialNumber, e.At);

    private static Statement Gone(StationAnswered e, CertificateName name) => new(
        """
        delete from installed_certificates where charge_point = $1 and hash_algorithm = $2 and issuer_name_hash = $3
          and issuer_key_hash = $4 and serial_number = $5
        """,
        e.Id.Value, name.HashAlgorithm, name.IssuerNameHash, name.IssuerKeyHash, name.SerialNumber);
}
