using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Tokens;

/// <summary>From what happened to a token to its row. One that was taken away has none.</summary>
internal static class TokenProjection
{
    public static readonly string[] Tables = ["tokens"];

    /// <param name="version">The event's sequence number.</param>
    public static Statement Of(TokenEvent @event, long version) => @event switch
    {
        TokenDefined e => new Statement(
            """
            insert into tokens (id, version, status, expires_at, parent, driver, max_concurrent, changed_at, changed_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do update set version = excluded.version, status = excluded.status,
              expires_at = excluded.expires_at, parent = excluded.parent, driver = excluded.driver,
              max_concurrent = excluded.max_concurrent, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            """,
            e.Id.Key,
            version,
            e.Blocked ? "blocked" : "accepted",
            e.ExpiresAt,
            e.Parent,
            e.Driver,
            e.MaxConcurrent,
            e.At,
            e.RequestedBy),
        TokenRemoved e => new Statement("delete from tokens where id = $1", e.Id.Key),
        _ => new Statement("update tokens set version = $2 where id = $1", @event.Id.Key, version),
    };
}
