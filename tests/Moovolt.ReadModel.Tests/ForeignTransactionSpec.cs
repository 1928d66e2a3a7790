using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.SecurityEvents;
using Xunit;
using static Moovolt.ReadModel.Tests.Stage;

namespace Moovolt.ReadModel.Tests;

/// <summary>Who names a transaction that another charge point has running is shown among security events; nobody else is.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ForeignTransactionSpec(Backends backends)
{
    private static readonly ChargePointId Victim = new("CP-1");
    private static readonly ChargePointId Stranger = new("CP-2");

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_number_that_is_running_elsewhere_is_an_event_and_one_that_is_nobodys_is_none(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var number = await StartAsync(stage, Noon);
        await MeasureAsync(stage, number, Noon.AddMinutes(1));
        await MeasureAsync(stage, "424242", Noon.AddMinutes(2));

        var seen = Assert.Single(await AllAsync(stage));
        Assert.Equal(("CP-2", "ForeignTransactionId", false), (seen.ChargePoint, seen.Type, seen.Critical));
        Assert.Equal($"It named transaction {number}, which never began there: it was running at CP-1.", seen.Details);
        Assert.Equal(Noon.AddMinutes(1), seen.At);
        Assert.Equal([seen], await AllAsync(stage, new SecurityEventFilter(Stranger, "ForeignTransactionId", false)));
        Assert.Empty(await AllAsync(stage, new SecurityEventFilter(Victim)));

        // It stays when all is over, also when everything is projected once more.
        await stage.TellAsync(new EndTransaction(
            new TransactionId(Victim, number), null, new Energy(2_000), "Local", Noon.AddHours(1), Noon.AddHours(1), [], []));
        Assert.Equal([seen], await AllAsync(stage));
        await stage.Projector.RebuildAsync(default);
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal([seen], await AllAsync(stage));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_was_over_or_had_not_begun_when_it_was_named_harms_nobody(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var over = await StartAsync(stage, Noon);
        await stage.TellAsync(new EndTransaction(
            new TransactionId(Victim, over), null, new Energy(2_000), "Local", Noon.AddMinutes(5), Noon.AddMinutes(5), [], []));
        await MeasureAsync(stage, over, Noon.AddMinutes(6));
        var next = $"{int.Parse(over, null) + 1}";
        await MeasureAsync(stage, next, Noon.AddMinutes(7));
        Assert.Equal(next, await StartAsync(stage, Noon.AddMinutes(8)));

        Assert.Empty(await AllAsync(stage));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task An_id_that_chargers_choose_is_an_event_until_its_own_beginning_is_told(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await TellAsync(stage, Victim, StepKind.Began, 0, Noon);
        await TellAsync(stage, Stranger, StepKind.WentOn, 1, Noon.AddMinutes(1));
        Assert.Equal("CP-2", Assert.Single(await AllAsync(stage)).ChargePoint);

        await TellAsync(stage, Stranger, StepKind.Began, 0, Noon.AddMinutes(2)); // two that count alike, and a step was late
        Assert.Empty(await AllAsync(stage));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Two_of_whose_beginnings_nobody_told_do_not_accuse_each_other(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await TellAsync(stage, Victim, StepKind.WentOn, 4, Noon);
        await TellAsync(stage, Stranger, StepKind.WentOn, 7, Noon.AddMinutes(1));

        Assert.Empty(await AllAsync(stage));
    }

    private static async Task<string> StartAsync(Stage stage, DateTimeOffset at)
    {
        var began = await stage.TellAsync(new NumberTransaction(
            Victim, $"{at}", ConnectorId.Of16(1), "TAG", Verdict.Accepted, new Energy(1_000), at, at, []));
        return Assert.IsType<Began>(began).Id.LocalId;
    }

    private static Task<Reply?> MeasureAsync(Stage stage, string localId, DateTimeOffset at) => stage.TellAsync(new RecordSamples(
        new TransactionId(Stranger, localId), ConnectorId.Of16(1),
        [new Sample(at, [new Reading("9000", "Energy.Active.Import.Register", "Wh")])], at, []));

    private static Task<Reply?> TellAsync(Stage stage, ChargePointId who, StepKind kind, int number, DateTimeOffset at) =>
        stage.TellAsync(new ReportStep(
            new TransactionId(who, "17"), new ToldStep(kind, number, at), at, new ConnectorId(1, 1), null, null, null, [], []));

    private static async Task<IReadOnlyList<SecurityEventRow>> AllAsync(Stage stage, SecurityEventFilter? filter = null) =>
        (await new SecurityEventTable(stage.Stores.ReadModel).ListAsync(filter ?? new(), 100, null, default)).Items;
}
