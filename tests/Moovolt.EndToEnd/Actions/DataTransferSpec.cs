using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>What vendors' own messages are for (OCPP 1.6, 4.3): what is agreed is taken and can be read, either way.</summary>
[Collection(Scenarios.Name)]
public sealed class DataTransferSpec(Stage stage)
{
    [Fact, Meaning("DataTransfer", Way.FromCharger)]
    public async Task A_registered_vendors_message_is_kept_and_answered_and_others_are_told_that_nobody_knows_them()
    {
        await using var charger = await stage.Boot("DataTransfer");
        var vendor = $"org.example.{charger.Identity}".ToLowerInvariant();
        Assert.Equal("UnknownVendorId", await Status(charger, vendor, "hello", "before"));

        await stage.Api.Put($"data-transfer-vendors/{vendor}", new { messageIds = new[] { "hello" }, responseData = "and hello to you" });
        Assert.True(await Eventually.Is(async () => await Status(charger, vendor, "HELLO", "after") == "Accepted", stage.Patience));
        Assert.Equal("UnknownMessageId", await Status(charger, vendor, "goodbye", "x"));
        var answer = Charging.Result(await charger.Call("DataTransfer", new { vendorId = vendor, messageId = "hello", data = "again" }));
        Assert.Equal("and hello to you", answer["data"]!.GetValue<string>());

        var seen = Stage.Items(await stage.Sees(charger, "/data-transfers", seen =>
            Stage.Items(seen).Any(item => Text(item, "data") == "again"))).ToList();
        Assert.Equal(("fromCharger", "accepted", "and hello to you"), (Text(seen[0], "direction"), Text(seen[0], "status"), Text(seen[0], "answer")));
        Assert.Contains(seen, item => Text(item, "status") == "unknownVendorId" && Text(item, "data") == "before");
        Assert.Contains(seen, item => Text(item, "status") == "unknownMessageId" && Text(item, "messageId") == "goodbye");
    }

    [Fact]
    public async Task A_vendor_whose_messages_are_refused_is_kept_all_the_same()
    {
        await using var charger = await stage.Boot("DataTransfer-Refused");
        await stage.Api.Put("data-transfer-vendors/org.example.refused", new { answer = "rejected" });

        Assert.True(await Eventually.Is(
            async () => await Status(charger, "org.example.refused", "any", "kept") == "Rejected", stage.Patience));

        await stage.Sees(charger, "/data-transfers", seen =>
            Stage.Items(seen).Any(item => Text(item, "status") == "rejected" && Text(item, "data") == "kept"));
    }

    [Fact]
    public async Task A_message_to_the_charger_is_read_with_its_answer()
    {
        await using var charger = await stage.Boot("DataTransfer-Out");
        charger.Answers["DataTransfer"] = asked => new { status = "Accepted", data = $"got {asked["data"]}" };

        var command = await stage.Ask(charger, "data-transfer", new { vendorId = "org.example", data = "ping" }, "accepted");

        var item = Stage.Items(await stage.Sees(charger, "/data-transfers", seen => Stage.Items(seen).Any())).Single();
        Assert.Equal(("toCharger", "accepted", "ping", "got ping"),
            (Text(item, "direction"), Text(item, "status"), Text(item, "data"), Text(item, "answer")));
        Assert.Equal($"{command["id"]}", Text(item, "command"));
    }

    private static async Task<string> Status(RawCharger charger, string vendorId, string messageId, string data) =>
        Charging.Result(await charger.Call("DataTransfer", new { vendorId, messageId, data }))["status"]!.GetValue<string>();

    private static string? Text(JsonNode item, string member) => item[member]?.GetValue<string>();
}
