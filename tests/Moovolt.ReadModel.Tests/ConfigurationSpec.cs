using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see of a charger's configuration, and of what they wished of its availability.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ConfigurationSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly DateTimeOffset Noon = Stage.Noon;

    private int asked;

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_a_read_finds_other_than_known_is_a_change(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AnswerAsync(stage, 1, Read([Item("HeartbeatInterval", "600"), Item("Vendor", null)], ["Nope"]));
        Assert.Empty(await ChangesAsync(stage)); // what is heard for the first time has not changed

        await AnswerAsync(stage, 2, Read([Item("heartbeatinterval", "60"), Item("Vendor", null)], []));

        Assert.Equal(["heartbeatinterval 600>60 read"], await ChangesAsync(stage));
        var items = await stage.Configuration.ItemsAsync(Id, default);
        Assert.Equal(["heartbeatinterval=60", "Vendor="], items.Select(row => $"{row.Key}={row.Value}"));
        Assert.Equal(Noon.AddMinutes(2), await stage.Configuration.ReadAtAsync(Id, default));
        Assert.Equal("Nope", Assert.Single(await stage.Configuration.UnknownAsync(Id, default)));
        var change = Assert.Single((await stage.Configuration.ChangesAsync(Id, 10, null, default)).Items);
        Assert.Equal(("r-2", Noon.AddMinutes(2)), (change.Command, change.At));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_is_written_is_a_change_and_so_is_what_the_charger_makes_of_it(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AnswerAsync(stage, 1, Read([Item("A", "1", isReadonly: true)], []));
        await AnswerAsync(stage, 2, new ConfigurationWritten(Item("a", "2"), RebootRequired: false));
        await AnswerAsync(stage, 3, new ConfigurationWritten(Item("a", "2"), RebootRequired: false)); // no other value
        await AnswerAsync(stage, 4, new ConfigurationWritten(Item("B", "x"), RebootRequired: false)); // not known before
        await AnswerAsync(stage, 5, Read([Item("A", "1.5"), Item("B", "x")], []));
        await AnswerAsync(stage, 6, Read([Item("A", "1.7")], []));

        Assert.Equal(
            ["A 1.5>1.7 read", "A 2>1.5 charger", "B >x written", "a 1>2 written"], await ChangesAsync(stage));
        var first = await stage.Configuration.ChangesAsync(Id, 1, null, default);
        var second = await stage.Configuration.ChangesAsync(Id, 1, first.Next, default);
        Assert.Equal(["1.5", "2"], second.Items.Select(row => row.New).Concat(second.Items.Select(row => row.Old)));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_value_that_waits_for_a_restart_says_so_until_there_was_one(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AnswerAsync(stage, 1, new ConfigurationWritten(Item("A", "2"), RebootRequired: true));
        await AnswerAsync(stage, 2, Read([Item("A", "1")], [])); // the old one holds until then, and nobody is to blame
        Assert.True(Assert.Single(await stage.Configuration.ItemsAsync(Id, default)).RebootRequired);
        Assert.Equal(["A 2>1 read", "A >2 written"], await ChangesAsync(stage));

        await stage.TellAsync(new OpenSession(Id, "s-2", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 2, new BootDetails("V", "M"), Noon));

        Assert.False(Assert.Single(await stage.Configuration.ItemsAsync(Id, default)).RebootRequired);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_key_that_is_gone_is_unknown_and_one_that_comes_back_is_known(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AnswerAsync(stage, 1, Read([Item("A", "1")], []));
        await AnswerAsync(stage, 2, new ConfigurationUnknown("a"));
        Assert.Empty(await stage.Configuration.ItemsAsync(Id, default));
        Assert.Equal("a", Assert.Single(await stage.Configuration.UnknownAsync(Id, default)));
        Assert.Equal(["A 1> read"], await ChangesAsync(stage));

        await AnswerAsync(stage, 3, Read([Item("A", "1")], []));
        Assert.Empty(await stage.Configuration.UnknownAsync(Id, default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_secret_is_named_and_not_shown(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AnswerAsync(stage, 1, Read([Item("AuthorizationKey", "30313233")], []));
        await AnswerAsync(stage, 2, Read([Item("AuthorizationKey", "34353637")], []));

        var item = Assert.Single(await stage.Configuration.ItemsAsync(Id, default));
        Assert.Equal((true, null), (item.Secret, item.Value));
        Assert.Empty(await ChangesAsync(stage));
        Assert.DoesNotContain("30313233", await stage.DumpAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_charger_that_makes_up_keys_does_not_fill_a_table(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        for (var n = 1; n <= 2; n++)
            await AnswerAsync(stage, n, Read([.. Enumerable.Range(0, 300).Select(i => Item($"K{n}-{i}", "x"))], []));

        Assert.Equal(Configurations.Most, (await stage.Configuration.ItemsAsync(Id, default)).Length);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_wished_availability_is_shown_per_connector_and_is_scheduled_until_it_is_seen(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await StatusAsync(stage, 1, "Charging");
        await StatusAsync(stage, 2, "Available");
        Assert.Equal("1: null False, 2: null False", await AvailabilityAsync(stage));

        await AnswerAsync(stage, 1, new AvailabilityScheduled(ConnectorId.ChargePoint, Operative: false));
        Assert.Equal("1: False True, 2: False True", await AvailabilityAsync(stage));
        await StatusAsync(stage, 2, "Unavailable");
        Assert.Equal("1: False True, 2: False False", await AvailabilityAsync(stage));
        await StatusAsync(stage, 1, "Finishing");
        await StatusAsync(stage, 1, "Unavailable");
        Assert.Equal("1: False False, 2: False False", await AvailabilityAsync(stage));

        await stage.TellAsync(new OpenSession(Id, "s-2", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 2, new BootDetails("V", "M"), Noon)); // persists a restart (OCPP 1.6, 5.2)
        await AnswerAsync(stage, 2, new AvailabilityChanged(new ConnectorId(2, 1), Operative: true), epoch: 2);
        Assert.Equal("1: False False, 2: True False", await AvailabilityAsync(stage));
        await AnswerAsync(stage, 3, new AvailabilityChanged(ConnectorId.ChargePoint, Operative: true), epoch: 2);
        Assert.Equal("1: True False, 2: True False", await AvailabilityAsync(stage));
    }

    private static ConfigurationRead Read(IEnumerable<ConfigurationItem> items, string[] unknown) => new([.. items], [.. unknown]);

    private static ConfigurationItem Item(string key, string? value, bool isReadonly = false) =>
        ConfigurationItem.Of(key, value, isReadonly);

    private static async Task<IEnumerable<string>> ChangesAsync(Stage stage) =>
        (await stage.Configuration.ChangesAsync(Id, 100, null, default)).Items
        .Select(row => $"{row.Key} {row.Old}>{row.New} {row.How}");

    private static async Task<string> AvailabilityAsync(Stage stage) => string.Join(
        ", ",
        (await stage.ChargePoints.FindAsync(Id, default))!.Connectors // it is there
            .Select(row => $"{row.Evse}: {(row.WishedOperative is { } wished ? $"{wished}" : "null")} {row.Scheduled}"));

    private static Task<Reply?> StatusAsync(Stage stage, int connector, string status) => stage.TellAsync(
        new ReportStatus(Id, 0, ConnectorId.Of16(connector), new ConnectorStatus(status, "NoError"), null, Noon));

    private async Task<Stage> OpenAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Noon));
        return stage;
    }

    private async Task AnswerAsync(Stage stage, int minute, Outcome outcome, long epoch = 1)
    {
        var at = Noon.AddMinutes(minute);
        var id = $"r-{++asked}";
        await stage.TellAsync(new RequestStation(Id, id, new RawCall("Any", "{}"), "ana", 30, null, at));
        await stage.TellAsync(new AnswerRequest(Id, epoch, id, new StationAnswer(RequestState.Accepted, "{}", Outcome: outcome), at));
    }
}
