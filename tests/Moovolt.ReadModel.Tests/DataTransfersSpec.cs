using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Vendors;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>Vendors' messages as people see them, and vendors as gateways know them.</summary>
[Collection(BackendsCollection.Name)]
public sealed class DataTransfersSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Messages_are_shown_either_way_with_what_they_were_answered(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 0, Stage.Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Stage.Noon));
        await stage.TellAsync(new ReportDataTransfer(
            Id, "org.example", "hello", "olá", true, TransferStatus.Accepted, "yes", Stage.Noon));
        await stage.TellAsync(new ReportDataTransfer(
            Id, "org.nobody", null, null, false, TransferStatus.UnknownVendorId, null, Stage.Noon));
        await stage.TellAsync(new RequestStation(Id, "r-1", new TransferData("org.example", null, "ping"), "ana", 30, null, Stage.Noon));
        await stage.TellAsync(new AnswerRequest(Id, 1, "r-1", new StationAnswer(
            RequestState.Accepted, Outcome: new DataTransferred("org.example", null, "ping", TransferStatus.Accepted, "pong", false)), Stage.Noon));

        var first = await stage.DataTransfers.ListAsync(Id, 2, null, default);
        var rows = first.Items.AddRange((await stage.DataTransfers.ListAsync(Id, 2, first.Next, default)).Items);

        Assert.Equal(
            [
                (false, "org.example", null, "ping", false, "accepted", "pong", "r-1"),
                (true, "org.nobody", null, null, false, "unknownVendorId", null, null),
                (true, "org.example", "hello", "olá", true, "accepted", "yes", (string?)null),
            ],
            rows.Select(row => (
                row.FromCharger, row.VendorId, row.MessageId, row.Data, row.Truncated, row.Status, row.Answer, row.RequestId)));
        Assert.Equal(2, (await stage.Changes.AfterAsync(0, new(Type: "data-transferred"), 10, default)).Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_vendor_is_one_whatever_its_case_and_a_rebuild_leaves_it_alone(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var table = new VendorTable(stage.Stores.ReadModel, stage.Clock);
        Assert.True(await table.PutAsync(new VendorRule("org.Example", ["a", "b"], true, "yes"), "ana", default));
        Assert.True(await table.PutAsync(new VendorRule("ORG.EXAMPLE", [], false, null), "bia", default));
        Assert.True(await table.PutAsync(new VendorRule("org.other", ["c"], true, null), "bia", default));
        await stage.Projector.RebuildAsync(default);

        var found = await table.FindAsync("org.example", default);
        Assert.Equal(("ORG.EXAMPLE", 0, false, "bia"), (found!.Rule.VendorId, found.Rule.MessageIds.Length, found.Rule.Accepts, found.ChangedBy));
        var first = await table.ListAsync(1, null, default);
        Assert.Equal("org.other", Assert.Single((await table.ListAsync(1, first.Next, default)).Items).Rule.VendorId);

        Assert.True(await table.RemoveAsync("Org.Example", default));
        Assert.False(await table.RemoveAsync("Org.Example", default));
        Assert.Null(await table.FindAsync("org.example", default));
    }

    [Fact]
    public async Task A_gateway_knows_a_vendor_after_it_has_read_again()
    {
        await using var stage = await Stage.OnSqliteAsync();
        var table = new VendorTable(stage.Stores.ReadModel, stage.Clock);
        var book = new VendorBook(table, TimeProvider.System, NullLogger<VendorBook>.Instance);
        Assert.Equal(TransferStatus.UnknownVendorId, book.Rules.Judge("org.example", "a").Status);

        await table.PutAsync(new VendorRule("org.example", ["a"], true, "yes"), "ana", default);
        using var stop = new CancellationTokenSource();
        var reading = book.RunAsync(stop.Token);
        for (var tries = 0; tries < 300 && book.Rules.Judge("org.example", "a").Data is null; tries++) await Task.Delay(100);

        Assert.Equal(new TransferVerdict(TransferStatus.Accepted, "yes"), book.Rules.Judge("org.example", "A"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }
}
