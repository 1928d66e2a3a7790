using System.Globalization;
using System.Text.Json;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// Failed handshakes to statements. The same one again (identity, code, address) is counted on its row. Of identities
/// that are charge points each has its own last ones; all others share a bound, so that no stranger, and no crowd of
/// them, hides why a charger cannot come in.
/// </summary>
internal sealed class AttemptWriter(ObservationLimits limits, string? node)
{
    /// <summary>
    /// Known is what may come in, or was here: read in the same statement, so no list of identities is kept in memory.
    /// Rows without a count are of nodes of the release before, which make one for each attempt.
    /// </summary>
    private const string Upsert = """
        insert into connection_attempts
          (identity, remote_address, code, reason, offered, http_status, first_at, at, count, node, known)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
          exists (select 1 from credentials where charge_point = $1)
            or exists (select 1 from charge_points where id = $1))
        on conflict (identity, code, remote_address) where count > 0 do update set
          reason = excluded.reason, offered = excluded.offered, http_status = excluded.http_status,
          at = case when excluded.at > connection_attempts.at then excluded.at else connection_attempts.at end,
          count = connection_attempts.count + excluded.count, node = excluded.node, known = excluded.known
        """;

    private const int LongestText = 200;

    private int sinceTrimmed;

    /// <summary>What the attempts of a batch mean: one row for each kind of them, however many there are.</summary>
    public IEnumerable<Statement> Write(SqlDialect dialect, IReadOnlyList<Observed.Attempt> attempts)
    {
        if (attempts.Count == 0) yield break;
        // In the same order on every node: so two that write the same rows at once do not stop each other.
        var kinds = attempts
            .GroupBy(attempt => (Identity: Cut(attempt.Identity), attempt.Code, attempt.RemoteAddress))
            .OrderBy(kind => kind.Key.Identity, StringComparer.Ordinal)
            .ThenBy(kind => kind.Key.Code, StringComparer.Ordinal)
            .ThenBy(kind => kind.Key.RemoteAddress, StringComparer.Ordinal);
        var identities = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            var latest = kind.Last();
            identities.Add(kind.Key.Identity);
            sinceTrimmed++;
            yield return new Statement(
                Upsert,
                kind.Key.Identity,
                latest.RemoteAddress,
                latest.Code,
                latest.Reason,
                latest.Offered is { } offered ? Cut(offered) : null,
                latest.HttpStatus,
                kind.Min(attempt => attempt.At),
                kind.Max(attempt => attempt.At),
                kind.Count(),
                node);
        }

        yield return OfTheKnown(dialect, identities);
        if (sinceTrimmed <= limits.AttemptsOfStrangers / 4) yield break;
        sinceTrimmed = 0;
        yield return OfStrangers;
    }

    private Statement OfStrangers => new(
        """
        delete from connection_attempts where not known and (at, number) <=
          (select at, number from connection_attempts where not known order by at desc, number desc limit 1 offset $1)
        """,
        limits.AttemptsOfStrangers);

    // Only those that were written to can have become too many.
    private Statement OfTheKnown(SqlDialect dialect, IReadOnlyCollection<string> identities)
    {
        const string sql = """
            delete from connection_attempts where number in (
              select number from (
                select number, row_number() over (partition by identity order by at desc, number desc) as place
                from connection_attempts where known and identity {0}) ranked
              where place > $2)
            """;
        return dialect == SqlDialect.Postgres
            ? new Statement(
                string.Format(CultureInfo.InvariantCulture, sql, "= any ($1)"),
                identities.ToArray(), limits.AttemptsPerCharger)
            : new Statement(
                string.Format(CultureInfo.InvariantCulture, sql, "in (select value from json_each($1))"),
                JsonSerializer.Serialize(identities), limits.AttemptsPerCharger);
    }

    private static string Cut(string text) => text.Length > LongestText ? text[..LongestText] : text;
}
