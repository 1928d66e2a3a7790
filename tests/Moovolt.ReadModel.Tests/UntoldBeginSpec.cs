using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.ReadModel.Tests.Stage;

namespace Moovolt.ReadModel.Tests;

/// <summary>Who has not heard that a transaction began is told again, until it knows or all is over.</summary>
[Collection(BackendsCollection.Name)]
public sealed class UntoldBeginSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly TokenId Card = new("CARD-7");
    private static readonly DateTimeOffset Soon = Noon.AddSeconds(5);

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_begin_is_due_until_charge_point_and_token_know_of_it(Backend backend)
    {
        await using var stage = await BegunAsync(backend);
        Assert.Empty(await stage.Due.ListAsync(Soon.AddSeconds(-1), 10, null, default));
        var due = await stage.Due.ListAsync(Soon, 10, null, default);
        Assert.Equal([Untold.Begin, Untold.Place], due.Select(row => row.Reason));

        stage.Entities.LoseNotes = false;
        foreach (var row in due) await stage.TellAsync(row.ToCommand(Soon));

        Assert.Empty(await stage.Due.ListAsync(Soon, 10, null, default));
        Assert.Equal("CP-1/b7", Assert.Single((await stage.ChargePoints.FindAsync(Id, default))!.OpenTransactions));
        await stage.TellAsync(due[0].ToCommand(Soon)); // and again
        Assert.Empty(await stage.Due.ListAsync(Soon, 10, null, default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Of_the_begin_of_what_is_over_nobody_is_told(Backend backend)
    {
        await using var stage = await BegunAsync(backend);
        await stage.TellAsync(new ReportStep(
            new TransactionId(Id, "b7"), new ToldStep(StepKind.Ended, 1, Noon), Noon, null, null, null, null, [], []));

        var due = Assert.Single(await stage.Due.ListAsync(Soon, 10, null, default));
        Assert.Equal("untold-close", due.Reason);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_is_due_is_read_page_after_page(Backend backend)
    {
        await using var stage = await BegunAsync(backend);
        var first = Assert.Single(await stage.Due.ListAsync(Soon, 1, null, default));
        var second = Assert.Single(await stage.Due.ListAsync(Soon, 1, first, default));

        Assert.Equal((Untold.Begin, Untold.Place), (first.Reason, second.Reason));
        Assert.Empty(await stage.Due.ListAsync(Soon, 1, second, default));
    }

    // A limited card begins, and nobody hears of it.
    private async Task<Stage> BegunAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new RegisterChargePoint(
            Id, null, 1, 0, Registration.Accepted, UnknownTokens.Refuse, "ana", Noon));
        await stage.TellAsync(new DefineToken(Card, false, null, null, null, 1, "ana", Noon));
        var judged = Assert.IsType<Judged>(await stage.TellAsync(new Admit(Card, "CP-1/b7", Noon)));
        stage.Entities.LoseNotes = true;
        await stage.TellAsync(new ReportStep(
            new TransactionId(Id, "b7"), new ToldStep(StepKind.Began, 0, Noon), Noon, new ConnectorId(1, 1), "CARD-7",
            judged.Verdict, null, [], []));
        return stage;
    }
}
