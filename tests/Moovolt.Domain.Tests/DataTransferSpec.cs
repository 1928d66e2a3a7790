using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>Vendors' messages: what is agreed is kept each time, what nobody knows once a day (OCPP 1.6, 4.3).</summary>
public sealed class DataTransferSpec
{
    private readonly World _world = new();

    [Theory]
    [InlineData("ORG.EXAMPLE", "hello", TransferStatus.Accepted, "yes")]
    [InlineData("org.example", "HELLO", TransferStatus.Accepted, "yes")]
    [InlineData("org.example", "goodbye", TransferStatus.UnknownMessageId, null)]
    [InlineData("org.example", null, TransferStatus.UnknownMessageId, null)]
    [InlineData("org.any", null, TransferStatus.Rejected, null)]
    [InlineData("org.any", "whatever", TransferStatus.Rejected, null)]
    [InlineData("org.nobody", "hello", TransferStatus.UnknownVendorId, null)]
    public void A_message_is_judged_by_what_is_agreed(string vendor, string? message, TransferStatus status, string? data)
    {
        var rules = new VendorRules([new("org.example", ["hello"], true, "yes"), new("org.any", [], false, null)]);
        Assert.Equal(new TransferVerdict(status, data), rules.Judge(vendor, message));
    }

    [Fact]
    public void What_is_agreed_is_kept_each_time_and_a_retry_of_ours_is_none()
    {
        var first = Report(TransferStatus.Accepted, data: "1");
        Assert.Equal(new Reply.Accepted(), _world.Send(first));
        Assert.Equal(new Reply.Repeated(), _world.Send(first));
        _world.Send(Report(TransferStatus.Accepted, data: "1", minute: 1)); // the charger says it again
        _world.Send(Report(TransferStatus.Rejected, data: "2", minute: 1));

        Assert.Equal(["1", "1", "2"], _world.Stored<DataTransferReceived>().Select(kept => kept.Data));
    }

    [Fact]
    public void What_nobody_knows_is_kept_once_a_day_of_each_kind()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            _world.Send(Report(TransferStatus.UnknownVendorId, "org.nobody", "a", minute: minute));
            _world.Send(Report(TransferStatus.UnknownVendorId, "ORG.NOBODY", "A", minute: minute));
            _world.Send(Report(TransferStatus.UnknownVendorId, "org.nobody", "b", minute: minute));
        }

        Assert.Equal(["a", "b"], _world.Stored<DataTransferReceived>().Select(kept => kept.MessageId));
        _world.Send(Report(TransferStatus.UnknownVendorId, "org.nobody", "a", minute: 24 * 60));
        Assert.Equal(3, _world.Stored<DataTransferReceived>().Length);
    }

    [Fact]
    public void A_charger_that_makes_vendors_up_fills_no_journal()
    {
        for (var n = 0; n < 100; n++) _world.Send(Report(TransferStatus.UnknownVendorId, $"org.{n}"));

        Assert.Equal(32, _world.Stored<DataTransferReceived>().Length);
    }

    [Fact]
    public void No_half_character_is_left_of_what_is_cut()
    {
        var data = new string('x', DataTransfers.LongestData - 1) + "😀";

        Assert.Equal(DataTransfers.LongestData - 1, DataTransfers.Cut(data)!.Length);
        Assert.Equal("😀", DataTransfers.Cut("😀"));
        Assert.Null(DataTransfers.Cut(null));
    }

    private static ReportDataTransfer Report(
        TransferStatus status, string vendor = "org.example", string? message = null, string? data = null, int minute = 0) =>
        new(Cp1, vendor, message, data, false, status, null, Noon.AddMinutes(minute));
}
