using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see of the limits that a charger holds to.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ChargingProfilesSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly ConnectorId Left = ConnectorId.Of16(1);
    private static readonly DateTimeOffset Noon = Stage.Noon;

    private static readonly ChargingSchedule Schedule =
        new(RateUnit.Amperes, 3600, Noon, 6.5m, [new(0, 16), new(1800, 10.5m, 1)]);

    private static readonly ChargingProfile Profile = new(
        7, ProfilePurpose.ChargePointMax, 2, ProfileKind.Recurring, ProfileRecurrency.Daily, Noon, Noon.AddDays(1), null, Schedule);

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Profiles_are_shown_until_they_are_replaced_cleared_or_over(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await ConnectAsync(stage);
        await AnswerAsync(stage, "r-1", new ProfileAccepted(ConnectorId.ChargePoint, Profile, null));

        var shown = Assert.Single(await ShownAsync(stage));
        Assert.Equal((7, 0, 0, "r-1", Noon), (shown.Id, shown.Evse, shown.Connector, shown.RequestId, shown.At));
        Assert.Equal(
            """{"id":7,"purpose":"charge-point-max","stackLevel":2,"kind":"recurring","recurrency":"daily","validFrom":"2026-03-14T12:00:00Z","validTo":"2026-03-15T12:00:00Z","schedule":{"unit":"A","durationSeconds":3600,"startAt":"2026-03-14T12:00:00Z","minRate":6.5,"periods":[{"startSeconds":0,"limit":16},{"startSeconds":1800,"limit":10.5,"phases":1}]}}""",
            shown.Body);

        await AnswerAsync(stage, "r-2", new ProfileAccepted(ConnectorId.ChargePoint, Profile with { Id = 8 }, null));
        Assert.Equal([8], (await ShownAsync(stage)).Select(row => row.Id));

        await stage.TellAsync(new NumberTransaction(
            Id, "key", Left, "TAG", Verdict.Accepted, new Energy(1), Noon, Noon, []));
        var own = Profile with { Id = 9, Purpose = ProfilePurpose.Transaction };
        await AnswerAsync(stage, "r-3", new ProfileAccepted(Left, own, null));
        Assert.Contains("\"transaction\":\"", (await ShownAsync(stage))[1].Body, StringComparison.Ordinal);
        var open = Assert.Single((await stage.ChargePoints.FindAsync(Id, default))!.OpenTransactions);
        Assert.True(TransactionId.TryParse(open, out var transaction));
        await stage.TellAsync(new EndTransaction(transaction, null, new Energy(2), "Local", Noon, Noon, [], []));
        Assert.Equal([8], (await ShownAsync(stage)).Select(row => row.Id));

        await AnswerAsync(stage, "r-4", new ProfilesCleared(null, null, null, null));
        Assert.Empty(await ShownAsync(stage));
        await ChangesToldAsync(stage, "charging-profile-installed", 3);
        await ChangesToldAsync(stage, "charging-profiles-ended", 2);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task The_last_composite_schedule_of_each_connector_is_shown_also_after_a_rebuild(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await ConnectAsync(stage);
        await AnswerAsync(stage, "r-1", new CompositeScheduleRead(Left, Noon, Schedule));
        await AnswerAsync(stage, "r-2", new CompositeScheduleRead(ConnectorId.ChargePoint, null, Schedule));
        await AnswerAsync(stage, "r-3", new CompositeScheduleRead(Left, Noon.AddHours(1), Schedule with { Unit = RateUnit.Watts }));
        await AnswerAsync(stage, "r-4", new ProfileAccepted(ConnectorId.ChargePoint, Profile, null));

        var rows = (await stage.CompositeSchedules.ListAsync(Id, 10, null, default)).Items;
        Assert.Equal(["r-2", "r-3"], rows.Select(row => row.RequestId));
        Assert.Equal(((DateTimeOffset?)null, (DateTimeOffset?)Noon.AddHours(1)), (rows[0].StartsAt, rows[1].StartsAt));
        Assert.StartsWith("""{"unit":"W","durationSeconds":3600""", rows[1].Body, StringComparison.Ordinal);

        var first = await stage.CompositeSchedules.ListAsync(Id, 1, null, default);
        Assert.Equal(1, Assert.Single((await stage.CompositeSchedules.ListAsync(Id, 1, first.Next, default)).Items).Evse);

        var kept = await stage.DumpAsync();
        await stage.Projector.RebuildAsync(default);
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(kept, await stage.DumpAsync());
    }

    private static async Task ConnectAsync(Stage stage)
    {
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Noon));
    }

    private static async Task AnswerAsync(Stage stage, string request, Outcome outcome)
    {
        await stage.TellAsync(new RequestStation(Id, request, new RawCall("X", "{}"), "ana", 30, null, Noon));
        await stage.TellAsync(new AnswerRequest(Id, 1, request, new StationAnswer(RequestState.Accepted, Outcome: outcome), Noon));
    }

    private static async Task<System.Collections.Immutable.ImmutableArray<ReadModel.ChargingProfiles.ChargingProfileRow>> ShownAsync(Stage stage) =>
        (await stage.ChargingProfiles.ListAsync(Id, 10, null, default)).Items;

    private static async Task ChangesToldAsync(Stage stage, string type, int times) => Assert.Equal(
        times, (await stage.Changes.AfterAsync(0, new(), 1000, default)).Count(change => change.Type == type));
}
