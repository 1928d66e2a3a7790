using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// What takes a charger a while (OCPP 1.6, 4.4, 4.5, 5.9, 5.19; security whitepaper): firmware and files, followed to
/// their end.
/// </summary>
[Collection(Scenarios.Name)]
public sealed class FileJobSpec(Stage stage)
{
    private const string Location = "ftp://me:hidden-word@files.example/1";

    [Fact, Meaning("UpdateFirmware", Way.ToCharger)]
    public async Task A_firmware_that_is_asked_for_is_on_the_list_without_the_password_of_its_address()
    {
        await using var charger = await stage.Boot("UpdateFirmware");
        charger.Answers["UpdateFirmware"] = _ => new { };
        var command = await stage.Ask(charger, "update-firmware", new { location = Location }, "accepted");

        var job = await Only(charger, "/firmware", job => job["location"] is not null);
        Assert.Equal("ftp://files.example/1", Text(job, "location"));
        Assert.Equal($"{command["id"]}", Text(job, "command"));
        Assert.Contains("hidden-word", charger.Asked.Single().ToJsonString(), StringComparison.Ordinal); // it needs it

        var messages = await stage.Sees(charger, "/messages", list => Stage.Items(list).Any(m => Text(m, "action") == "UpdateFirmware"));
        Assert.DoesNotContain("hidden-word", $"{messages}{command}{stage.Node.Printed}", StringComparison.Ordinal);
    }

    [Fact, Meaning("FirmwareStatusNotification", Way.FromCharger)]
    public async Task A_firmware_is_followed_until_it_is_installed()
    {
        await using var charger = await stage.Boot("FirmwareStatusNotification");
        charger.Answers["UpdateFirmware"] = _ => new { };
        var command = await stage.Ask(charger, "update-firmware", new { location = Location }, "accepted");
        foreach (var status in new[] { "Downloading", "Downloaded", "Installing", "Installing", "Installed" })
            Charging.Result(await charger.Call("FirmwareStatusNotification", new { status }));

        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
        var job = await Only(charger, "/firmware", job => job["ended"]!.GetValue<bool>());
        Assert.Equal(["Downloading", "Downloaded", "Installing", "Installed"], job["steps"]!.AsArray().Select(step => Text(step!, "status")));
    }

    [Fact, Meaning("SignedUpdateFirmware", Way.ToCharger)]
    public async Task A_signed_firmware_bears_the_number_that_the_charger_reports_under()
    {
        await using var charger = await stage.Boot("SignedUpdateFirmware");
        charger.Says("SignedUpdateFirmware", "Accepted");
        await stage.Ask(charger, "update-firmware", Signed, "accepted");

        var job = await Only(charger, "/firmware", job => job["requestId"] is not null);
        Assert.Equal(Number(charger), job["requestId"]!.GetValue<int>());
    }

    [Fact, Meaning("SignedFirmwareStatusNotification", Way.FromCharger)]
    public async Task A_signature_that_is_not_right_ends_the_command_and_is_said()
    {
        await using var charger = await stage.Boot("SignedFirmwareStatusNotification");
        charger.Says("SignedUpdateFirmware", "Accepted");
        var command = await stage.Ask(charger, "update-firmware", Signed, "accepted");
        Charging.Result(await charger.Call(
            "SignedFirmwareStatusNotification", new { status = "InvalidSignature", requestId = Number(charger) }));

        var ended = await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "noEffect");
        Assert.Contains("InvalidSignature", ended["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact, Meaning("GetDiagnostics", Way.ToCharger)]
    public async Task The_file_of_the_diagnostics_has_the_name_that_the_charger_gives_it()
    {
        await using var charger = await stage.Boot("GetDiagnostics");
        charger.Answers["GetDiagnostics"] = _ => new { fileName = "d.zip" };
        await stage.Ask(charger, "get-diagnostics", new { location = Location }, "accepted");

        Assert.Equal("d.zip", Text(await Only(charger, "/uploads", job => job["fileName"] is not null), "fileName"));
    }

    [Fact, Meaning("DiagnosticsStatusNotification", Way.FromCharger)]
    public async Task An_upload_that_fails_ends_the_command_and_is_said()
    {
        await using var charger = await stage.Boot("DiagnosticsStatusNotification");
        charger.Answers["GetDiagnostics"] = _ => new { fileName = "d.zip" };
        var command = await stage.Ask(charger, "get-diagnostics", new { location = Location }, "accepted");
        Charging.Result(await charger.Call("DiagnosticsStatusNotification", new { status = "UploadFailed" }));

        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "noEffect");
    }

    [Fact, Meaning("GetLog", Way.ToCharger)]
    public async Task The_security_log_has_the_name_that_the_charger_gives_it()
    {
        await using var charger = await stage.Boot("GetLog");
        charger.Answers["GetLog"] = _ => new { status = "Accepted", filename = "s.log" };
        await stage.Ask(charger, "get-log", new { kind = "security", location = Location }, "accepted");

        Assert.Equal("SecurityLog", Text(charger.Asked.Single()[3]!, "logType"));
        Assert.Equal("s.log", Text(await Only(charger, "/uploads", job => job["fileName"] is not null), "fileName"));
    }

    [Fact, Meaning("LogStatusNotification", Way.FromCharger)]
    public async Task A_log_is_followed_until_it_is_uploaded()
    {
        await using var charger = await stage.Boot("LogStatusNotification");
        charger.Answers["GetLog"] = _ => new { status = "Accepted", filename = "s.log" };
        var command = await stage.Ask(charger, "get-log", new { kind = "diagnostics", location = Location }, "accepted");
        Charging.Result(await charger.Call("LogStatusNotification", new { status = "Uploaded", requestId = Number(charger) }));

        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    private static object Signed => new { location = Location, signingCertificate = "PEM", signature = "c2ln" };

    private static int Number(RawCharger charger) => charger.Asked.Single()[3]!["requestId"]!.GetValue<int>();

    private async Task<JsonNode> Only(RawCharger charger, string list, Func<JsonNode, bool> fits) => Stage.Items(
        await stage.Sees(charger, list, seen => Stage.Items(seen).Any(fits))).Single();

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();
}
