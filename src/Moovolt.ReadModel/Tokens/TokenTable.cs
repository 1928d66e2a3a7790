using System.Data.Common;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Tokens;

/// <summary>Who may charge?</summary>
public sealed class TokenTable(Database database)
{
    private const string List = "tokens";

    private const string Columns = """
        select id, status, expires_at, parent, driver, max_concurrent, changed_at, changed_by, version from tokens
        """;

    public async Task<TokenRow?> FindAsync(TokenId id, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(new Statement(Columns + " where id = $1", id.Key), Token, cancellation);
        return found.SingleOrDefault();
    }

    /// <summary>How many have more characters than that and may charge at that moment.</summary>
    public async Task<long> CountLongerAsync(int longest, DateTimeOffset now, CancellationToken cancellation)
    {
        var counted = await database.QueryAsync(
            new Statement(
                """
                select count(*) from tokens
                where length(id) > $1 and status = 'accepted' and (expires_at is null or expires_at > $2)
                """,
                longest, now),
            reader => reader.GetInt64(0),
            cancellation);
        return counted.Single();
    }

    /// <summary>In the order of their ids.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<TokenRow>> ListAsync(
        TokenFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        var after = Cursor.Read(List, cursor, 1);
        var where = new Where()
            .AndIf(filter.Status is not null, "status = ?", filter.Status)
            .AndIf(after is not null, "id > ?", after?[0]);
        if (filter.Search is { Length: > 0 } search)
        {
            var pattern = Where.Anywhere(search);
            where.And(
                """
                (lower(id) like ? escape '\' or lower(coalesce(parent, '')) like ? escape '\'
                 or lower(coalesce(driver, '')) like ? escape '\')
                """,
                pattern, pattern, pattern);
        }

        var rows = await database.QueryAsync(
            where.Select(Columns, "order by id limit ?", Cursor.Fetch(limit)), Token, cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Id));
    }

    private static TokenRow Token(DbDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.InstantOrNull(2),
        reader.TextOrNull(3),
        reader.TextOrNull(4),
        (int?)reader.NumberOrNull(5),
        reader.Instant(6),
        reader.GetString(7),
        reader.GetInt64(8));
}
