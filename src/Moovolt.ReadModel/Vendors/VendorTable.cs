using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Vendors;

/// <summary>What is agreed with which vendor? Written by operators, and by no projection.</summary>
public sealed class VendorTable(Database database, TimeProvider clock)
{
    /// <summary>So many vendors can be registered: gateways hold them all in memory.</summary>
    public const int Most = 1_000;

    private const string List = "data-transfer-vendors";

    private const string Columns =
        "select vendor_id, message_ids, accepts, response_data, changed_at, changed_by, key from data_transfer_vendors";

    public async Task<VendorRow?> FindAsync(string vendorId, CancellationToken cancellation) =>
        (await database.QueryAsync(new Statement(Columns + " where key = $1", Key(vendorId)), Row, cancellation))
        .SingleOrDefault();

    /// <summary>In the order of their ids.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<VendorRow>> ListAsync(int limit, string? cursor, CancellationToken cancellation)
    {
        var after = Cursor.Read(List, cursor, 1);
        var where = new Where().AndIf(after is not null, "key > ?", after?[0]);
        var rows = await database.QueryAsync(
            where.Select(Columns, "order by key limit ?", Cursor.Fetch(limit)), Row, cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, Key(row.Rule.VendorId)));
    }

    /// <summary>All of them, for the gateways.</summary>
    public async Task<IReadOnlyList<VendorRule>> RulesAsync(CancellationToken cancellation) =>
        await database.QueryAsync(
            new Statement(Columns + " order by key limit $1", Most), reader => Row(reader).Rule, cancellation);

    /// <summary>Registers a vendor, or changes what is agreed with it.</summary>
    /// <returns>False when there are <see cref="Most"/> others already.</returns>
    public async Task<bool> PutAsync(VendorRule rule, string by, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.RunAsync(
            null,
            new Statement(
                """
                insert into data_transfer_vendors
                  (key, vendor_id, message_ids, accepts, response_data, changed_at, changed_by)
                select $1, $2, $3, $4, $5, $6, $7
                where (select count(*) from data_transfer_vendors where key <> $1) < $8
                on conflict (key) do update set vendor_id = excluded.vendor_id, message_ids = excluded.message_ids,
                  accepts = excluded.accepts, response_data = excluded.response_data, changed_at = excluded.changed_at,
                  changed_by = excluded.changed_by
                """,
                Key(rule.VendorId),
                rule.VendorId,
                JsonSerializer.Serialize(rule.MessageIds),
                rule.Accepts,
                rule.ResponseData,
                clock.GetUtcNow(),
                by,
                Most),
            cancellation) > 0;
    }

    /// <summary>Its messages are unknown from then on; those that came stay.</summary>
    /// <returns>False when there was no such vendor.</returns>
    public async Task<bool> RemoveAsync(string vendorId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.RunAsync(
            null, new Statement("delete from data_transfer_vendors where key = $1", Key(vendorId)), cancellation) > 0;
    }

    private static string Key(string vendorId) => vendorId.ToUpperInvariant();

    private static VendorRow Row(DbDataReader reader) => new(
        new VendorRule(
            reader.GetString(0),
            JsonSerializer.Deserialize<ImmutableArray<string>>(reader.GetString(1)),
            reader.GetBoolean(2),
            reader.TextOrNull(3)),
        reader.Instant(4),
        reader.GetString(5));
}
