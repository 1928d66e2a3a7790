using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Transactions;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see while a charger is registered, comes, charges and goes.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ChargingStorySpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly ConnectorId Left = ConnectorId.Of16(1);
    private static readonly TokenId Card = new("card-7");
    private static readonly DateTimeOffset Noon = Stage.Noon;

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_charge_is_seen_from_registration_to_the_last_watt_hour(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new RegisterChargePoint(
            Id, "Garagem", 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Noon));
        await stage.TellAsync(new DefineToken(Card, false, null, "frota", "João", 1, "ana", Noon));
        await ConnectAsync(stage);

        var place = $"{Id}|1|CARD-7|1234";
        var judged = Assert.IsType<Judged>(await stage.TellAsync(new Admit(Card, place, Noon)));
        await stage.TellAsync(new NumberTransaction(
            Id, place, Left, "card-7", judged.Verdict, new Energy(1234), Noon, Noon.AddSeconds(1), []));

        var charging = await stage.ChargePoints.FindAsync(Id, default);
        var transactionId = Assert.Single(charging!.OpenTransactions); // the charge point is there
        Assert.True(charging.Connection.Online);
        Assert.Equal("ocpp1.6", charging.Connection.Protocol);
        Assert.Equal("Charging", Assert.Single(charging.Connectors).Status);
        Assert.Equal("ABB", charging.Vendor);
        Assert.Equal("Garagem", charging.DisplayName);

        Assert.True(TransactionId.TryParse(transactionId, out var id));
        var sample = new Sample(Noon.AddMinutes(1), [new Reading("5000"), new Reading("16", "Current.Import", "A")]);
        await stage.TellAsync(new RecordSamples(id, Left, [sample], Noon.AddMinutes(1), []));
        var running = await stage.Transactions.FindAsync(id, default);
        Assert.Equal(("running", 5000 - 1234), (running!.State, running.DeliveredWh));

        await stage.TellAsync(new EndTransaction(
            id, "card-7", new Energy(8765), "Local", Noon.AddHours(1), Noon.AddHours(1), [], []));
        var ended = await stage.Transactions.FindAsync(id, default);
        Assert.Equal(
            ("ended", 1234, 8765, 7531, "Local", "card-7"),
            (ended!.State, ended.MeterStartWh, ended.MeterStopWh, ended.DeliveredWh, ended.StopReason, ended.StoppedBy));
        Assert.Equal((Noon, Noon.AddHours(1)), (ended.StartedAt, ended.EndedAt));
        Assert.Equal("accepted", ended.Verdict);
        Assert.Empty((await stage.ChargePoints.FindAsync(Id, default))!.OpenTransactions);

        var samples = await stage.Transactions.SamplesAsync(id, 10, null, default);
        var kept = Assert.Single(samples.Items);
        Assert.Equal(5000, kept.RegisterWh);
        Assert.Equal(sample.Readings.AsEnumerable(), kept.Readings.AsEnumerable());

        await stage.TellAsync(new CloseSession(Id, 1, "gone", Noon.AddHours(2)));
        var away = await stage.ChargePoints.FindAsync(Id, default);
        Assert.Equal((false, Noon.AddHours(2), "gone"), (away!.Connection.Online, away.Connection.Since, away.Connection.CloseReason));
        Assert.Empty(await stage.Presence.HoldersAsync(default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task An_end_is_due_until_everybody_knows_of_it(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var id = new TransactionId(Id, "17");
        await stage.TellAsync(new DefineToken(Card, false, null, null, null, 1, "ana", Noon));
        var judged = Assert.IsType<Judged>(await stage.TellAsync(new Admit(Card, "place", Noon)));
        await stage.TellAsync(new BeginTransaction(
            id, Left, "card-7", judged.Verdict, new Energy(0), Noon, Noon, NumberedByUs: false, []));

        stage.Entities.LoseNotes = true;
        await stage.TellAsync(new EndTransaction(id, null, new Energy(10), "Local", Noon, Noon, [], []));
        Assert.Empty(await stage.Due.ListAsync(Noon.AddSeconds(4), 10, null, default));
        var due = Assert.Single(await stage.Due.ListAsync(Noon.AddSeconds(5), 10, null, default));

        await stage.TellAsync(new ConfirmClose(id, ClosingParty.ChargePoint, Noon));
        Assert.Single(await stage.Due.ListAsync(Noon.AddSeconds(5), 10, null, default)); // the token held a place

        stage.Entities.LoseNotes = false;
        await stage.TellAsync(due.ToCommand(Noon.AddSeconds(6)));
        Assert.Null(await stage.Due.NextAsync(default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task An_end_is_due_no_more_when_the_charge_point_has_journaled_it(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var id = new TransactionId(Id, "17");
        await stage.TellAsync(new BeginTransaction(
            id, Left, "card-7", Verdict.Accepted, new Energy(0), Noon, Noon, NumberedByUs: false, []));

        stage.Entities.LoseNotes = true;
        await stage.TellAsync(new EndTransaction(id, null, new Energy(10), "Local", Noon, Noon, [], []));
        var due = Assert.Single(await stage.Due.ListAsync(Noon.AddSeconds(5), 10, null, default));

        stage.Entities.LoseNotes = false;
        await stage.TellAsync(due.ToCommand(Noon.AddSeconds(6)));
        Assert.Null(await stage.Due.NextAsync(default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_stop_without_a_start_is_suspended_and_its_frame_can_be_found(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var id = new TransactionId(Id, "99");
        await stage.TellAsync(new EndTransaction(
            id, null, new Energy(10), "Local", Noon, Noon, [new Sample(null, [new Reading("9")])], [], """{"meterStop":10}"""));
        await stage.TellAsync(new PlaceStop(Id, null, null, "Local", Noon, Noon, [], [], """{"transactionId":-1}"""));

        Assert.Empty((await stage.Transactions.ListAsync(new TransactionFilter(Id), 10, null, default)).Items);
        var suspended = Assert.Single(
            (await stage.Transactions.ListAsync(new TransactionFilter(State: "suspended"), 10, null, default)).Items);
        Assert.Equal((id.ToString(), 10L, null), (suspended.Id, suspended.MeterStopWh, suspended.DeliveredWh));
        Assert.Single((await stage.Transactions.SamplesAsync(id, 10, null, default)).Items);

        var evidence = (await stage.Transactions.EvidenceAsync(Id, null, 10, null, default)).Items;
        Assert.Equal(["suspended-stop", "unplaced-stop"], evidence.Select(row => row.What).Order(StringComparer.Ordinal));
        Assert.Single((await stage.Transactions.EvidenceAsync(Id, "99", 10, null, default)).Items);

        // A charger's own id is its word: the start turns up, and the stop is placed with its samples, once.
        await stage.TellAsync(new BeginTransaction(
            id, Left, "card-7", Verdict.Accepted, new Energy(4), Noon, Noon, NumberedByUs: false, []));
        var placed = await stage.Transactions.FindAsync(id, default);
        Assert.Equal(("ended", 6L), (placed!.State, placed.DeliveredWh));
        Assert.Single((await stage.Transactions.SamplesAsync(id, 10, null, default)).Items);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_command_is_followed_through_its_states_and_the_clock_looks_after_it(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new RegisterChargePoint(
            Id, null, 0, 0, Registration.Accepted, UnknownTokens.Refuse, "ana", Noon));

        await stage.TellAsync(new RequestStation(Id, "queued", new Restart(true), "ana", 30, Noon.AddMinutes(10), Noon));
        var queued = await stage.Commands.FindAsync("queued", default);
        Assert.Equal((RequestState.Queued, "reset", """{"kind":"hard"}"""), (queued!.State, queued.Action, queued.Request));
        Assert.Equal(Noon.AddMinutes(10), await stage.Due.NextAsync(default));

        await ConnectAsync(stage);
        Assert.Equal(RequestState.Sent, (await stage.Commands.FindAsync("queued", default))!.State);
        Assert.Equal(TrackedRequest.AnswerDueAt(Noon, 30), await stage.Due.NextAsync(default));

        await stage.TellAsync(new AnswerRequest(
            Id, 1, "queued", new StationAnswer(RequestState.Accepted, """{"status":"Accepted"}"""), Noon.AddSeconds(2)));
        var answered = await stage.Commands.FindAsync("queued", default);
        Assert.Equal((RequestState.Accepted, """{"status":"Accepted"}"""), (answered!.State, answered.Response));
        Assert.Equal((Noon, Noon.AddSeconds(2)), (answered.SentAt, answered.FinishedAt));

        // The charger never boots anew: the clock sees that nothing came of its yes.
        var look = Assert.Single(await stage.Due.ListAsync(Noon.AddMinutes(30), 10, null, default));
        await stage.TellAsync(look.ToCommand(Noon.AddMinutes(30)));
        var settled = await stage.Commands.FindAsync("queued", default);
        Assert.Equal((RequestState.NoEffect, "noEffect"), (settled!.State, settled.ErrorCode));
        Assert.Equal("""{"status":"Accepted"}""", settled.Response);
        Assert.Null(await stage.Due.NextAsync(default));

        const string Raw = """{"connectorId": 1}""";
        await stage.TellAsync(new RequestStation(Id, "raw", new RawCall("UnlockConnector", Raw), "ana", 30, null, Noon.AddMinutes(1)));
        Assert.Equal(Raw, (await stage.Commands.FindAsync("raw", default))!.Request);
        var due = Assert.Single(await stage.Due.ListAsync(Noon.AddHours(1), 10, null, default));
        await stage.TellAsync(due.ToCommand(Noon.AddHours(1)));
        var unanswered = await stage.Commands.FindAsync("raw", default);
        Assert.Equal((RequestState.TimedOut, "noAnswer"), (unanswered!.State, unanswered.ErrorCode));
        Assert.Null(await stage.Due.NextAsync(default));

        var timedOut = await stage.Commands.ListAsync(new(Id, RequestState.TimedOut), 10, null, default);
        Assert.Equal("raw", Assert.Single(timedOut.Items).Id);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Changes_are_numbered_in_commit_order_and_a_listener_knows_when_it_missed_some(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        Assert.True((await stage.Changes.KeptAsync(default)).CanResumeAfter(0));
        await ConnectAsync(stage);
        await stage.TellAsync(new DefineToken(Card, false, null, null, null, null, "ana", Noon));

        var changes = await stage.Changes.AfterAsync(0, new(), 100, default);
        Assert.Equal(["charge-point-online", "charge-point-booted", "connector-status", "token-changed"], changes.Select(row => row.Type));
        Assert.Equal([1, 2, 3, 4], changes.Select(row => row.Id));
        Assert.Equal(3, (await stage.Changes.AfterAsync(0, new(Id), 100, default)).Count);
        Assert.Equal([4], (await stage.Changes.AfterAsync(3, new(), 100, default)).Select(row => row.Id));

        stage.Clock.Advance(TimeSpan.FromHours(25));
        await stage.TellAsync(new RemoveToken(Card, "ana", Noon));
        var kept = await stage.Changes.KeptAsync(default);
        Assert.Equal((5, 5), (kept.Oldest, kept.Newest));
        Assert.True(kept.CanResumeAfter(4));
        Assert.False(kept.CanResumeAfter(3));

        await stage.Projector.RebuildAsync(default);
        await stage.Projector.CatchUpAsync(default);
        Assert.False((await stage.Changes.KeptAsync(default)).CanResumeAfter(5)); // what it heard may come once more
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Charge_points_are_found_by_status_and_by_a_part_of_what_they_are_called(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await ConnectAsync(stage);
        await stage.TellAsync(new RegisterChargePoint(
            new("CP_2"), "100% solar", 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Noon));
        await stage.TellAsync(new RegisterChargePoint(
            new("CP-3"), null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Noon));
        await stage.TellAsync(new RetireChargePoint(new("CP-3"), "ana", Noon));

        Assert.Equal(["CP-1"], await FoundAsync(new("online")));
        Assert.Equal(["CP_2"], await FoundAsync(new("offline")));
        Assert.Equal(["CP-3"], await FoundAsync(new("retired")));
        Assert.Equal(["CP-1"], await FoundAsync(new("charging")));
        Assert.Equal(["CP-1"], await FoundAsync(new(Search: "abb")));
        Assert.Equal(["CP_2"], await FoundAsync(new(Search: "P_")));
        Assert.Equal(["CP_2"], await FoundAsync(new(Search: "0% S")));

        async Task<IEnumerable<string>> FoundAsync(ChargePointFilter filter) =>
            (await stage.ChargePoints.ListAsync(filter, 10, null, default)).Items.Select(row => row.Id);
    }

    private static async Task ConnectAsync(Stage stage)
    {
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp1.6", "akka://a", 42, "10.0.0.1:5", 1, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("ABB", "Terra", "S-1", "1.0"), Noon));
        await stage.TellAsync(new ReportStatus(Id, 1, Left, new ConnectorStatus("Charging", "NoError"), null, Noon));
    }
}
