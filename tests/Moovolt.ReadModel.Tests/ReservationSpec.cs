using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see of reservations, and what the clock looks after.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ReservationSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly DateTimeOffset Noon = Stage.Noon;
    private static readonly DateTimeOffset Evening = Noon.AddHours(6);

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_reservation_is_active_until_it_is_used_or_fails_or_is_taken_back(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        for (var connector = 1; connector <= 4; connector++) await ReserveAsync(stage, connector);
        Assert.Equal("4 active, 3 active, 2 active, 1 active", await ShownAsync(stage));

        await stage.TellAsync(new NumberTransaction(
            Id, "key", ConnectorId.Of16(1), "TAG", Verdict.Accepted, new Energy(0), Noon, Noon, [], Reservation: 1));
        await stage.TellAsync(new ReportStatus(Id, 1, ConnectorId.Of16(2), new ConnectorStatus("Faulted", "OtherError"), null, Noon));
        await AskAsync(stage, "r-c", new CancelReservation(3));
        await AnswerAsync(stage, "r-c", new ReservationCancelled(3));

        Assert.Equal("4 active, 3 cancelled, 2 faulted, 1 used", await ShownAsync(stage));
        var rows = (await stage.Reservations.ListAsync(Id, "used", 10, null, default)).Items;
        var used = Assert.Single(rows);
        var began = stage.Entities.Journal.Select(entry => entry.Event).OfType<TransactionNumbered>().Single();
        Assert.Equal(($"{began.Start.Number}", Noon, Evening, 1, "TAG"), (used.LocalId, used.EndedAt, used.ExpiresAt, used.Evse, used.Token));
        Assert.Equal([Domain.ChargePoints.Reservations.Due(4)], await DueAsync(stage, Evening));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Its_time_is_looked_after_by_the_clock(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await ReserveAsync(stage, 1);
        Assert.Empty(await DueAsync(stage, Evening.AddSeconds(-1)));
        Assert.Equal([Domain.ChargePoints.Reservations.Due(1)], await DueAsync(stage, Evening));

        await stage.TellAsync(new WakeChargePoint(Id, Domain.ChargePoints.Reservations.Due(1), Evening));

        Assert.Equal("1 expired", await ShownAsync(stage));
        Assert.Empty(await DueAsync(stage, Evening.AddDays(1)));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task The_list_is_read_to_its_end_in_pages_of_one(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        for (var connector = 1; connector <= 3; connector++) await ReserveAsync(stage, connector);

        var seen = new List<int>();
        string? cursor = null;
        do
        {
            var page = await stage.Reservations.ListAsync(Id, null, 1, cursor, default);
            seen.AddRange(page.Items.Select(row => row.ReservationId));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal([3, 2, 1], seen);
    }

    private static async Task<string> ShownAsync(Stage stage) => string.Join(
        ", ",
        (await stage.Reservations.ListAsync(Id, null, 10, null, default)).Items.Select(row => $"{row.ReservationId} {row.Status}"));

    private static async Task<IEnumerable<string>> DueAsync(Stage stage, DateTimeOffset at) =>
        (await stage.Due.ListAsync(at, 100, null, default))
        .Where(row => row.Reason.StartsWith("reservation", StringComparison.Ordinal)).Select(row => row.Reason);

    private static async Task ReserveAsync(Stage stage, int connector)
    {
        var id = $"r-{connector}";
        await AskAsync(stage, id, new Reserve("TAG", ConnectorId.Of16(connector), Evening));
        await AnswerAsync(stage, id, new Reserved(connector, ConnectorId.Of16(connector), "TAG", null, Evening));
    }

    private static Task<Reply?> AskAsync(Stage stage, string id, StationRequest wish) =>
        stage.TellAsync(new RequestStation(Id, id, wish, "ana", 30, null, Noon));

    private static Task<Reply?> AnswerAsync(Stage stage, string id, Outcome outcome) => stage.TellAsync(
        new AnswerRequest(Id, 1, id, new StationAnswer(RequestState.Accepted, "{}", Outcome: outcome), Noon));

    private async Task<Stage> OpenAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Noon));
        return stage;
    }
}
