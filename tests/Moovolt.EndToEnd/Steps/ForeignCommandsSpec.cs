using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// The commands in words at a client that nobody here wrote, of 2.0.1 in its strict mode and of 2.1: the very words that
/// a 1.6 charger takes. Every frame is judged by the schemas of another package.
/// </summary>
public sealed class ForeignCommandsSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly object Accepted = new { status = "Accepted" };

    private static readonly object Hash =
        new { hashAlgorithm = "SHA256", issuerNameHash = "aa", issuerKeyHash = "bb", serialNumber = "01" };

    private Api Api => fixture.Node.Api;

    public static TheoryData<string> Versions => ["ocpp2.0.1", "ocpp2.1"];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Every_command_in_words_reaches_a_foreign_station(string version)
    {
        await using var charger = await ForeignCharger.Connect(fixture.Node.Ocpp, $"WORDS-{version}", protocols: version);
        await Api.Accept("CAFE");
        await charger.Call("BootNotification", Stepping.Introduction);
        await charger.Call("StatusNotification", Stepping.Status("Available"));

        await Takes(charger, "unlock", new { evse = 1 }, "UnlockConnector", new { status = "Unlocked" });
        await Takes(charger, "change-availability", new { operative = false, evse = 1 }, "ChangeAvailability", Accepted);
        await Takes(charger, "trigger", new { what = "heartbeat" }, "TriggerMessage", Accepted);
        await Takes(charger, "clear-cache", new { }, "ClearCache", Accepted);
        await Takes(charger, "data-transfer", new { vendorId = "V", data = "hello" }, "DataTransfer", Accepted);
        await Takes(charger, "set-configuration", new { key = "OCPPCommCtrlr.HeartbeatInterval", value = "60" }, "SetVariables", new
        {
            setVariableResult = new[] { new { attributeStatus = "Accepted", component = new { name = "OCPPCommCtrlr" }, variable = new { name = "HeartbeatInterval" } } },
        });

        await Takes(charger, "send-local-list", new { mode = "full", tokens = new[] { "CAFE" } }, "SendLocalList", Accepted);
        await Takes(charger, "get-local-list-version", new { }, "GetLocalListVersion", new { versionNumber = 1 });

        var reservation = await Takes(
            charger, "reserve", new { token = "CAFE", evse = 1, expiresAt = DateTimeOffset.UtcNow.AddHours(1) }, "ReserveNow", Accepted);
        await Takes(
            charger, "cancel-reservation", new { reservationId = reservation["id"]!.GetValue<int>() }, "CancelReservation", Accepted);

        var schedule = new { unit = "A", periods = new[] { new { startSeconds = 0, limit = 16 } } };
        var profile = new { purpose = "default", stackLevel = 0, kind = "relative", schedule };
        var sent = await Takes(charger, "set-charging-profile", new { profile, evse = 1 }, "SetChargingProfile", Accepted);
        await Takes(charger, "get-composite-schedule", new { durationSeconds = 600, evse = 1 }, "GetCompositeSchedule", new
        {
            status = "Accepted",
            schedule = new
            {
                evseId = 1, duration = 600, scheduleStart = Charging.Now, chargingRateUnit = "A",
                chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 16 } },
            },
        });
        await Takes(
            charger, "clear-charging-profile", new { id = sent["chargingProfile"]!["id"]!.GetValue<int>() }, "ClearChargingProfile", Accepted);

        await Takes(charger, "update-firmware", new { location = "https://files.example.org/fw" }, "UpdateFirmware", Accepted);
        await charger.Call("FirmwareStatusNotification", new { status = "Downloading", requestId = 1 });
        await Takes(
            charger, "get-log", new { kind = "security", location = "https://files.example.org/up/" }, "GetLog",
            new { status = "Accepted", filename = "log.zip" });
        await charger.Call("LogStatusNotification", new { status = "Uploaded", requestId = 1 });
        await Takes(charger, "get-installed-certificates", new { use = "csmsRoot" }, "GetInstalledCertificateIds", new
        {
            status = "Accepted",
            certificateHashDataChain = new[] { new { certificateType = "CSMSRootCertificate", certificateHashData = Hash } },
        });
        await Takes(charger, "reset", new { kind = "soft" }, "Reset", new { status = "Scheduled" });
        await charger.Close();
    }

    private async Task<JsonNode> Takes(ForeignCharger charger, string verb, object body, string action, object answer)
    {
        await charger.Answers(action, answer);
        var asked = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(asked.Status == HttpStatusCode.OK, $"{verb}: {asked}");
        Assert.True(asked["state"]!.GetValue<string>() is "accepted" or "effective", $"{verb}: {asked}");
        return await charger.Asked(action);
    }
}
