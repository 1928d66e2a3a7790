using Akka.TestKit.Xunit2;
using Moovolt.Cluster.Oldest;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

public sealed class ClockSpec : TestKit
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(77);

    private readonly Entities entities;
    private readonly CancellationTokenSource stopping = new();
    private volatile IReadOnlyList<DueRow> due = [];

    public ClockSpec(ITestOutputHelper output)
        : base(Hocon.Node(Hocon.InMemory), output: output) => entities = new Entities(TestActor, TestActor, TestActor);

    [Fact]
    public async Task What_is_due_is_woken_and_again_every_five_seconds_until_its_row_is_gone()
    {
        due = [Row("charge-point/CP-1", "deadline")];
        var running = Running();

        var wake = Assert.IsType<WakeChargePoint>((await ExpectMsgAsync<Request>()).Command);
        Assert.Equal(("deadline", 77), (wake.Reason, wake.ReportSilence));
        await ExpectNoMsgAsync(Clock.Again - TimeSpan.FromSeconds(1));
        await ExpectMsgAsync<Request>(TimeSpan.FromSeconds(3));

        due = [];
        await ExpectNoMsgAsync(Clock.Again + TimeSpan.FromSeconds(1));
        await Stop(running);
    }

    [Fact]
    public async Task A_transaction_is_woken_by_its_whole_id_and_what_no_program_knows_is_left_alone()
    {
        due = [Row("something-new/1", "?"), Row("transaction/CP-1/17", "untold-close")];
        var running = Running();

        var wake = Assert.IsType<WakeTransaction>((await ExpectMsgAsync<Request>()).Command);
        Assert.Equal(Given.Transaction, wake.Id);
        await Stop(running);
    }

    [Fact]
    public async Task Rows_that_never_go_keep_no_other_from_its_turn()
    {
        due = [.. Enumerable.Range(0, 40).Select(n => Row($"charge-point/CP-{n:D2}", "cannot be done"))];
        var running = Running(page: 2); // a look reads fewer than there are, and each is woken in its turn

        var woken = new HashSet<string>();
        await AwaitAssertAsync(
            async () =>
            {
                woken.Add(Assert.IsType<WakeChargePoint>((await ExpectMsgAsync<Request>()).Command).Id.Value);
                Assert.Equal(40, woken.Count);
            },
            TimeSpan.FromSeconds(40));
        await Stop(running);
    }

    private static DueRow Row(string entity, string reason) => new(Given.Noon, entity, reason);

    private Task Running(int page = 1_000) => new Clock(
        entities,
        (_, after, _) => Task.FromResult<IReadOnlyList<DueRow>>([.. due
            .SkipWhile(row => after is not null && string.CompareOrdinal(row.Entity, after.Entity) <= 0).Take(page)]),
        TimeProvider.System,
        StopPatience.Usual,
        Silence).Loop.Run(stopping.Token);

    private async Task Stop(Task running)
    {
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
