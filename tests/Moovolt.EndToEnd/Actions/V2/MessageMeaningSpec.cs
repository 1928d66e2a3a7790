using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of displays and of vendors are for (OCPP 2.0.1, O and P).</summary>
[Collection(Scenarios.Name)]
public sealed class MessageMeaningSpec(Stage stage)
{
    [Theory, Means("SetDisplayMessage", Way.ToCharger)]
    public Task A_message_that_is_not_shown_is_told(string version) => stage.IsToldNo(
        version,
        "SetDisplayMessage",
        new { message = new { id = 1, priority = "NormalCycle", message = new { format = "UTF8", content = "Hello" } } },
        "NotSupportedPriority");

    [Theory, Means("GetDisplayMessages", Way.ToCharger)]
    public async Task That_no_message_is_shown_any_more_is_known(string version)
    {
        await using var charger = await stage.Boot(version, "GetDisplayMessages");
        charger.Says("SetDisplayMessage", "Accepted");
        await stage.Ask(charger, "set-display-message", new { id = 1, text = "Hello" }, "accepted");
        await stage.Sees(charger, "/display-messages", seen => Stage.Items(seen).Any());

        charger.Says("GetDisplayMessages", "Unknown");
        await stage.Ask(charger, "get-display-messages", new { }, "accepted");
        await stage.Sees(charger, "/display-messages", seen => !Stage.Items(seen).Any());
    }

    [Theory, Means("NotifyDisplayMessages", Way.FromCharger)]
    public Task The_messages_that_a_station_shows_are_kept(string version) => stage.IsListed(
        version, "NotifyDisplayMessages", """
            {"requestId":2,"messageInfo":[{"id":1,"priority":"NormalCycle","message":{"format":"UTF8","content":"Hello"}}]}
            """, "display-messages", "Hello");

    [Theory, Means("ClearDisplayMessage", Way.ToCharger)]
    public Task A_message_that_there_is_not_is_told(string version) => stage.IsToldNo(
        version, "ClearDisplayMessage", new { id = 1 }, "Unknown");

    [Theory, Means("DataTransfer", Way.ToCharger)]
    public Task What_a_vendor_does_not_know_is_told(string version) => stage.IsToldNo(
        version, "DataTransfer", new { vendorId = "org.example", messageId = "hello" }, "UnknownMessageId");
}

/// <summary>The other direction: what a vendor's charger says.</summary>
[Collection(Scenarios.Name)]
public sealed class VendorMeaningSpec(Stage stage)
{
    [Theory, Means("DataTransfer", Way.FromCharger)]
    public async Task A_registered_vendors_message_is_kept_and_answered(string version)
    {
        await using var charger = await stage.Boot(version, "DataTransfer");
        var vendor = $"org.example.{charger.Identity}".ToLowerInvariant();
        await stage.Api.Put($"data-transfer-vendors/{vendor}", new { messageIds = new[] { "hello" }, responseData = "and hello" });
        Assert.True(await Eventually.Is(async () => (await Say())["data"]?.GetValue<string>() == "and hello", stage.Patience));

        var seen = Stage.Items(await stage.Sees(charger, "/data-transfers", seen =>
            Stage.Items(seen).Any(item => item["status"]!.GetValue<string>() == "accepted"))).First();
        Assert.Equal("again", seen["data"]!.GetValue<string>());

        async Task<JsonNode> Say() => Charging.Result(
            await charger.Call("DataTransfer", new { vendorId = vendor, messageId = "hello", data = "again" }));
    }
}
