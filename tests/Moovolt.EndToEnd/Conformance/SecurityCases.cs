using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>The messages of the security whitepaper, as the certification programme has them.</summary>
[Collection(Certification.Name)]
public sealed class SecurityCases(Bench bench)
{
    private static readonly object Hash = new
    {
        hashAlgorithm = "SHA256", issuerNameHash = new string('a', 64), issuerKeyHash = new string('b', 64), serialNumber = "1f",
    };

    [SkippableTheory]
    [InlineData("TC_075_1", "ManufacturerRootCertificate")]
    [InlineData("TC_075_2", "CentralSystemRootCertificate")]
    [Case("TC_075_1"), Case("TC_075_2")]
    public async Task A_root_is_installed_and_listed(string identity, string certificateType)
    {
        await using var charger = await bench.Booted(identity);
        var sent = await bench.Call(
            charger, "InstallCertificate", new { certificateType, certificate = Certificates.Root }, "Accepted", "accepted");
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", sent["certificate"]!.GetValue<string>(), StringComparison.Ordinal);
        await Installed(charger, certificateType);
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_076")]
    public async Task A_certificate_is_deleted()
    {
        await using var charger = await bench.Booted("TC_076");
        await bench.Call(
            charger, "InstallCertificate",
            new { certificateType = "CentralSystemRootCertificate", certificate = Certificates.Root }, "Accepted", "accepted");
        await Installed(charger, "CentralSystemRootCertificate");
        var sent = await bench.Call(charger, "DeleteCertificate", new { certificateHashData = Hash }, "Accepted", "accepted");
        Assert.Equal("1f", sent["certificateHashData"]!["serialNumber"]!.GetValue<string>());
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_078")]
    public async Task A_root_is_refused_and_the_event_is_taken()
    {
        await using var charger = await bench.Booted("TC_078");
        await bench.Call(
            charger, "InstallCertificate",
            new { certificateType = "CentralSystemRootCertificate", certificate = Certificates.Root }, "Rejected", "rejected");
        await Event(charger, "InvalidCentralSystemCertificate");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_079")]
    public async Task The_security_log_is_uploaded()
    {
        await using var charger = await bench.Booted("TC_079");
        var (sent, command) = await bench.Call(
            charger, "GetLog",
            new { logType = "SecurityLog", requestId = 7, log = new { remoteLocation = "https://files.example.org/up/" } },
            new { status = "Accepted", filename = "security.log" });
        Assert.Equal("SecurityLog", sent["logType"]!.GetValue<string>());
        var requestId = sent["requestId"]!.GetValue<int>();
        foreach (var status in new[] { "Uploading", "Uploaded" })
            await charger.Call("LogStatusNotification", new { status, requestId });
        Assert.NotNull(command["id"]);
        await Bench.Judged(charger);
    }

    [SkippableTheory]
    [InlineData("TC_080", "Downloading", "Downloaded", "SignatureVerified", "Installing", "InstallRebooting", "Installed")]
    [InlineData("TC_081", "Downloading", "Downloaded", "InvalidSignature")]
    [Case("TC_080"), Case("TC_081")]
    public async Task Signed_firmware(string identity, params string[] statuses)
    {
        await using var charger = await bench.Booted(identity);
        var firmware = new JsonObject
        {
            ["location"] = "https://files.example.org/firmware.bin",
            ["retrieveDateTime"] = Charging.Now,
            ["signingCertificate"] = Certificates.Root,
            ["signature"] = "c2lnbmF0dXJl",
        };
        var (sent, _) = await bench.Call(
            charger, "SignedUpdateFirmware", new { requestId = 9, firmware }, ForeignCharging.Accepted);
        Assert.NotNull(sent["firmware"]!["signingCertificate"]);
        var requestId = sent["requestId"]!.GetValue<int>();
        foreach (var status in statuses)
        {
            if (status == "Installed") await Bench.Boots(charger);
            await charger.Call("SignedFirmwareStatusNotification", new { status, requestId });
        }

        await Event(charger, identity == "TC_080" ? "FirmwareUpdated" : "InvalidFirmwareSignature");
        await Bench.Judged(charger);
    }

    private async Task Installed(ForeignCharger charger, string certificateType)
    {
        var (sent, command) = await bench.Call(
            charger, "GetInstalledCertificateIds", new { certificateType },
            new { status = "Accepted", certificateHashData = new[] { Hash } });
        Assert.Equal(certificateType, sent["certificateType"]!.GetValue<string>());
        await bench.Becomes(command, "accepted");
    }

    private static Task<JsonNode> Event(ForeignCharger charger, string type) =>
        charger.Call("SecurityEventNotification", new { type, timestamp = Charging.Now });
}
