using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Configuration;

/// <summary>
/// From what a charger told of its configuration, or took, to its rows; and, where the row says something else, to
/// what has changed. What is compared is compared by the database: a projection never reads.
/// </summary>
internal static class ConfigurationProjection
{
    public static readonly string[] Tables =
        ["configuration", "configuration_unknown", "configuration_reads", "configuration_changes"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version) => @event switch
    {
        StationAnswered { Answer.Outcome: ConfigurationRead read } e => Read(e, read, version),
        StationAnswered { Answer.Outcome: ConfigurationWritten written } e => Written(e, written, version),
        StationAnswered { Answer.Outcome: ConfigurationUnknown unknown } e => Unknown(e, unknown.Key, version, 0),
        ChargePointBooted e =>
        [
            new Statement(
                "update configuration set reboot_required = false where charge_point = $1 and reboot_required",
                e.Id.Value),
        ],
        _ => [],
    };

    private static IEnumerable<Statement> Read(StationAnswered e, ConfigurationRead read, long version)
    {
        yield return new Statement(
            "insert into configuration_reads (charge_point, at) values ($1, $2) on conflict (charge_point) do update "
                + "set at = excluded.at",
            e.Id.Value, e.At);
        foreach (var (part, item) in read.Items.Index())
        {
            // After a write that waits for a restart, either value is right.
            yield return new Statement(
                """
                insert into configuration_changes (charge_point, sequence_number, part, key, old_value, new_value, how,
                  requested, at)
                select charge_point, $2, $3, $4, value, $5, case when written
                  and not reboot_required then 'charger' else 'read' end, $6, $7
                from configuration where charge_point = $1 and folded = $8 and not secret and value is distinct from $5
                """,
                e.Id.Value, version, part, item.Key, item.Value, e.RequestId, e.At, Fold(item.Key));
            yield return Keep(e, item, written: false, rebootRequired: false);
            yield return Known(e, item.Key);
        }

        foreach (var (n, key) in read.Unknown.Index())
        {
            foreach (var statement in Unknown(e, key, version, read.Items.Length + n)) yield return statement;
        }
    }

    private static IEnumerable<Statement> Written(StationAnswered e, ConfigurationWritten written, long version)
    {
        foreach (var (part, item) in written.All().Index())
        {
            yield return new Statement(
                """
                insert into configuration_changes (charge_point, sequence_number, part, key, old_value, new_value, how,
                  requested, at)
                select $1, $2, $8, $3, (select value from configuration where charge_point = $1 and folded = $4), $5,
                  'written', $6, $7
                where not exists (
                  select 1 from configuration
                  where charge_point = $1 and folded = $4 and (value is not distinct from $5) and not secret)
                """,
                e.Id.Value, version, item.Key, Fold(item.Key), item.Value, e.RequestId, e.At, part);
            yield return Keep(e, item, written: true, written.RebootRequired);
            yield return Known(e, item.Key);
        }
    }

    private static IEnumerable<Statement> Unknown(StationAnswered e, string key, long version, int part)
    {
        yield return new Statement(
            """
            insert into configuration_changes (charge_point, sequence_number, part, key, old_value, new_value, how,
              requested, at)
            select charge_point, $2, $3, key, value, null, 'read', $4, $5 from configuration
              where charge_point = $1 and folded = $6
            """,
            e.Id.Value, version, part, e.RequestId, e.At, Fold(key));
        yield return new Statement(
            "delete from configuration where charge_point = $1 and folded = $2", e.Id.Value, Fold(key));
        yield return new Statement(
            """
            insert into configuration_unknown (charge_point, folded, key, at) select $1, $2, $3, $4
            where (select count(*) from configuration_unknown where charge_point = $1) < $5
            on conflict (charge_point, folded) do update set key = excluded.key, at = excluded.at
            """,
            e.Id.Value, Fold(key), key, e.At, Configurations.Most);
    }

    // A write tells nothing of readonly, and a read nothing of a restart that is still to come. No more keys than the
    // charge point itself remembers: a charger that makes them up may not fill a table.
    private static Statement Keep(StationAnswered e, ConfigurationItem item, bool written, bool rebootRequired) => new(
        """
        insert into configuration (charge_point, folded, key, value, readonly, truncated, secret, reboot_required,
          written, at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
        where (select count(*) from configuration where charge_point = $1) < $11
           or exists (select 1 from configuration where charge_point = $1 and folded = $2)
        on conflict (charge_point, folded) do update set key = excluded.key, value = excluded.value,
          readonly = (not excluded.written and excluded.readonly), truncated = excluded.truncated,
            secret = excluded.secret,
          reboot_required = (excluded.reboot_required or (not excluded.written and configuration.reboot_required)),
          written = excluded.written, at = excluded.at
        """,
        e.Id.Value,
        Fold(item.Key),
        item.Key,
        item.Value,
        item.Readonly,
        item.Truncated,
        SecretKeys.Has(item.Key),
        rebootRequired,
        written,
        e.At,
        Configurations.Most);

    private static Statement Known(StationAnswered e, string key) =>
        new("delete from configuration_unknown where charge_point = $1 and folded = $2", e.Id.Value, Fold(key));

    private static string Fold(string key) => key.ToUpperInvariant();
}
