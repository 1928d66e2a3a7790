using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Attempts;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Messages;
using Moovolt.ReadModel.Readings;
using Moovolt.ReadModel.Storage;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What gateways read and write: the keys of the doors, and what they see there.</summary>
[Collection(BackendsCollection.Name)]
public sealed class DoorsSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");

    private static readonly ObservationLimits Small = ObservationLimits.Usual with
    {
        Queue = 50,
        Pause = TimeSpan.FromMilliseconds(10),
        SeenEvery = TimeSpan.FromMilliseconds(50),
        FramesPerCharger = 8,
        FrameLength = 10,
        AttemptsPerCharger = 4,
        AttemptsOfStrangers = 8,
        ReadingsPerCharger = 8,
    };

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_changed_secret_or_profile_is_another_version_and_the_old_secret_opens_nothing(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var door = new Credentials(stage.Stores.ReadModel, stage.Clock);
        Assert.Null(await door.FindAsync(Id, default));

        byte[] odd = [0, 1, 2, 3, 4, 5, 6, 7, 0xff, 0xff, 0x80, 11, 12, 13, 14, 15, 16, 17, 18, 19]; // not UTF-8
        Assert.Equal(1, (await door.PutAsync(Id, 1, odd, default)).Version);
        Assert.Equal(1, (await door.PutAsync(Id, 1, odd, default)).Version);
        Assert.Equal(1, (await door.PutAsync(Id, 1, null, default)).Version);
        var first = await door.FindAsync(Id, default);
        Assert.True(door.Verify(first, odd));
        Assert.True(door.Verify(first, odd)); // the second time from memory
        Assert.False(door.Verify(first, "000102"u8));

        Assert.Equal(2, (await door.PutAsync(Id, 1, "another one"u8.ToArray(), default)).Version);
        var second = await door.FindAsync(Id, default);
        Assert.False(door.Verify(second, odd));
        Assert.True(door.Verify(second, "another one"u8));

        Assert.Equal(3, (await door.PutAsync(Id, 2, null, default)).Version);
        Assert.True((await door.RetireAsync(Id, true, default)).Retired);
        Assert.Equal((2, false, 3), Of(await door.PutAsync(Id, 2, null, default)));

        var cleared = await door.ClearAsync(Id, default);
        Assert.Equal((false, 4), (cleared.HasSecret, cleared.Version));
        Assert.False(door.Verify(cleared, "another one"u8));
        Assert.False(door.Verify(null, "another one"u8));

        static (int, bool, int) Of(Credential credential) => (credential.SecurityProfile, credential.Retired, credential.Version);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_a_charger_has_come_with_rises_and_is_no_other_key(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var door = new Credentials(stage.Stores.ReadModel, stage.Clock);
        await door.RaiseAsync(Id, 2, default); // nobody registered it: there is no door
        Assert.Null(await door.FindAsync(Id, default));

        await door.PutAsync(Id, 1, "a password of any kind"u8.ToArray(), default);
        await door.RaiseAsync(Id, 3, default);
        await door.RaiseAsync(Id, 2, default);
        var raised = await door.PutAsync(Id, null, null, default);
        Assert.Equal((1, 3, 3, 1), (raised.SecurityProfile, raised.LowestProfile, raised.RequiredProfile, raised.Version));

        var named = await door.PutAsync(Id, null, null, default, old => old with { CertificateName = "SN-1", LowestProfile = 1 });
        Assert.Equal((1, 1, "SN-1", 2), (named.SecurityProfile, named.LowestProfile, named.CertificateName, named.Version));

        var lenient = await door.PutAsync(Id, null, null, default, old => old with { AcceptExpired = true });
        Assert.Equal((true, 2), (lenient.AcceptExpired, lenient.Version)); // live sessions do not notice
        Assert.True((await door.FindAsync(Id, default))!.AcceptExpired);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Changes_of_one_credential_at_once_follow_each_other(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var door = new Credentials(stage.Stores.ReadModel, stage.Clock);
        var secrets = Enumerable.Range(0, 8).Select(n => System.Text.Encoding.UTF8.GetBytes($"a secret of forty characters, number {n:000}"));
        var changed = await Task.WhenAll(secrets.Select(secret => Task.Run(() => door.PutAsync(Id, 1, secret, default))));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], changed.Select(credential => credential.Version).Order());
        Assert.All(changed, credential => Assert.Equal(CredentialKind.Hmac, credential.Kind)); // too long to be guessed
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_pending_password_is_decided_once_and_no_session_notices_before(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var door = new Credentials(stage.Stores.ReadModel, stage.Clock);
        var (old, first, second) = ("old"u8.ToArray(), "first"u8.ToArray(), "second"u8.ToArray());
        Assert.False(await door.ProposeAsync(Id, "r-0", first, default)); // there is no password to replace
        await door.PutAsync(Id, 1, old, default);

        Assert.True(await door.ProposeAsync(Id, "r-1", first, default));
        Assert.False(await door.ProposeAsync(Id, "r-2", second, default)); // the charger may hold the first
        var pending = (await door.FindAsync(Id, default))!;
        Assert.Equal((1, "r-1", Stage.Noon), (pending.Version, pending.Pending!.Rotation, pending.Pending.Since));
        Assert.True(CredentialHash.VerifyPending(pending.Pending, first));
        Assert.False(CredentialHash.VerifyPending(pending.Pending, second));
        Assert.True(door.Verify(pending, old));

        var rotated = await door.SettleAsync(Id, "r-1", taken: true, default);
        Assert.Equal((2, "r-1", CredentialKind.Hmac, null), (rotated.Version, rotated.RotatedBy, rotated.Kind, rotated.Pending));
        Assert.True(door.Verify(rotated, first));
        Assert.False(door.Verify(rotated, old));
        Assert.Equal(rotated.Version, (await door.SettleAsync(Id, "r-1", taken: false, default)).Version); // too late

        await door.ProposeAsync(Id, "r-2", second, default);
        var kept = await door.SettleAsync(Id, "r-2", taken: false, default);
        Assert.Equal((2, "r-1", null), (kept.Version, kept.RotatedBy, kept.Pending));

        await door.ProposeAsync(Id, "r-3", second, default);
        var put = await door.PutAsync(Id, 1, "an operator's"u8.ToArray(), default);
        Assert.Equal((3, null, null), (put.Version, put.RotatedBy, put.Pending));
    }

    [Fact]
    public async Task A_version_that_was_only_remembered_does_not_open_the_changed_door()
    {
        await using var stage = await Stage.OnSqliteAsync();
        var door = new Credentials(stage.Stores.ReadModel, stage.Clock);
        var before = await door.PutAsync(Id, 1, "short"u8.ToArray(), default);
        Assert.True(door.Verify(before, "short"u8));
        var after = await door.PutAsync(Id, 1, "other"u8.ToArray(), default);
        Assert.False(door.Verify(after, "short"u8));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task The_last_frames_attempts_and_readings_are_kept(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await RunAsync(stage, async observations =>
        {
            for (var n = 0; n < 30; n++)
            {
                observations.Frame(Id, 1, FrameDirection.FromCharger, "Heartbeat", $"[2,\"{n:00}\",\"Heartbeat\",{{}}]", Stage.Noon);
                observations.Attempt(new Observed.Attempt($"who-{n}\0", "10.0.0.1", "unknown-identity", "Nobody knows it.", null, 401, Stage.Noon));
                observations.Readings(Id, ConnectorId.Of16(1), [new Sample(null, [new Reading($"{n}")])], Stage.Noon);
                await Task.Delay(15); // in several batches, which the queue of 50 takes easily
            }
        });

        var frames = (await new MessageTable(stage.Stores.ReadModel).ListAsync(Id, 100, null, default)).Items;
        Assert.InRange(frames.Length, 8, 10);
        Assert.Equal("[2,\"29\",\"H", frames[0].Frame);
        Assert.True(frames[0].Truncated);

        var attempts = (await new AttemptTable(stage.Stores.ReadModel).ListAsync(null, 100, null, default)).Items;
        Assert.InRange(attempts.Length, 8, 10);
        Assert.StartsWith("who-29", attempts[0].Identity, StringComparison.Ordinal);

        var readings = (await new ReadingTable(stage.Stores.ReadModel).ListAsync(Id, 100, null, default)).Items;
        Assert.InRange(readings.Length, 8, 10);
        Assert.Equal("29", Assert.Single(readings[0].Readings).Value);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Strangers_do_not_flush_why_a_charger_cannot_come_in_and_repeats_are_counted(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await new Credentials(stage.Stores.ReadModel, stage.Clock).PutAsync(Id, 1, "a password"u8.ToArray(), default);
        await RunAsync(stage, async observations =>
        {
            for (var n = 0; n < 6; n++)
            {
                Fail(observations, Id.Value, "wrong-password", $"10.0.0.{n}", n);
                Fail(observations, Id.Value, "wrong-password", "10.0.0.5", n);
                for (var k = 0; k < 6; k++) Fail(observations, $"who-{n}-{k}", "unknown-identity", "192.0.2.1", n);
                await Task.Delay(30); // in several batches
            }
        });

        var table = new AttemptTable(stage.Stores.ReadModel);
        var its = (await table.ListAsync(Id.Value, 100, null, default)).Items;
        Assert.Equal(["10.0.0.5", "10.0.0.4", "10.0.0.3", "10.0.0.2"], its.Select(row => row.RemoteAddress));
        Assert.Equal((7, Stage.Noon, Stage.Noon.AddSeconds(5), "node-a"), (its[0].Count, its[0].FirstAt, its[0].At, its[0].Node));

        var all = (await table.ListAsync(null, 100, null, default)).Items;
        Assert.InRange(all.Length, 8, 4 + 10); // so many strangers that their bound counts, and no more
        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var page = await table.ListAsync(null, 3, cursor, default);
            pages.AddRange(page.Items.Select(row => row.Identity + row.RemoteAddress));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(all.Select(row => row.Identity + row.RemoteAddress), pages);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Nodes_of_the_release_before_write_their_attempts_one_by_one_beside_those_that_are_counted(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await OldAsync(1);
        await RunAsync(stage, observations =>
        {
            Fail(observations, Id.Value, "wrong-password", "10.0.0.1", 2);
            Fail(observations, Id.Value, "wrong-password", "10.0.0.1", 3);
            return Task.CompletedTask;
        });
        await OldAsync(4);

        var rows = (await new AttemptTable(stage.Stores.ReadModel).ListAsync(Id.Value, 10, null, default)).Items;
        Assert.Equal(
            [(1, 4), (2, 3), (1, 1)],
            rows.Select(row => ((int)row.Count, (row.At - Stage.Noon).Seconds)));
        Assert.Equal([4, 2, 1], rows.Select(row => (row.FirstAt - Stage.Noon).Seconds));

        Task OldAsync(int second) => stage.Stores.ReadModel.RunAsync(
            [
                new Statement(
                    """
                    insert into connection_attempts (identity, remote_address, code, reason, offered, http_status, at)
                    values ($1, '10.0.0.1', 'wrong-password', 'Said in words.', null, 401, $2)
                    """,
                    Id.Value, Stage.Noon.AddSeconds(second)),
            ],
            default);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task The_latest_time_a_charger_was_heard_is_what_people_see(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new RegisterChargePoint(Id, null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Stage.Noon));
        await RunAsync(stage, observations =>
        {
            observations.Seen(Id, Stage.Noon);
            observations.Seen(Id, Stage.Noon.AddSeconds(5));
            observations.Seen(new ChargePointId("CP-2"), Stage.Noon);
            return Task.CompletedTask;
        });
        await RunAsync(stage, observations =>
        {
            observations.Seen(Id, Stage.Noon.AddSeconds(3)); // another node heard it earlier
            return Task.CompletedTask;
        });

        Assert.Equal(Stage.Noon.AddSeconds(5), (await stage.ChargePoints.FindAsync(Id, default))!.LastSeenAt);
    }

    [Fact]
    public async Task What_finds_the_queue_full_is_dropped_and_counted_and_nobody_waits()
    {
        await using var stage = await Stage.OnSqliteAsync();
        var observations = new Observations(stage.Stores.ReadModel, Small, TimeProvider.System, new Lines<Observations>());
        for (var n = 0; n < 120; n++) observations.Frame(Id, 1, FrameDirection.ToCharger, null, "x", Stage.Noon); // nobody writes
        Assert.Equal(70, observations.Dropped);
    }

    [Fact]
    public async Task What_cannot_be_written_is_counted_and_the_next_is_written()
    {
        await using var stage = await Stage.OnSqliteAsync();
        await ExecuteAsync(stage, "alter table messages rename to away");
        var log = new Lines<Observations>();
        var observations = new Observations(stage.Stores.ReadModel, Small, TimeProvider.System, log);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var running = observations.RunAsync(stop.Token);
        observations.Frame(Id, 1, FrameDirection.ToCharger, null, "lost", Stage.Noon);
        Assert.True(await Eventually.Is(() => observations.Dropped == 1, TimeSpan.FromSeconds(10)));
        Assert.Equal(1, log.Count(LogLevel.Warning));

        await ExecuteAsync(stage, "alter table away rename to messages");
        observations.Frame(Id, 1, FrameDirection.ToCharger, null, "kept", Stage.Noon);
        await stop.CancelAsync();
        await running; // what is left is written at the end
        var kept = await new MessageTable(stage.Stores.ReadModel).ListAsync(Id, 10, null, default);
        Assert.Equal("kept", Assert.Single(kept.Items).Frame);
    }

    private static void Fail(Observations observations, string identity, string code, string address, int second) =>
        observations.Attempt(new Observed.Attempt(
            identity, address, code, "Said in words.", null, 401, Stage.Noon.AddSeconds(second)));

    private static async Task RunAsync(Stage stage, Func<Observations, Task> observe)
    {
        var log = new Lines<Observations>();
        var observations = new Observations(stage.Stores.ReadModel, Small, TimeProvider.System, log, "node-a");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var running = observations.RunAsync(stop.Token);
        await observe(observations);
        await stop.CancelAsync();
        await running;
        Assert.Equal("", log.ToString());
        Assert.Equal(0, observations.Dropped);
    }

    private static async Task ExecuteAsync(Stage stage, string sql)
    {
        await using var connection = await stage.Stores.ReadModel.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
