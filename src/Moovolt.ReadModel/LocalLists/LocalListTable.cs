using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.LocalLists;

/// <summary>Which tokens does a charger hold on its local list?</summary>
public sealed class LocalListTable(Database database)
{
    // As much as a hundred full messages of ours: what was sent by hand may be more than one list.
    private const long Most = 20_000;

    /// <summary>The list in the order of its tokens; an empty one of no version while nobody knows.</summary>
    public async Task<LocalListRow> FindAsync(ChargePointId chargePoint, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var lists = await connection.QueryAsync(
            null,
            new Statement(
                """
                select l.version, l.in_step, l.sent_at, l.follows, c.protocol
                from local_lists l left join charge_points c on c.id = l.charge_point where l.charge_point = $1
                """,
                chargePoint.Value),
            reader => new LocalListRow(
                (int?)reader.NumberOrNull(0), reader.GetBoolean(1), reader.InstantOrNull(2), [],
                Enum.Parse<ListFollowing>(reader.GetString(3), ignoreCase: true), reader.TextOrNull(4)),
            cancellation);
        if (lists is not [var list]) return new LocalListRow(null, false, null, []);

        var items = await connection.QueryAsync(
            null,
            new Statement(
                "select token, status, expires_at, parent from local_list_entries where charge_point = $1 order by "
                    + "folded limit $2",
                chargePoint.Value, Most),
            reader => new LocalListItemRow(
                reader.GetString(0), reader.GetString(1), reader.InstantOrNull(2), reader.TextOrNull(3)),
            cancellation);
        return list with { Items = [.. items] };
    }

    /// <summary>The charge points whose lists are kept in step with the tokens, those that are retired left out.</summary>
    public Task<List<ChargePointId>> ManagedAsync(CancellationToken cancellation) =>
        FollowersAsync("follows <> 'nothing'", [], cancellation);

    /// <summary>Of these, whose list may be another now that something has happened to those tokens.</summary>
    /// <param name="tokens">A few.</param>
    public Task<List<ChargePointId>> ManagedAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation) =>
        FollowersAsync(
            $"""
             (follows = 'all' or follows <> 'nothing' and charge_point in
               (select charge_point from local_list_entries where folded in ({Where.Places(tokens.Count)})))
             """,
            [.. tokens.Select(token => token.Key)], cancellation);

    private async Task<List<ChargePointId>> FollowersAsync(
        string which, object?[] values, CancellationToken cancellation) =>
        await database.QueryAsync(
            new Where().And(which, values).And("not exists (select 1 from charge_points c where c.id = charge_point and c.retired)")
                .Select("select charge_point from local_lists", "order by charge_point"),
            reader => new ChargePointId(reader.GetString(0)),
            cancellation);
}
