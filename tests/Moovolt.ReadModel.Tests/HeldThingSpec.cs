using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.HeldThings;
using Moovolt.ReadModel.StationEvents;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see of what a charger holds, and of what happened at its components.</summary>
[Collection(BackendsCollection.Name)]
public sealed class HeldThingSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly DateTimeOffset Noon = Stage.Noon;

    private int asked;

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_report_takes_the_place_of_what_was_known_when_its_last_part_is_there(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await CameAsync(stage, new NowHeld(HeldKind.Monitor, [Thing(HeldKind.Monitor, "1"), Thing(HeldKind.Monitor, "2")]));
        await CameAsync(stage, new NowHeld(HeldKind.DisplayMessage, [Thing(HeldKind.DisplayMessage, "1")]));
        Assert.Equal("1 2", await ShownAsync(stage, HeldKind.Monitor));

        await CameAsync(stage, new HeldComing(1, IsWhole: true));
        await stage.TellAsync(Part(1, last: true, "4"));
        Assert.Equal("1 2", await ShownAsync(stage, HeldKind.Monitor));
        await stage.TellAsync(Part(0, last: false, "3"));
        Assert.Equal("3 4", await ShownAsync(stage, HeldKind.Monitor));
        Assert.Equal("1", await ShownAsync(stage, HeldKind.DisplayMessage));

        await CameAsync(stage, new NoLongerHeld(HeldKind.Monitor, ["3"]));
        Assert.Equal("4", await ShownAsync(stage, HeldKind.Monitor));
        await CameAsync(stage, new NowHeld(HeldKind.Monitor, [], Whole: true));
        Assert.Equal("", await ShownAsync(stage, HeldKind.Monitor));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task One_default_tariff_holds_at_a_place_and_what_is_told_without_prices_keeps_them(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        foreach (var (id, evse) in new[] { ("A", 1), ("B", 2), ("C", 1) })
            await CameAsync(stage, new NowHeld(HeldKind.Tariff, [Tariff(id, evse, """{"p":1}""")]));
        Assert.Equal("C B", await ShownAsync(stage, HeldKind.Tariff));

        await CameAsync(stage, new NowHeld(HeldKind.Tariff, [Tariff("C", 1, Held.AsKnown)], Whole: true));
        var row = Assert.Single(await RowsAsync(stage, HeldKind.Tariff));
        Assert.Equal(("C", """{"p":1}"""), (row.Id, row.Body));
        await CameAsync(stage, new NoLongerHeld(HeldKind.Tariff, [], new ConnectorId(1, 0)));
        Assert.Equal("", await ShownAsync(stage, HeldKind.Tariff));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_group_goes_by_its_name_or_by_its_first_word(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await CameAsync(stage, new NowHeld(HeldKind.DerControl,
        [
            .. new[] { ("1", "default X"), ("2", "default Y"), ("3", "scheduled X"), ("4", "defaultish X") }
                .Select(one => Thing(HeldKind.DerControl, one.Item1) with { Group = one.Item2 }),
        ]));

        await CameAsync(stage, new NoLongerHeld(HeldKind.DerControl, [], Group: "default X"));
        Assert.Equal("2 3 4", await ShownAsync(stage, HeldKind.DerControl));
        await CameAsync(stage, new NoLongerHeld(HeldKind.DerControl, [], Group: "default"));
        Assert.Equal("3 4", await ShownAsync(stage, HeldKind.DerControl));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_is_told_is_shown_until_it_is_over(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        var limit = Thing(HeldKind.OutsideLimit, "EMS") with { Place = new ConnectorId(1, 0) };
        await stage.TellAsync(new TellHeld(Id, 1, limit, Over: false, Noon));
        Assert.Equal("EMS", await ShownAsync(stage, HeldKind.OutsideLimit));
        await stage.TellAsync(new TellHeld(Id, 1, limit, Over: true, Noon));
        Assert.Equal("", await ShownAsync(stage, HeldKind.OutsideLimit));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task An_event_is_as_severe_as_its_monitor_when_the_charger_does_not_say(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await CameAsync(stage, new NowHeld(HeldKind.Monitor, [Thing(HeldKind.Monitor, "7") with { Severity = 5 }]));
        await stage.TellAsync(new ReportEvents(
            Id,
            1,
            [Event(1) with { Monitor = 7 }, Event(2) with { Severity = 2, Monitor = 7 }, Event(3), Event(4) with { Cleared = true, Severity = 9 }],
            Noon));

        var table = new StationEventTable(stage.Stores.ReadModel);
        var all = await table.ListAsync(Id, new StationEventFilter(), 10, null, default);
        Assert.Equal(["4 9", "3 ", "2 2", "1 5"], all.Items.Select(row => $"{row.Number} {row.Severity}"));
        var severe = await table.ListAsync(Id, new StationEventFilter(Severity: 5, Cleared: false), 10, null, default);
        Assert.Equal([2L, 1L], severe.Items.Select(row => row.Number));
        var first = await table.ListAsync(Id, new StationEventFilter(Key: "A.B"), 3, null, default);
        var rest = await table.ListAsync(Id, new StationEventFilter(Key: "A.B"), 3, first.Next, default);
        Assert.Equal(1L, Assert.Single(rest.Items).Number);
    }

    private static StationEvent Event(int number) => new(number, Noon, "A.B", "1", "Alerting", null);

    private static HeldThing Thing(HeldKind kind, string id) => new(kind, id, ConnectorId.ChargePoint, """{"a":1}""");

    private static HeldThing Tariff(string id, int evse, string body) =>
        new(HeldKind.Tariff, id, new ConnectorId(evse, 0), body, "default");

    private static ReportHeldPart Part(int part, bool last, string id) =>
        new(Id, 1, HeldKind.Monitor, 1, part, last, [Thing(HeldKind.Monitor, id)], Noon);

    private static async Task<IReadOnlyList<HeldThingRow>> RowsAsync(Stage stage, HeldKind kind)
    {
        var table = new HeldThingTable(stage.Stores.ReadModel);
        var first = await table.ListAsync(Id, [kind], 1, null, default); // in pages, so that cursors are tried too
        if (first.Next is null) return first.Items;
        var rest = await table.ListAsync(Id, [kind], 10, first.Next, default);
        return [.. first.Items, .. rest.Items];
    }

    private static async Task<string> ShownAsync(Stage stage, HeldKind kind) =>
        string.Join(' ', (await RowsAsync(stage, kind)).Select(row => row.Id));

    private async Task CameAsync(Stage stage, Outcome outcome)
    {
        var id = $"r-{asked++}";
        await stage.TellAsync(new RequestStation(Id, id, new RawCall("X", "{}"), "ana", 30, null, Noon));
        await stage.TellAsync(new AnswerRequest(Id, 1, id, new StationAnswer(RequestState.Accepted, "{}", Outcome: outcome), Noon));
    }

    private async Task<Stage> OpenAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp2.1", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Noon));
        return stage;
    }
}
