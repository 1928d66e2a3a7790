using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Firmware and diagnostics, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class FirmwareCases(Bench bench)
{
    private const string Location = "https://files.example.org/firmware.bin";

    [SkippableFact, Case("TC_044_1")]
    public async Task Firmware_is_downloaded_and_installed()
    {
        await using var charger = await Updating("TC_044_1");
        foreach (var status in new[] { "Downloading", "Downloaded", "Installing" }) await Says(charger, status);
        await Bench.Boots(charger); // it has started anew
        await Says(charger, "Installed");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_044_2")]
    public async Task The_download_fails()
    {
        await using var charger = await Updating("TC_044_2");
        foreach (var status in new[] { "Downloading", "DownloadFailed" }) await Says(charger, status);
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_044_3")]
    public async Task The_installation_fails()
    {
        await using var charger = await Updating("TC_044_3");
        foreach (var status in new[] { "Downloading", "Downloaded", "Installing" }) await Says(charger, status);
        await Bench.Boots(charger);
        await Says(charger, "InstallationFailed");
        await Bench.Judged(charger);
    }

    [SkippableTheory]
    [InlineData("TC_045_1", "Uploaded")]
    [InlineData("TC_045_2", "UploadFailed")]
    [Case("TC_045_1"), Case("TC_045_2")]
    public async Task Diagnostics_are_uploaded(string identity, string end)
    {
        await using var charger = await bench.Booted(identity);
        var (_, command) = await bench.Call(
            charger, "GetDiagnostics", new { location = "https://files.example.org/up/" }, new { fileName = "diagnostics.zip" });
        await bench.Becomes(command, "accepted");
        foreach (var status in new[] { "Uploading", end }) await charger.Call("DiagnosticsStatusNotification", new { status });
        await Bench.Judged(charger);
    }

    private async Task<ForeignCharger> Updating(string identity)
    {
        var charger = await bench.Booted(identity);
        var (sent, command) = await bench.Call(
            charger, "UpdateFirmware", new { location = Location, retrieveDate = Charging.Now }, new { });
        Assert.Equal(Location, sent["location"]!.GetValue<string>());
        await bench.Becomes(command, "accepted");
        return charger;
    }

    private static Task<JsonNode> Says(ForeignCharger charger, string status) => charger.Call("FirmwareStatusNotification", new { status });
}
