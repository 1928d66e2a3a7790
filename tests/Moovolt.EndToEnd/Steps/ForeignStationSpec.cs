using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// A client that nobody here wrote (npm's ocpp-rpc, of 2.0.1 in its strict mode), as a station of 2.0.1 and of 2.1: what
/// it does and is asked is judged frame by frame, in both directions, by the schemas of another package, and what came of
/// it is what an operator reads.
/// </summary>
public sealed class ForeignStationSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private const string Interval = "OCPPCommCtrlr.HeartbeatInterval";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly object Accepted = new { status = "Accepted" };

    private Api Api => fixture.Node.Api;

    public static TheoryData<string> Versions => ["ocpp2.0.1", "ocpp2.1"];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task It_boots_and_its_reports_are_its_device_model(string version)
    {
        await using var charger = await Here("reports", version);
        var booted = await Sees(charger, "", seen => seen["vendor"] is not null);
        Assert.Equal((version, "R-2"), (Text(booted["connection"]!, "protocol"), Text(booted.Body!, "serialNumber")));
        await charger.Call("Heartbeat");

        await charger.Answers("GetBaseReport", Accepted);
        var command = await Asks(charger, "get-configuration", new { });
        var asked = await charger.Asked("GetBaseReport");
        Assert.Equal("FullInventory", Text(asked, "reportBase"));
        for (var part = 0; part < 3; part++)
        {
            Assert.Empty(await Api.All($"charge-points/{charger.Identity}/device-model"));
            await charger.Call("NotifyReport", new
            {
                requestId = asked["requestId"]!.GetValue<int>(),
                generatedAt = Charging.Now,
                seqNo = part,
                tbc = part < 2,
                reportData = new[]
                {
                    new
                    {
                        component = new { name = "EVSE", evse = new { id = part + 1 } },
                        variable = new { name = "Power" },
                        variableAttribute = new[] { new { type = "Actual", value = "7400", mutability = "ReadOnly" } },
                        variableCharacteristics = new { dataType = "decimal", supportsMonitoring = true, unit = "W" },
                    },
                },
            });
        }

        await Becomes(command, "effective");
        var told = await Sees(charger, "/device-model", seen => seen["items"]!.AsArray().Count == 3);
        Assert.Equal(["EVSE@1.Power", "EVSE@2.Power", "EVSE@3.Power"], told["items"]!.AsArray().Select(item => Text(item!, "key")));

        await charger.Answers("GetReport", new { status = "EmptyResultSet" });
        var none = await Api.Post(
            $"charge-points/{charger.Identity}/calls/GetReport", new { requestId = 99, componentCriteria = new[] { "Problem" } });
        Assert.Equal("rejected", Text(none.Body!, "state"));
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Its_variables_are_read_and_set(string version)
    {
        await using var charger = await Here("variables", version);
        var (component, variable) = (new { name = "OCPPCommCtrlr" }, new { name = "HeartbeatInterval" });
        await charger.Answers("GetVariables", new
        {
            getVariableResult = new[] { new { attributeStatus = "Accepted", attributeValue = "300", component, variable } },
        });
        await Asks(charger, "get-configuration", new { keys = new[] { Interval } });
        var read = (await charger.Asked("GetVariables"))["getVariableData"]![0]!;
        Assert.Equal("OCPPCommCtrlr", Text(read["component"]!, "name"));
        await Holds("300");

        await charger.Answers("SetVariables", new
        {
            setVariableResult = new[] { new { attributeStatus = "Accepted", component, variable } },
        });
        await Asks(charger, "set-configuration", new { key = Interval, value = "60" });
        Assert.Equal("60", Text((await charger.Asked("SetVariables"))["setVariableData"]![0]!, "attributeValue"));
        await Holds("60");
        await charger.Close();

        Task<Api.Answer> Holds(string value) => Sees(charger, "/configuration", seen => seen["items"]!.AsArray().Any(
            item => Text(item!, "key") == Interval && Text(item!, "value") == value));
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task It_asks_for_tokens_charges_and_is_started_and_stopped_from_afar(string version)
    {
        await using var charger = await Here("charges", version);
        await Api.Put("tokens/BLOCKED", new { status = "blocked" });
        Assert.Equal("Accepted", await Authorize("CAFE"));
        Assert.Equal("Blocked", await Authorize("BLOCKED"));

        await charger.Answers("RequestStartTransaction", Accepted);
        var start = await Asks(charger, "start-charging", new { token = "CAFE", evse = 1 });
        var asked = await charger.Asked("RequestStartTransaction");
        Assert.Equal("CAFE", Text(asked["idToken"]!, "idToken"));
        await charger.Call("TransactionEvent", Stepping.Step(
            "f1", "Started", 0, 100, "CAFE", "RemoteStart", remoteStart: asked["remoteStartId"]!.GetValue<int>()));
        await charger.Call("TransactionEvent", Stepping.Step("f1", "Updated", 1, 900, state: "Charging"));
        await Becomes(start, "effective");

        await charger.Answers("RequestStopTransaction", Accepted);
        var stop = await Asks(charger, "stop-charging", new { transaction = $"{charger.Identity}/f1" });
        Assert.Equal("f1", Text(await charger.Asked("RequestStopTransaction"), "transactionId"));
        await charger.Call("TransactionEvent", Stepping.Step("f1", "Ended", 2, 1_107, trigger: "RemoteStop"));
        await Becomes(stop, "effective");

        var ended = await Eventually.Get(
            () => Api.Get($"transactions/{charger.Identity}/f1"), seen => seen["state"]?.GetValue<string>() == "ended", Soon);
        Assert.Equal(1_007, ended["deliveredWh"]!.GetValue<int>());
        await charger.Close();

        async Task<string?> Authorize(string token) => Text((await charger.Call(
            "Authorize", new { idToken = new { idToken = token, type = "ISO14443" } }))["idTokenInfo"]!, "status");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task It_takes_a_local_list(string version)
    {
        await using var charger = await Here("list", version);
        await charger.Answers("SendLocalList", Accepted);
        await Asks(charger, "send-local-list", new { mode = "full", tokens = new[] { "CAFE" } });
        var sent = await charger.Asked("SendLocalList");
        Assert.Equal("CAFE", Text(sent["localAuthorizationList"]![0]!["idToken"]!, "idToken"));
        var versionNumber = sent["versionNumber"]!.GetValue<int>();

        await charger.Answers("GetLocalListVersion", new { versionNumber });
        await Asks(charger, "get-local-list-version", new { });
        await Sees(charger, "/local-list", seen => seen["inStep"]!.GetValue<bool>()
            && seen["version"]!.GetValue<int>() == versionNumber && seen["items"]!.AsArray().Count == 1);
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task It_keeps_an_evse_for_a_token(string version)
    {
        await using var charger = await Here("keeps", version);
        await charger.Answers("ReserveNow", Accepted);
        await charger.Answers("CancelReservation", Accepted);
        var given = await Reserve();
        await Asks(charger, "cancel-reservation", new { reservationId = given });
        Assert.Equal(given, (await charger.Asked("CancelReservation"))["reservationId"]!.GetValue<int>());
        await Stands(given, "cancelled");

        var left = await Reserve();
        await charger.Call("ReservationStatusUpdate", new { reservationId = left, reservationUpdateStatus = "Expired" });
        await Stands(left, "expired");

        var used = await Reserve();
        var step = Stepping.Step("k1", "Started", 0, 0, "CAFE", "Authorized");
        step["reservationId"] = used;
        await charger.Call("TransactionEvent", step);
        await Stands(used, "used");
        await charger.Close();

        async Task<int> Reserve()
        {
            await Asks(charger, "reserve", new { token = "CAFE", evse = 1, expiresAt = DateTimeOffset.UtcNow.AddHours(1) });
            var id = (await charger.Asked("ReserveNow"))["id"]!.GetValue<int>();
            await Stands(id, "active");
            return id;
        }

        Task<Api.Answer> Stands(int id, string status) => Sees(charger, "/reservations", seen => seen["items"]!.AsArray().Any(
            item => item!["reservationId"]!.GetValue<int>() == id && Text(item, "status") == status));
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task It_holds_to_charging_profiles(string version)
    {
        await using var charger = await Here("smart", version);
        await charger.Answers("SetChargingProfile", Accepted);
        await charger.Answers("ClearChargingProfile", Accepted);
        await charger.Answers("GetCompositeSchedule", new
        {
            status = "Accepted",
            schedule = new
            {
                evseId = 1, duration = 600, scheduleStart = Charging.Now, chargingRateUnit = "A",
                chargingSchedulePeriod = new[] { new { startPeriod = 0, limit = 9.5 } },
            },
        });
        var schedule = new { unit = "A", periods = new[] { new { startSeconds = 0, limit = 9.5 } } };
        var profile = new { purpose = "default", stackLevel = 0, kind = "relative", schedule };
        await Asks(charger, "set-charging-profile", new { profile, evse = 1 });
        var sent = (await charger.Asked("SetChargingProfile"))["chargingProfile"]!;
        Assert.Equal("TxDefaultProfile", Text(sent, "chargingProfilePurpose"));
        await Sees(charger, "/charging-profiles", seen => seen["items"]!.AsArray().Count == 1);

        await Asks(charger, "get-composite-schedule", new { durationSeconds = 600, evse = 1 });
        await charger.Asked("GetCompositeSchedule");
        await Sees(charger, "/composite-schedules", seen => seen["items"]!.AsArray().Count == 1);

        await charger.Call("NotifyEVChargingNeeds", new
        {
            evseId = 1,
            chargingNeeds = new
            {
                requestedEnergyTransfer = "AC_three_phase",
                acChargingParameters = new { energyAmount = 20_000, evMinCurrent = 6, evMaxCurrent = 16, evMaxVoltage = 400 },
            },
        });
        await Asks(charger, "clear-charging-profile", new { id = sent["id"]!.GetValue<int>() });
        await charger.Asked("ClearChargingProfile");
        await Sees(charger, "/charging-profiles", seen => seen["items"]!.AsArray().Count == 0);
        await charger.Close();
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task It_gets_new_firmware_and_sends_its_log(string version)
    {
        await using var charger = await Here("firmware", version);
        await charger.Answers("UpdateFirmware", Accepted);
        var update = await Asks(charger, "update-firmware", new { location = "https://files.example.org/fw" });
        var requestId = (await charger.Asked("UpdateFirmware"))["requestId"]!.GetValue<int>();
        foreach (var status in new[] { "Downloading", "Downloaded", "Installing", "Installed" })
            await charger.Call("FirmwareStatusNotification", new { status, requestId });
        await Becomes(update, "effective");
        await Sees(charger, "/firmware", seen => seen["items"]!.AsArray() is [{ } job] && job["ended"]!.GetValue<bool>());

        await charger.Answers("GetLog", new { status = "Accepted", filename = "log.zip" });
        var upload = await Asks(charger, "get-log", new { kind = "diagnostics", location = "https://files.example.org/up/" });
        var logId = (await charger.Asked("GetLog"))["requestId"]!.GetValue<int>();
        await charger.Call("LogStatusNotification", new { status = "Uploading", requestId = logId });
        await charger.Call("LogStatusNotification", new { status = "Uploaded", requestId = logId });
        await Becomes(upload, "effective");
        await charger.Close();
    }

    private async Task<ForeignCharger> Here(string story, string version)
    {
        await Api.Accept("CAFE");
        var charger = await ForeignCharger.Connect(fixture.Node.Ocpp, $"{story}-{version}", protocols: version);
        Assert.Equal(version, charger.Protocol);
        Assert.Equal("Accepted", Text(await charger.Call("BootNotification", Stepping.Introduction), "status"));
        await charger.Call("StatusNotification", Stepping.Status("Available"));
        return charger;
    }

    private async Task<string> Asks(ForeignCharger charger, string verb, object body)
    {
        var answer = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(answer.Status == HttpStatusCode.OK && Text(answer.Body!, "state") is "accepted" or "effective", $"{verb}: {answer}");
        return Text(answer.Body!, "id")!; // a command has one
    }

    private Task<Api.Answer> Becomes(string command, string state) => Eventually.Get(
        () => Api.Get($"commands/{command}"), seen => seen["state"]?.GetValue<string>() == state, Soon);

    private Task<Api.Answer> Sees(ForeignCharger charger, string below, Func<Api.Answer, bool> fits) => Eventually.Get(
        () => Api.Get($"charge-points/{charger.Identity}{below}"), seen => seen.Status == HttpStatusCode.OK && fits(seen), Soon);

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();
}
