using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// One node as the README's first command starts it, and chargers that nobody here wrote: two clients by different
/// authors, each judged by the schemas of another package.
/// </summary>
public sealed class ForeignChargerSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private const string Firmware = "https://files.example.org/f.bin";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Two clients by different authors: whatever is asked of one is asked of the other.</summary>
    public static TheoryData<string> Clients => new(ForeignCharger.OcppRpc, ForeignCharger.OcppTs);

    private Api Api => fixture.Node.Api;

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task A_foreign_charger_charges_and_a_killed_node_still_knows_what_it_answered(string client)
    {
        Needs.NodeJs();
        await using var node = await new MoovoltProcess().Start().Ready();
        await node.Api.Accept("CAFE");
        await using (var charger = await ForeignCharger.Connect(node.Ocpp, "FOREIGN", client: client))
        {
            Assert.Equal("Accepted", (await charger.Boot())["status"]!.GetValue<string>());
            await charger.Status("Available");
            Assert.Equal("Accepted", await charger.Authorize("cafe"));
            var transaction = await charger.Start("cafe", 1234);
            await charger.Meter(transaction, 5000);
            await charger.Stop(transaction, 8765);
            node.Kill9();
        }

        await node.Start().Ready();

        var ended = Assert.Single(await Ended(node.Api, "FOREIGN"));
        Assert.Equal(1234, ended["meterStartWh"]!.GetValue<long>());
        Assert.Equal(8765, ended["meterStopWh"]!.GetValue<long>());
        Assert.Equal(7531, ended["deliveredWh"]!.GetValue<long>());
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task An_operator_starts_and_stops_a_foreign_charger(string client)
    {
        await using var charger = await Here(client, "remote");
        await charger.Answers("RemoteStartTransaction", ForeignCharging.Accepted);
        await charger.Answers("RemoteStopTransaction", ForeignCharging.Accepted);
        await Api.Accept("CAFE");

        await Asks(charger, "start-charging", new { token = "CAFE", evse = 1 });
        Assert.Equal("CAFE", (await charger.Asked("RemoteStartTransaction"))["idTag"]!.GetValue<string>());
        var number = await charger.Start("CAFE", 20_000);
        await charger.Status("Charging");

        var transaction = $"{charger.Identity}/{number}";
        await Asks(charger, "stop-charging", new { transaction });
        Assert.Equal(number, (await charger.Asked("RemoteStopTransaction"))["transactionId"]!.GetValue<int>());
        await charger.Stop(number, 20_007, "Remote");

        var ended = Assert.Single(await Ended(Api, charger.Identity));
        Assert.Equal(transaction, ended["id"]!.GetValue<string>());
        Assert.Equal(7, ended["deliveredWh"]!.GetValue<long>());
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task An_operator_reads_and_sets_the_configuration_of_a_foreign_charger(string client)
    {
        await using var charger = await Here(client, "configuration");
        await charger.Answers("ChangeConfiguration", ForeignCharging.Accepted);
        await charger.Answers("GetConfiguration", new
        {
            configurationKey = new[] { new { key = "HeartbeatInterval", @readonly = false, value = "900" } },
            unknownKey = new[] { "Nonsense" },
        });

        await Asks(charger, "set-configuration", new { key = "HeartbeatInterval", value = "900" });
        Assert.Equal("900", (await charger.Asked("ChangeConfiguration"))["value"]!.GetValue<string>());
        var read = await Asks(charger, "get-configuration", new { keys = new[] { "HeartbeatInterval", "Nonsense" } });

        Assert.Equal("900", read["response"]!["configurationKey"]![0]!["value"]!.GetValue<string>());
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task A_foreign_charger_holds_to_charging_profiles(string client)
    {
        await using var charger = await Here(client, "smart");
        await charger.Answers("SetChargingProfile", ForeignCharging.Accepted);
        await charger.Answers("ClearChargingProfile", ForeignCharging.Accepted);
        await charger.Answers("GetCompositeSchedule", new
        {
            status = "Accepted",
            connectorId = 1,
            scheduleStart = Charging.Now,
            chargingSchedule = new
            {
                chargingRateUnit = "A", chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 9.5 } },
            },
        });

        var schedule = new { unit = "A", periods = new[] { new { startSeconds = 0, limit = 9.5 } } };
        var profile = new { purpose = "default", stackLevel = 0, kind = "relative", schedule };
        await Asks(charger, "set-charging-profile", new { profile, evse = 1 });
        var sent = (await charger.Asked("SetChargingProfile"))["csChargingProfiles"]!;
        Assert.Equal("TxDefaultProfile", sent["chargingProfilePurpose"]!.GetValue<string>());
        await Asks(charger, "get-composite-schedule", new { durationSeconds = 600, evse = 1 });
        await Asks(charger, "clear-charging-profile", new { id = sent["chargingProfileId"]!.GetValue<int>() });
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task A_foreign_charger_takes_a_local_list(string client)
    {
        await using var charger = await Here(client, "list");
        await charger.Answers("SendLocalList", ForeignCharging.Accepted);
        await charger.Answers("GetLocalListVersion", new { listVersion = 1 });
        await Api.Accept("CAFE");

        await Asks(charger, "send-local-list", new { mode = "full", tokens = new[] { "CAFE" } });
        var sent = await charger.Asked("SendLocalList");
        Assert.Equal("CAFE", Assert.Single(sent["localAuthorizationList"]!.AsArray())!["idTag"]!.GetValue<string>());
        await Asks(charger, "get-local-list-version", new { });
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task A_foreign_charger_keeps_a_connector_for_a_token(string client)
    {
        await using var charger = await Here(client, "reservation");
        await charger.Answers("ReserveNow", ForeignCharging.Accepted);
        await charger.Answers("CancelReservation", ForeignCharging.Accepted);
        await Api.Accept("CAFE");

        await Asks(charger, "reserve", new { token = "CAFE", evse = 1, expiresAt = DateTimeOffset.UtcNow.AddHours(1) });
        var reservationId = (await charger.Asked("ReserveNow"))["reservationId"]!.GetValue<int>();
        await charger.Status("Reserved");
        await Asks(charger, "cancel-reservation", new { reservationId });
        Assert.Equal(reservationId, (await charger.Asked("CancelReservation"))["reservationId"]!.GetValue<int>());
        await charger.Status("Available");
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task A_foreign_charger_gets_new_firmware(string client)
    {
        await using var charger = await Here(client, "firmware");
        await charger.Answers("UpdateFirmware", new { });

        var command = await Asks(charger, "update-firmware", new { location = Firmware, retries = 2 });
        var sent = await charger.Asked("UpdateFirmware");
        Assert.Equal(Firmware, sent["location"]!.GetValue<string>());
        Assert.Equal(2, sent["retries"]!.GetValue<int>());
        foreach (var status in new[] { "Downloading", "Downloaded", "Installing", "Installed" })
            await charger.Call("FirmwareStatusNotification", new { status });

        await Settled(command, "effective");
        var job = await Ended(charger, "firmware");
        Assert.Equal("Installed", job["status"]!.GetValue<string>());
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task A_foreign_charger_whose_firmware_cannot_be_fetched_says_so(string client)
    {
        await using var charger = await Here(client, "download");
        await charger.Answers("UpdateFirmware", new { });

        var command = await Asks(charger, "update-firmware", new { location = Firmware });
        foreach (var status in new[] { "Downloading", "DownloadFailed" })
            await charger.Call("FirmwareStatusNotification", new { status });

        var failed = await Settled(command, "noEffect");
        var why = failed["error"]!["description"]!.GetValue<string>();
        Assert.Contains("DownloadFailed", why, StringComparison.Ordinal);
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Clients))]
    public async Task A_foreign_charger_sends_its_diagnostics(string client)
    {
        await using var charger = await Here(client, "diagnostics");
        await charger.Answers("GetDiagnostics", new { fileName = "d.zip" });

        var command = await Asks(charger, "get-diagnostics", new { location = "https://files.example.org/up/" });
        foreach (var status in new[] { "Uploading", "Uploaded" })
            await charger.Call("DiagnosticsStatusNotification", new { status });

        await Settled(command, "effective");
        var job = await Ended(charger, "uploads");
        Assert.Equal("d.zip", job["fileName"]!.GetValue<string>());
        await charger.Close();
    }

    private async Task<ForeignCharger> Here(string client, string purpose)
    {
        var charger = await ForeignCharger.Connect(fixture.Node.Ocpp, $"{client}-{purpose}", client: client);
        await charger.Boot();
        await charger.Status("Available");
        return charger;
    }

    private async Task<Api.Answer> Asks(ForeignCharger charger, string verb, object body)
    {
        var command = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(command.Status == HttpStatusCode.OK, $"{command}");
        Assert.Contains(command["state"]!.GetValue<string>(), new[] { "accepted", "effective" });
        return command;
    }

    private Task<Api.Answer> Settled(Api.Answer command, string state) => Eventually.Get(
        () => Api.Get($"commands/{command["id"]!.GetValue<string>()}"),
        seen => seen["state"]?.GetValue<string>() == state,
        Soon);

    // The command is the charge point's own word; its jobs are in a table, which is a moment behind.
    private async Task<JsonNode> Ended(ForeignCharger charger, string jobs) => Assert.Single(await Eventually.Get(
        () => Api.All($"charge-points/{charger.Identity}/{jobs}"),
        all => all.Any(job => job["ended"]!.GetValue<bool>()),
        Soon));

    private static Task<IReadOnlyList<JsonNode>> Ended(Api api, string chargePoint) => Eventually.Get(
        () => api.All($"transactions?chargePoint={chargePoint}&state=ended"), all => all.Count > 0, Soon);
}
