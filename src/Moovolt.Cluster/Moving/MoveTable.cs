using System.Collections.Immutable;
using Moovolt.Cluster.Joining;
using Npgsql;

namespace Moovolt.Cluster.Moving;

/// <summary>The tables by which chargers are moved (cluster.sql). Every time in them is the database's.</summary>
internal sealed class MoveTable(ClusterBook book)
{
    /// <summary>Says what this member holds.</summary>
    public async Task Hold(Holding own, string roles, CancellationToken cancellation)
    {
        await using var command = book.Database.CreateCommand(
            """
            insert into cluster_holding (address, incarnation, roles, version, sockets, charging)
            values (@address, @incarnation, @roles, @version, @sockets, @charging)
            on conflict (address) do update set
              incarnation = excluded.incarnation, roles = excluded.roles, version = excluded.version,
              sockets = excluded.sockets, charging = excluded.charging, at = now()
            """);
        command.Parameters.AddWithValue("address", own.Address);
        command.Parameters.AddWithValue("incarnation", own.Incarnation);
        command.Parameters.AddWithValue("roles", roles);
        command.Parameters.AddWithValue("version", own.Version);
        command.Parameters.AddWithValue("sockets", own.Sockets);
        command.Parameters.AddWithValue("charging", own.Charging);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>This member has left.</summary>
    public Task Release(string address, long incarnation, CancellationToken cancellation) => Change(
        "delete from cluster_holding where address = @address and incarnation = @incarnation",
        cancellation,
        ("address", address),
        ("incarnation", incarnation));

    /// <summary>
    /// What an operator has asked of the member of this address; null when it is to serve. A wish that no member has
    /// read for a day is forgotten: its address may be another's by now.
    /// </summary>
    public async Task<Drain?> ReadDrain(string address, CancellationToken cancellation)
    {
        await using var command = book.Database.CreateCommand(
            """
            update cluster_drain set seen_at = now()
            where address = @address and seen_at > now() - interval '1 day'
            returning rate, leave, asked_by, asked_at
            """);
        command.Parameters.AddWithValue("address", address);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? DrainOf(reader, 0) : null;
    }

    /// <summary>The member leaves, so that it does not leave again when it is started anew.</summary>
    public Task Leaves(string address, CancellationToken cancellation) => Change(
        "update cluster_drain set leave = false where address = @address", cancellation, ("address", address));

    /// <summary>Takes what this run of the program is to give up, if anything: it is told once.</summary>
    public async Task<(int Sockets, int Rate)?> TakeSurplus(
        string address, long incarnation, CancellationToken cancellation)
    {
        await using var command = book.Database.CreateCommand(
            """
            delete from cluster_surplus where address = @address and incarnation = @incarnation
            returning sockets, rate
            """);
        command.Parameters.AddWithValue("address", address);
        command.Parameters.AddWithValue("incarnation", incarnation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt32(0), reader.GetInt32(1)) : null;
    }

    /// <summary>The members that have said within 15 s what they hold.</summary>
    public async Task<ImmutableArray<Holding>> Holdings(CancellationToken cancellation)
    {
        await using var command = book.Database.CreateCommand(
            """
            select h.address, h.incarnation, h.roles, h.version, h.sockets, h.charging,
              d.rate, d.leave, d.asked_by, d.asked_at
            from cluster_holding h
            left join cluster_drain d on d.address = h.address and d.seen_at > now() - interval '1 day'
            where h.at > now() - interval '15 seconds'
            order by h.address
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var members = ImmutableArray.CreateBuilder<Holding>();
        while (await reader.ReadAsync(cancellation))
        {
            members.Add(new Holding(
                reader.GetString(0),
                reader.GetInt64(1),
                reader.GetString(2).Split(',').Contains("gateway"),
                reader.GetString(3),
                reader.GetInt32(4),
                reader.GetInt32(5),
                reader.IsDBNull(6) ? null : DrainOf(reader, 6)));
        }

        return members.ToImmutable();
    }

    /// <summary>Writes down that a member shall hold no chargers; asked again, the first moment stays.</summary>
    public async Task<Drain> Drain(string address, int rate, bool leave, string by, CancellationToken cancellation)
    {
        await using var command = book.Database.CreateCommand(
            """
            insert into cluster_drain as d (address, rate, leave, asked_by) values (@address, @rate, @leave, @by)
            on conflict (address) do update set
              rate = excluded.rate, leave = excluded.leave, asked_by = excluded.asked_by, seen_at = now(),
              asked_at = case when d.seen_at > now() - interval '1 day' then d.asked_at else now() end
            returning rate, leave, asked_by, asked_at
            """);
        command.Parameters.AddWithValue("address", address);
        command.Parameters.AddWithValue("rate", rate);
        command.Parameters.AddWithValue("leave", leave);
        command.Parameters.AddWithValue("by", by);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation); // an upsert returns its row
        return DrainOf(reader, 0);
    }

    /// <returns>False when it was not drained.</returns>
    public async Task<bool> Undrain(string address, CancellationToken cancellation) => await Change(
        "delete from cluster_drain where address = @address", cancellation, ("address", address)) > 0;

    /// <summary>Writes down what a member holds more than its share; the latest word counts.</summary>
    public Task GiveUp(Share share, int rate, string by, CancellationToken cancellation) => Change(
        """
        insert into cluster_surplus (address, incarnation, sockets, rate, asked_by)
        values (@address, @incarnation, @sockets, @rate, @by)
        on conflict (address) do update set
          incarnation = excluded.incarnation, sockets = excluded.sockets, rate = excluded.rate,
          asked_by = excluded.asked_by, asked_at = now()
        """,
        cancellation,
        ("address", share.Address),
        ("incarnation", share.Incarnation),
        ("sockets", share.Surplus),
        ("rate", rate),
        ("by", by));

    private static Drain DrainOf(NpgsqlDataReader reader, int first) => new(
        reader.GetInt32(first),
        reader.GetBoolean(first + 1),
        reader.GetString(first + 2),
        reader.GetFieldValue<DateTimeOffset>(first + 3));

    private async Task<int> Change(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var command = book.Database.CreateCommand(sql);
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
