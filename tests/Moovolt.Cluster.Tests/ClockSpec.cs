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
        due = [new DueRow("charge-point/CP-1", "deadline")];
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
        due = [new DueRow("something-new/1", "?"), new DueRow("transaction/CP-1/17", "untold-close")];
        var running = Running();

        var wake = Assert.IsType<WakeTransaction>((await ExpectMsgAsync<Request>()).Command);
        Assert.Equal(Given.Transaction, wake.Id);
        await Stop(running);
    }

    private Task Running() => new Clock(
        entities, (_, _) => Task.FromResult(due), TimeProvider.System, StopPatience.Usual, Silence).Loop.Run(stopping.Token);

    private async Task Stop(Task running)
    {
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
