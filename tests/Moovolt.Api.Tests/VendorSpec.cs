using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>Vendors of data transfers, and what came of them.</summary>
public sealed class VendorSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task A_vendor_is_registered_changed_and_taken_away()
    {
        var made = await _operator.Put("data-transfer-vendors/org.Example", new { messageIds = new[] { "a" }, responseData = "yes" });
        Assert.Equal((201, "accepted"), (made.Status, made.Text("answer")));
        Assert.Equal("/api/v1/data-transfer-vendors/org.Example", made.Response.Headers.Location?.OriginalString);

        var changed = await _operator.Put("data-transfer-vendors/org.example", """{"answer":"rejected","responseData":null}""");
        Assert.Equal((200, "rejected", "ana"), (changed.Status, changed.Text("answer"), changed.Text("changedBy")));
        Assert.Equal("""["a"]""", changed["messageIds"]!.ToJsonString()); // left out: it stays
        Assert.Null(changed["responseData"]);

        Assert.Equal("rejected", (await _operator.Get("data-transfer-vendors/ORG.EXAMPLE")).Text("answer"));
        Assert.Contains((await _operator.Get("data-transfer-vendors"))["items"]!.AsArray(), item => item!["vendorId"]!.GetValue<string>() == "org.example");
        Assert.Equal(204, (await _operator.Delete("data-transfer-vendors/org.example")).Status);
        Assert.Equal(404, (await _operator.Delete("data-transfer-vendors/org.example")).Status);
        Assert.Equal(404, (await _operator.Get("data-transfer-vendors/org.example")).Status);
    }

    [Theory]
    [InlineData("data-transfer-vendors/org.x", """{"messageIds":[""]}""", 422)]
    [InlineData("data-transfer-vendors/org.x%07", "{}", 422)]
    [InlineData("data-transfer-vendors/org.x", """{"answer":"maybe"}""", 400)]
    [InlineData("data-transfer-vendors/org.x", """{"colour":"red"}""", 400)]
    public async Task What_no_vendor_can_be_is_refused(string path, string body, int status)
    {
        Assert.Equal(status, (await _operator.Put(path, body)).Status);
        Assert.Equal(404, (await _operator.Get(path)).Status);
    }

    [Fact]
    public async Task What_came_and_what_went_is_listed()
    {
        var id = await bridge.Online("TRANSFER-1", call => new StationAnswer(
            RequestState.Rejected, """{"status":"UnknownVendorId"}""", "UnknownVendorId", "The charger knows no vendor org.example.",
            new DataTransferred("org.example", null, "ping", TransferStatus.UnknownVendorId, null, false)));
        await bridge.Ask(new ReportDataTransfer(
            id, "org.example", "hello", "olá", false, TransferStatus.Accepted, "yes", DateTimeOffset.UtcNow));

        var said = await _operator.Post("charge-points/TRANSFER-1/commands/data-transfer", """{"vendorId":"org.example","data":"ping"}""");

        Assert.Equal(("rejected", "UnknownVendorId"), (said.Text("state"), said["error"]!["code"]!.GetValue<string>()));
        await bridge.Shown("charge-point/TRANSFER-1");
        var items = (await _operator.Get("charge-points/TRANSFER-1/data-transfers"))["items"]!.AsArray();
        Assert.Equal(["toCharger", "fromCharger"], items.Select(item => item!["direction"]!.GetValue<string>()));
        Assert.Equal(["unknownVendorId", "accepted"], items.Select(item => item!["status"]!.GetValue<string>()));
        Assert.Equal(said.Text("id"), items[0]!["command"]!.GetValue<string>());
        Assert.Equal("olá", items[1]!["data"]!.GetValue<string>());
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/data-transfers")).Status);
    }

    [Fact]
    public async Task An_edit_of_a_vendor_that_somebody_changed_meanwhile_is_refused()
    {
        var tag = (await _operator.Put("data-transfer-vendors/org.Tag", new { responseData = "one" })).Response.Headers.ETag!.ToString();
        Assert.Equal(tag, (await _operator.Get("data-transfer-vendors/org.Tag")).Response.Headers.ETag!.ToString());

        Assert.Equal(200, (await _operator.Put("data-transfer-vendors/org.Tag", new { responseData = "two" }, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _operator.Put("data-transfer-vendors/org.Tag", new { responseData = "three" }, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _operator.Delete("data-transfer-vendors/org.Tag", ("If-Match", tag))).Status);
        Assert.Equal("two", (await _operator.Get("data-transfer-vendors/org.Tag")).Text("responseData"));
        Assert.Equal(204, (await _operator.Delete("data-transfer-vendors/org.Tag", ("If-Match", "*"))).Status);
    }
}
