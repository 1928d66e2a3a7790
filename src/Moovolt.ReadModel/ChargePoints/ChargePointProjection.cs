using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.ChargePoints;

/// <summary>From what happened to a charge point to its row and its connectors'.</summary>
internal static class ChargePointProjection
{
    public static readonly string[] Tables = ["charge_points", "connectors"];

    private const string ThereIs = """
        insert into charge_points (id, version) values ($1, $2)
        on conflict (id) do update set version = excluded.version
        """;

    private static readonly ManyRows ThereAre = ManyRows.Insert(ThereIs, "text, bigint");

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version)
    {
        // Whatever the first event is, there is a row after it.
        yield return new Statement(ThereIs, @event.Id.Value, version) { Many = ThereAre };

        switch (@event)
        {
            case ChargePointRegistered e:
                yield return new Statement(
                    """
                    update charge_points set registered = true, retired = false, display_name = $2, security_profile = $3,
                      registration = $4, unknown_tokens = $5, strict = $6, quirk_profile = $7, certificate_name = $8,
                      time_zone = $9, accept_expired = $10
                    where id = $1
                    """,
                    e.Id.Value, e.DisplayName, e.SecurityProfile, Word.Of(e.Registration), Word.Of(e.UnknownTokens),
                    e.Strict, e.QuirkProfile, e.CertificateName, e.TimeZone, e.AcceptExpired);
                break;

            case SecurityProfileRaised e:
                yield return LowestProfile(e.Id, e.Profile);
                break;

            case SecurityProfileLowered e:
                yield return LowestProfile(e.Id, e.To);
                break;

            case ChargePointRetired e:
                yield return new Statement("update charge_points set retired = true where id = $1", e.Id.Value);
                break;

            case SessionOpened e:
                foreach (var over in Reborn.Of(e)) yield return over;
                yield return new Statement(
                    """
                    update charge_points set online = true, epoch = $2, protocol = $3, node = $4, incarnation = $5,
                      remote_address = $6, close_reason = null, since = $7, heard_at = $7, connected_profile = $8,
                      certificate_expired_at = $9
                    where id = $1
                    """,
                    e.Id.Value, e.Epoch, e.Protocol, e.Node, e.Incarnation, e.RemoteAddress, e.At, e.SecurityProfile,
                    e.CertificateExpiredAt);
                break;

            case SessionClosed e:
                yield return new Statement(
                    """
                    update charge_points set online = false, node = null, incarnation = null, close_reason = $3, since = $4
                    where id = $1 and epoch = $2 and online
                    """,
                    e.Id.Value, e.Epoch, e.Reason, e.At);
                break;

            case ChargePointBooted e:
                yield return new Statement(
                    """
                    update charge_points set vendor = $2, model = $3, serial_number = $4, firmware_version = $5,
                      booted_at = $6, heard_at = $6
                    where id = $1
                    """,
                    e.Id.Value,
                    e.Details.Vendor,
                    e.Details.Model,
                    e.Details.SerialNumber ?? e.Details.BoxSerialNumber,
                    e.Details.FirmwareVersion,
                    e.At);
                break;

            case ClockSkewEstimated e:
                yield return new Statement("update charge_points set clock_skew_seconds = $2 where id = $1", e.Id.Value, e.Seconds);
                break;

            case ConnectorStatusChanged e:
                yield return new Statement("update charge_points set heard_at = $2 where id = $1", e.Id.Value, e.At);
                yield return new Statement(
                    """
                    insert into connectors (charge_point, evse, connector, status, error_code, description, vendor_id,
                      vendor_error_code, at, charger_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    on conflict (charge_point, evse, connector) do update set status = excluded.status,
                      error_code = excluded.error_code, description = excluded.description, vendor_id = excluded.vendor_id,
                      vendor_error_code = excluded.vendor_error_code, at = excluded.at, charger_at = excluded.charger_at
                    """,
                    e.Id.Value,
                    e.Connector.Evse,
                    e.Connector.Connector,
                    e.Status.Status,
                    e.Status.ErrorCode,
                    e.Status.Description,
                    e.Status.VendorId,
                    e.Status.VendorErrorCode,
                    e.At,
                    e.ChargerAt);
                break;
        }
    }

    private static Statement LowestProfile(ChargePointId id, int profile) =>
        new("update charge_points set lowest_profile = $2 where id = $1", id.Value, profile);
}
