using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of firmware and of logs are for (OCPP 2.0.1, L and N01).</summary>
[Collection(Scenarios.Name)]
public sealed class FirmwareMeaningSpec(Stage stage)
{
    private const string Location = "https://me:hidden-word@files.example/1";
    private const string Checksum = "0123456789abcdef0123456789abcdef";

    [Theory, Means("UpdateFirmware", Way.ToCharger)]
    public async Task A_firmware_that_is_asked_for_is_on_the_list_without_the_password_of_its_address(string version)
    {
        await using var charger = await stage.Boot(version, "UpdateFirmware");
        charger.Says("UpdateFirmware", "Accepted");
        var command = await stage.Ask(charger, "update-firmware", new { location = Location }, "accepted");

        var job = await Only(charger, "/firmware", job => job["location"] is not null);
        Assert.Equal("https://files.example/1", job["location"]!.GetValue<string>());
        Assert.Equal($"{command["id"]}", job["command"]!.GetValue<string>());
    }

    [Theory, Means("FirmwareStatusNotification", Way.FromCharger)]
    public async Task A_firmware_is_followed_until_it_is_installed(string version)
    {
        await using var charger = await stage.Boot(version, "FirmwareStatusNotification");
        charger.Says("UpdateFirmware", "Accepted");
        var command = await stage.Ask(charger, "update-firmware", new { location = Location }, "accepted");
        var requestId = charger.Asked.Last()[3]!["requestId"]!.GetValue<int>();
        foreach (var status in new[] { "Downloading", "Downloaded", "Installing", "Installing", "Installed" })
            Charging.Result(await charger.Call("FirmwareStatusNotification", new { status, requestId }));

        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
        var job = await Only(charger, "/firmware", job => job["ended"]!.GetValue<bool>());
        Assert.Equal(4, job["steps"]!.AsArray().Count);
    }

    [Theory, Means("PublishFirmware", Way.ToCharger)]
    public Task A_firmware_that_is_not_published_is_told(string version) => stage.IsToldNo(
        version, "PublishFirmware", new { location = "https://files.example/1", checksum = Checksum, requestId = 4 }, "Rejected");

    [Theory, Means("PublishFirmwareStatusNotification", Way.FromCharger)]
    public Task How_far_the_publishing_is_is_kept(string version) => stage.IsListed(
        version, "PublishFirmwareStatusNotification", """{"status":"Published","location":["http://10.0.0.2/fw"],"requestId":4}""", "published-firmware", "Published");

    [Theory, Means("UnpublishFirmware", Way.ToCharger)]
    public Task That_there_is_no_such_firmware_is_told(string version) => stage.IsToldNo(
        version, "UnpublishFirmware", new { checksum = Checksum }, new { status = "Unpublished" }, new { status = "NoFirmware" }, "NoFirmware");

    [Theory, Means("GetLog", Way.ToCharger)]
    public async Task A_log_has_the_name_that_the_station_gives_it(string version)
    {
        await using var charger = await stage.Boot(version, "GetLog");
        charger.Answers["GetLog"] = _ => new { status = "Accepted", filename = "s.log" };
        await stage.Ask(charger, "get-log", new { kind = "security", location = Location }, "accepted");

        var job = await Only(charger, "/uploads", job => job["fileName"] is not null);
        Assert.Equal("s.log", job["fileName"]!.GetValue<string>());
    }

    [Theory, Means("LogStatusNotification", Way.FromCharger)]
    public async Task A_log_is_followed_until_it_is_uploaded(string version)
    {
        await using var charger = await stage.Boot(version, "LogStatusNotification");
        charger.Answers["GetLog"] = _ => new { status = "Accepted", filename = "s.log" };
        var command = await stage.Ask(charger, "get-log", new { kind = "diagnostics", location = Location }, "accepted");
        var requestId = charger.Asked.Last()[3]!["requestId"]!.GetValue<int>();
        Charging.Result(await charger.Call("LogStatusNotification", new { status = "Uploaded", requestId }));

        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    private async Task<JsonNode> Only(RawCharger charger, string list, Func<JsonNode, bool> fits) => Assert.Single(
        Stage.Items(await stage.Sees(charger, list, seen => Stage.Items(seen).Any(fits))));
}
