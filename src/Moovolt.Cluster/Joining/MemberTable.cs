using System.Collections.Immutable;
using Npgsql;

namespace Moovolt.Cluster.Joining;

/// <summary>How a node stands in the table of members.</summary>
internal enum Standing
{
    Joining,
    Founding,
    Up,
    Leaving,
}

/// <summary>Another node's row.</summary>
/// <param name="Age">Since its last heartbeat, by the database's clock.</param>
/// <param name="Version">As it has written it.</param>
internal sealed record OtherMember(string Address, Standing Standing, TimeSpan Age, string Version)
{
    /// <summary>Five heartbeats and a half: it lives, as far as the database knows.</summary>
    public bool IsFresh => Age < TimeSpan.FromSeconds(15);
}

/// <summary>The table in which the nodes of one database find each other (cluster.sql).</summary>
internal sealed class MemberTable(
    NpgsqlDataSource database, string address, long incarnation, string roles, string version)
{
    /// <summary>Never change it: old and new programs must exclude each other.</summary>
    private const long FoundingLock = 7_001_002;

    public Task CreateIfAbsent(CancellationToken cancellation) => ClusterBook.CreateIfAbsent(database, cancellation);

    /// <summary>
    /// The last heartbeat of another run of the program under this node's address; null when there is no fresh one.
    /// </summary>
    public async Task<DateTime?> BeatOfNamesake(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select heartbeat_at from cluster_member
            where address = @address and incarnation <> @incarnation and heartbeat_at > now() - interval '15 seconds'
            """);
        command.Parameters.AddWithValue("address", address);
        command.Parameters.AddWithValue("incarnation", incarnation);
        return (DateTime?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Takes the row of this address, from a former incarnation too: only one can hold the port.</summary>
    public Task Announce(CancellationToken cancellation) => Write(
        """
        insert into cluster_member (address, incarnation, roles, version, status)
        values (@address, @incarnation, @roles, @version, @standing)
        on conflict (address) do update set
          incarnation = excluded.incarnation, roles = excluded.roles, version = excluded.version,
          status = excluded.status, started_at = now(), heartbeat_at = now()
        """,
        Standing.Joining,
        cancellation);

    /// <summary>
    /// Says that this node lives. A row that was deleted comes back; one that a later incarnation took stays that
    /// one's.
    /// </summary>
    public Task Beat(Standing standing, CancellationToken cancellation) => Write(
        """
        insert into cluster_member (address, incarnation, roles, version, status)
        values (@address, @incarnation, @roles, @version, @standing)
        on conflict (address) do update set status = excluded.status, heartbeat_at = now()
        where cluster_member.incarnation = excluded.incarnation
        """,
        standing,
        cancellation);

    public async Task Remove(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "delete from cluster_member where address = @address and incarnation = @incarnation");
        command.Parameters.AddWithValue("address", address);
        command.Parameters.AddWithValue("incarnation", incarnation);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// The nodes that are, or once were, members of a cluster on this database; the longest there first.
    /// </summary>
    public async Task<ImmutableArray<OtherMember>> Others(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await Others(connection, cancellation);
    }

    /// <summary>
    /// Makes this node the cluster, if there is none: the commit comes before the node joins itself, and the lock lets
    /// one node decide at a time, so that two can never found.
    /// </summary>
    /// <param name="gone">Members whose heartbeats have ended and whose addresses are dead.</param>
    public async Task<bool> TryFound(IReadOnlySet<string> gone, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ClusterBook.Lock(connection, FoundingLock, cancellation);
        if ((await Others(connection, cancellation)).Any(other => other.IsFresh || !gone.Contains(other.Address)))
            return false;

        await using var found = new NpgsqlCommand(
            """
            insert into cluster_identity default values on conflict do nothing;
            update cluster_member set status = 'founding', heartbeat_at = now()
            where address = @address and incarnation = @incarnation
            """,
            connection);
        found.Parameters.AddWithValue("address", address);
        found.Parameters.AddWithValue("incarnation", incarnation);
        var founded = await found.ExecuteNonQueryAsync(cancellation) > 0;
        await transaction.CommitAsync(cancellation);
        return founded;
    }

    private async Task<ImmutableArray<OtherMember>> Others(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select address, status, extract(epoch from now() - heartbeat_at)::float8, version
            from cluster_member
            where address <> @address and status <> 'joining' and heartbeat_at > now() - interval '24 hours'
            order by started_at
            """,
            connection);
        command.Parameters.AddWithValue("address", address);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var others = ImmutableArray.CreateBuilder<OtherMember>();
        while (await reader.ReadAsync(cancellation))
        {
            others.Add(new OtherMember(
                reader.GetString(0),
                Enum.Parse<Standing>(reader.GetString(1), ignoreCase: true),
                TimeSpan.FromSeconds(reader.GetDouble(2)),
                reader.GetString(3)));
        }

        return others.ToImmutable();
    }

    private async Task Write(string sql, Standing standing, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue("address", address);
        command.Parameters.AddWithValue("incarnation", incarnation);
        command.Parameters.AddWithValue("roles", roles);
        command.Parameters.AddWithValue("version", version);
        command.Parameters.AddWithValue("standing", WordOf(standing));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string WordOf(Standing standing) => standing switch
    {
        Standing.Joining => "joining",
        Standing.Founding => "founding",
        Standing.Up => "up",
        _ => "leaving",
    };
}
