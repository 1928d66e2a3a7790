using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>A vendor's message is judged by what this gateway has read, and answered when its entity has it.</summary>
public sealed class VendorSpec
{
    [Fact]
    public async Task A_vendors_message_goes_to_its_entity_with_what_it_is_answered()
    {
        await using var rig = await GatewayRig.StartAsync();
        await rig.VendorTable.PutAsync(new VendorRule("org.example", ["hello"], true, "yes"), "ana", default);
        await rig.Vendors.ReadAsync(default);
        await using var charger = await rig.ConnectAsync();

        await charger.CallAsync("1", "DataTransfer", """{"vendorId":"org.example","messageId":"hello","data":"x"}""");
        var known = await charger.ReadFrameAsync();
        Assert.Equal("""{"status":"Accepted","data":"yes"}""", known[2].GetRawText());
        await charger.CallAsync("2", "DataTransfer", """{"vendorId":"org.nobody"}""");
        Assert.Equal("""{"status":"UnknownVendorId"}""", (await charger.ReadFrameAsync())[2].GetRawText());

        Assert.Equal(
            [TransferStatus.Accepted, TransferStatus.UnknownVendorId],
            rig.Entities.ToldOf<ReportDataTransfer>().Select(told => told.Status));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_answered()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms, answer-patience = 900ms, put-off-for = 500ms");
        rig.Entities.Answers = command => command is ReportDataTransfer ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "DataTransfer", """{"vendorId":"org.example"}""");
        await charger.CallAsync("2", "Heartbeat", "{}");

        Assert.Equal("2", (await charger.ReadFrameAsync())[1].GetString());
    }
}
