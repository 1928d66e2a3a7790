using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Moovolt.ReadModel.Projection;

namespace Moovolt.ReadModel.Storage;

/// <summary>
/// Looks at the databases as a cautious operator would, and changes nothing: are they there, do they keep what they
/// commit, is the schema this program's, does anything hold the projector up? May run beside nodes that serve.
/// </summary>
public sealed class Examination(Stores stores, TimeProvider clock)
{
    /// <summary>The functions that the projector's order stands on came with it (pg_current_xact_id).</summary>
    private const int OldestServer = 130_000;

    /// <summary>A cluster is three, and one more while it is upgraded.</summary>
    private const int FewestNodes = 4;

    /// <summary>A node whose clock is further from the database's tells chargers the database's time, and says so.</summary>
    public static readonly TimeSpan ClockWarning = TimeSpan.FromSeconds(2);

    /// <summary>A node whose clock is further from the database's is not ready for chargers.</summary>
    public static readonly TimeSpan ClockFatal = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LagWarning = TimeSpan.FromSeconds(30);

    /// <summary>The findings, each as it is made.</summary>
    public async IAsyncEnumerable<Finding> FindingsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (connection, absent) = await TryOpenAsync(cancellation);
        if (connection is null)
        {
            yield return Finding.Fatal(
                $"The database {stores.Journal.Name} cannot be opened: {absent}",
                "Nodes wait for it and let nobody in. Look at MOOVOLT_DB, at the server and at the way to it.");
            yield break;
        }

        await using (connection)
        {
            yield return Finding.Fine($"The database {stores.Journal.Name} is there.");
            var own = stores.Journal.Dialect == SqlDialect.Postgres
                ? OfPostgresAsync(connection, cancellation)
                : OfSqliteAsync(connection, cancellation);
            var damaged = false;
            await foreach (var finding in own)
            {
                damaged |= finding.Gravity == Gravity.Fatal && stores.Journal.Dialect == SqlDialect.Sqlite;
                yield return finding;
            }

            if (damaged) yield break;
            var journal = await SchemaAsync(stores.Journal, Schema.OfTheJournal, cancellation);
            var readModel = await SchemaAsync(stores.ReadModel, Schema.OfTheReadModel, cancellation);
            yield return journal.Finding;
            yield return readModel.Finding;
            if (journal.IsOurs && readModel.IsOurs) yield return await LagAsync(cancellation);
        }
    }

    private async Task<(DbConnection? Connection, string? Absent)> TryOpenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await stores.Journal.OpenAsync(cancellation), null);
        }
        catch (Exception e) when (Database.IsAway(e))
        {
            return (null, e.Message);
        }
    }

    private async IAsyncEnumerable<Finding> OfPostgresAsync(
        DbConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var version = int.Parse(await SettingAsync(connection, "server_version_num", cancellation), CultureInfo.InvariantCulture);
        yield return version >= OldestServer
            ? Finding.Fine($"PostgreSQL {version / 10_000}.{version % 10_000}.")
            : Finding.Fatal($"PostgreSQL {version / 10_000} is too old.", "Use 13 or newer.");

        foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            var value = await SettingAsync(connection, setting, cancellation);
            yield return value != "off"
                ? Finding.Fine($"{setting} is {value}.")
                : Finding.Fatal(
                    $"{setting} is off: what chargers were answered can be lost when the server loses power.",
                    $"Set {setting} = on, for the server and for the role (ALTER ROLE … RESET {setting}).");
        }

        yield return await RoomAsync(connection, cancellation);
        yield return await ClockAsync(connection, cancellation);
        var held = await connection.QueryAsync(
            null,
            new Statement(
                """
                select pid, coalesce(usename, ''), coalesce(application_name, ''), now() - xact_start
                from pg_stat_activity
                where xact_start < now() - interval '1 minute' and backend_xid is not null and pid <> pg_backend_pid()
                order by xact_start limit 5
                """),
            reader => $"{reader.GetString(1)} ({reader.GetString(2)}, pid {reader.GetInt32(0)}) for "
                + $"{reader.GetFieldValue<TimeSpan>(3).TotalMinutes:F0} min",
            cancellation);
        yield return held.Count == 0
            ? Finding.Fine("No write transaction is held open.")
            : Finding.Warning(
                $"Write transactions are held open, and what people look at does not follow: {string.Join("; ", held)}.",
                "End them (select pg_terminate_backend(pid)), and ask whose they are.");
    }

    private static async Task<Finding> RoomAsync(DbConnection connection, CancellationToken cancellation)
    {
        var room = int.Parse(await SettingAsync(connection, "max_connections", cancellation), CultureInfo.InvariantCulture)
            - int.Parse(await SettingAsync(connection, "superuser_reserved_connections", cancellation), CultureInfo.InvariantCulture);
        const int each = PostgresDatabase.ConnectionsOfANode;
        var what = $"The server takes {room} connections; a node opens up to {each}: room for {room / each} nodes.";
        return room >= FewestNodes * each
            ? Finding.Fine(what)
            : Finding.Warning(what, "Raise max_connections, or say Maximum Pool Size=… in MOOVOLT_DB.");
    }

    private static async IAsyncEnumerable<Finding> OfSqliteAsync(
        DbConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var check = await QuickCheckAsync(connection, cancellation);
        yield return check is ["ok"]
            ? Finding.Fine("SQLite finds its file whole.")
            : Finding.Fatal(
                $"SQLite finds its file damaged: {string.Join("; ", check)}",
                "Stop the node, keep a copy of the directory, and restore the last backup.");
        if (check is not ["ok"]) yield break;
        var mode = await connection.QueryAsync(
            null, new Statement("pragma journal_mode"), reader => reader.GetString(0), cancellation);
        yield return mode is ["wal"]
            ? Finding.Fine("SQLite writes ahead (wal).")
            : Finding.Warning(
                $"SQLite's journal_mode is {string.Join(' ', mode)}.", "A node sets wal at its start: start one.");
    }

    private static async Task<List<string>> QuickCheckAsync(DbConnection connection, CancellationToken cancellation)
    {
        try
        {
            return await connection.QueryAsync(
                null, new Statement("pragma quick_check(5)"), reader => reader.GetString(0), cancellation);
        }
        catch (DbException e)
        {
            return [e.Message]; // so damaged that it cannot be asked
        }
    }

    // Half of the way there and back is the best that can be known of when the server looked at its clock.
    private async Task<Finding> ClockAsync(DbConnection connection, CancellationToken cancellation)
    {
        var asked = clock.GetUtcNow();
        var answer = await connection.QueryAsync(
            null, new Statement("select clock_timestamp()"),
            reader => reader.GetFieldValue<DateTimeOffset>(0), cancellation);
        var answered = clock.GetUtcNow();
        var apart = (answer.Single() - (asked + ((answered - asked) / 2))).Duration();
        var what = $"This machine's clock and the database's are {apart.TotalSeconds:F1} s apart";
        const string advice = "Chargers are told the database's time beyond 2 s, and a node is not ready beyond 30 s. Keep both by NTP.";
        return apart > ClockFatal ? Finding.Fatal($"{what}.", advice)
            : apart > ClockWarning ? Finding.Warning($"{what}.", advice)
            : Finding.Fine($"{what}.");
    }

    private static async Task<(Finding Finding, bool IsOurs)> SchemaAsync(
        Database database, Schema schema, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var tables = await connection.QueryAsync(
            null,
            new Statement(database.Choose(
                "select to_regclass('schema_version') is not null",
                "select count(*) > 0 from sqlite_master where name = 'schema_version'")),
            reader => reader.GetBoolean(0),
            cancellation);
        var progress = tables is [true] ? await schema.ProgressAsync(connection, null, cancellation) : null;
        var knows = schema.Scripts(database.Dialect)[^1].Version;
        return progress switch
        {
            null => (Finding.Fine($"The {schema.Name} schema is not there yet: the first node makes it."), false),
            { Demanded: var demanded } when demanded > knows => (Finding.Fatal(
                $"The {schema.Name} schema is version {demanded}, and this program knows {knows} at most.",
                "A newer moovolt was here: run that one, or restore the backup from before it."), false),
            { Reached: var reached } when reached == knows =>
                (Finding.Fine($"The {schema.Name} schema is version {reached}, this program's."), true),
            { Reached: var reached } when reached > knows => (Finding.Fine(
                $"The {schema.Name} schema is version {reached}: a newer moovolt added to it what this program, which knows "
                    + $"{knows}, can do without."), true),
            { Reached: var reached } => (Finding.Warning(
                $"The {schema.Name} schema is version {reached}; this program brings it to {knows} at its start.",
                "Back up before you upgrade; `moovolt migrate` does it beforehand."), false),
        };
    }

    private async Task<Finding> LagAsync(CancellationToken cancellation)
    {
        var lag = await new Freshness(stores, clock).LagAsync(cancellation);
        var more = lag.Events >= Freshness.MostCounted ? " or more" : "";
        var what = $"{lag.Events}{more} stored events are not yet in the tables that people look at, "
            + $"the oldest for {lag.Age.TotalSeconds:F0} s.";
        return lag.Age < LagWarning
            ? Finding.Fine(what)
            : Finding.Warning(what, "Does a node with the role projections run? Its log says what holds it up.");
    }

    private static async Task<string> SettingAsync(DbConnection connection, string name, CancellationToken cancellation)
    {
        var values = await connection.QueryAsync(
            null, new Statement("select current_setting($1)", name), reader => reader.GetString(0), cancellation);
        return values.Single();
    }
}
