using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.Clock;
using Moovolt.ReadModel.SecurityEvents;
using Moovolt.ReadModel.Storage;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What is asked often, or by many, is found by an index and not by reading all there ever was.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ScaleSpec(Backends backends)
{
    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Who_holds_sessions_is_told_apart_and_counted(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var presence = stage.Presence;
        Assert.Empty(await presence.HoldersAsync(default));
        await RunAsync(
            stage,
            """
            insert into charge_points (id, version, online, epoch, node, incarnation) values
              ('CP-1', 1, true, 3, 'a', 7), ('CP-2', 1, true, 4, 'a', 7), ('CP-3', 1, true, 5, 'a', 8),
              ('CP-4', 1, true, 6, 'b', 7), ('CP-5', 1, false, 9, null, null)
            """);

        Assert.Equal(
            [new("a", 7), new("a", 8), new SessionHolder("b", 7)],
            (await presence.HoldersAsync(default)).OrderBy(holder => holder.Node).ThenBy(holder => holder.Incarnation));
        Assert.Equal(
            [new(new("CP-1"), 3), new OpenSessionRow(new("CP-2"), 4)],
            await presence.SessionsOfAsync(new("a", 7), default));
        Assert.Equal(
            [(new("a", 7), 2), (new("a", 8), 1), (new SessionHolder("b", 7), 1)],
            (await presence.CountAsync(default)).OrderBy(count => count.Holder.Node).ThenBy(count => count.Holder.Incarnation));
    }

    [SkippableFact]
    public async Task Lists_by_state_and_the_holders_of_sessions_are_found_by_their_indexes()
    {
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        await RunAsync(
            stage,
            """
            insert into transactions (charge_point, local_id, version, state, heard_at, started_at)
              select 'CP-' || n % 500, n, 1, case when n % 5000 = 0 then 'suspended' else 'ended' end, n,
                     case when n % 5000 <> 0 then n end
              from generate_series(1, 20000) n;
            insert into commands (id, charge_point, version, action, state, request, requested_by, patience_seconds, created_at)
              select n, 'CP-' || n % 500, 1, 'Reset', case when n % 5000 = 0 then 'Queued' else 'Accepted' end, '{}', 'ana', 1, n
              from generate_series(1, 20000) n;
            insert into charge_points (id, version, online, epoch, node, incarnation)
              select 'CP-' || n, 1, true, 1, 'node-' || n % 3, 7 from generate_series(1, 20000) n;
            insert into security_events (charge_point, sequence_number, type, critical, charger_at, at)
              select 'CP-' || n % 500, n, case when n % 5000 = 1 then 'Rare' else 'Usual' end, n % 5000 = 0, n, n
              from generate_series(1, 20000) n;
            analyze
            """);

        Assert.Equal(4, (await stage.Transactions.ListAsync(new(State: "suspended"), 50, null, default)).Items.Length);
        Assert.Equal(
            4, (await stage.Commands.ListAsync(new(State: Domain.ChargePoints.RequestState.Queued), 50, null, default)).Items.Length);
        var events = new SecurityEventTable(stage.Stores.ReadModel);
        Assert.Equal(4, (await events.ListAsync(new(Critical: true), 50, null, default)).Items.Length);
        Assert.Equal(4, (await events.ListAsync(new(Type: "Rare"), 50, null, default)).Items.Length);
        var second = (await events.ListAsync(new(), 100, null, default)).Next;
        Assert.Equal(19_900, (await events.ListAsync(new(), 100, second, default)).Items[0].SequenceNumber);
        Assert.Equal(3, (await stage.Presence.HoldersAsync(default)).Count);
        Assert.Equal(6666, (await stage.Presence.SessionsOfAsync(new("node-0", 7), default)).Count);

        await UsedAsync(stage, "transactions_suspended", most: 4);
        await UsedAsync(stage, "commands_in_state", most: 4);
        await UsedAsync(stage, "security_events_critical", most: 4);
        await UsedAsync(stage, "security_events_of_type", most: 4);
        await UsedAsync(stage, "security_events_at", most: 250); // two pages of 101, and not the first one again with the second
        await UsedAsync(stage, "charge_points_held", most: 50 + 6666); // a look for each member, and what one of them holds
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Old_changes_go_in_bounded_steps_and_what_is_younger_stays(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var old = Instants.Store(Stage.Noon - ChangeTable.Kept) - 1;
        await RunAsync(
            stage,
            $"""
            insert into changes (id, type, body, at)
            with recursive n (n) as (select 1 union all select n + 1 from n where n < {ChangePruning.AtOnce + 100})
            select n, 'x', '[]', case when n in (5, {ChangePruning.AtOnce + 100}) then {old + 1} else {old} end from n
            """);

        var log = new Lines<ChangePruning>();
        var pruning = new ChangePruning(stage.Stores.ReadModel, stage.Clock, log);
        await pruning.StepAsync(default);
        Assert.Equal(101, await CountAsync(stage)); // one that says that it is younger is left where it is
        await pruning.StepAsync(default);
        Assert.Equal(2, await CountAsync(stage));
        await pruning.StepAsync(default); // nothing: done for ten minutes
        await RunAsync(stage, $"insert into changes (id, type, body, at) values (0, 'x', '[]', {old})");
        await pruning.StepAsync(default);
        Assert.Equal(3, await CountAsync(stage));
        stage.Clock.Advance(TimeSpan.FromMinutes(10));
        await pruning.StepAsync(default);
        Assert.Equal(0, await CountAsync(stage)); // the other two are old by now
        Assert.Equal("", log.ToString());
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Pruning_that_fails_is_said_and_does_not_stop_what_is_shown(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await RunAsync(stage, "alter table changes rename to away");
        var log = new Lines<ChangePruning>();
        var pruning = new ChangePruning(stage.Stores.ReadModel, stage.Clock, log);
        await pruning.StepAsync(default);
        await pruning.StepAsync(default);
        Assert.Equal(1, log.Count(Microsoft.Extensions.Logging.LogLevel.Warning));
    }

    [SkippableFact]
    public async Task Old_changes_are_found_by_their_ids()
    {
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        await RunAsync(
            stage,
            "insert into changes (id, type, body, at) select n, 'x', '[]', n from generate_series(1, 200000) n; analyze");
        await new ChangePruning(stage.Stores.ReadModel, stage.Clock, new Lines<ChangePruning>()).StepAsync(default);
        await UsedAsync(stage, "changes_pkey", most: 2 * ChangePruning.AtOnce);
        var scans = await stage.Stores.ReadModel.QueryAsync(
            new Statement("select seq_tup_read from pg_stat_user_tables where relname = 'changes'"), row => row.GetInt64(0), default);
        Assert.Equal(0, scans.Single()); // the table as a whole
        Assert.Equal(195_000, await CountAsync(stage));
    }

    // What the server's own statistics say, a moment later: the index was read, and no more of it than must be.
    private static async Task UsedAsync(Stage stage, string index, long most)
    {
        (long Scans, long Read) found = default;
        var used = await Eventually.Is(
            async () =>
            {
                var rows = await stage.Stores.ReadModel.QueryAsync(
                    new Statement(
                        "select idx_scan, idx_tup_read from pg_stat_user_indexes where indexrelname = $1", index),
                    row => (row.GetInt64(0), row.GetInt64(1)),
                    default);
                found = rows.Single();
                return found.Scans > 0;
            },
            TimeSpan.FromSeconds(60));
        Assert.True(used, $"{index} was not used");
        Assert.InRange(found.Read, 1, most);
    }

    private static async Task<long> CountAsync(Stage stage) => (await stage.Stores.ReadModel.QueryAsync(
        new Statement("select count(*) from changes"), row => row.GetInt64(0), default)).Single();

    private static async Task RunAsync(Stage stage, string sql)
    {
        await using var connection = await stage.Stores.ReadModel.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
