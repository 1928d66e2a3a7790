using System.Globalization;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of provisioning are for (OCPP 2.0.1, B), and those of availability (G).</summary>
[Collection(Scenarios.Name)]
public sealed class ProvisioningMeaningSpec(Stage stage)
{
    [Theory, Means("BootNotification", Way.FromCharger)]
    public async Task An_operator_sees_which_station_booted(string version)
    {
        await using var charger = await stage.Boot(version, "BootNotification");
        var seen = await stage.Sees(charger, "", seen => seen["vendor"]?.GetValue<string>() == "Raw");
        Assert.Equal(("Two", "R-2"), (seen["model"]!.GetValue<string>(), seen["serialNumber"]!.GetValue<string>()));
    }

    [Theory, Means("Heartbeat", Way.FromCharger)]
    public async Task A_station_learns_the_time(string version)
    {
        await using var charger = await stage.Boot(version, "Heartbeat");
        var answer = Charging.Result(await charger.Call("Heartbeat", new { }));
        var told = DateTimeOffset.Parse(answer["currentTime"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        Assert.InRange(told, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Theory, Means("StatusNotification", Way.FromCharger)]
    public async Task An_operator_sees_that_a_connector_is_faulted(string version)
    {
        await using var charger = await stage.Boot(version, "StatusNotification");
        await charger.Call("StatusNotification", Stepping.Status("Faulted"));
        await stage.Sees(charger, "", seen => seen["connectors"]!.AsArray().Any(connector =>
            connector!["evse"]!.GetValue<int>() == 1 && connector["status"]!.GetValue<string>() == "Faulted"));
    }

    [Theory, Means("ChangeAvailability", Way.ToCharger)]
    public async Task A_connector_that_is_to_go_out_of_use_says_so_until_it_has(string version)
    {
        await using var charger = await stage.Boot(version, "ChangeAvailability");
        var body = new { operative = false, evse = 1, connector = 1 };
        charger.Says("ChangeAvailability", "Rejected");
        await stage.Ask(charger, "change-availability", body, "rejected");

        charger.Says("ChangeAvailability", "Scheduled");
        var asked = await stage.Ask(charger, "change-availability", body, "accepted");
        await Shows(plug => plug["wishedAvailability"]?.GetValue<string>() == "inoperative" && plug["scheduled"]!.GetValue<bool>());

        await charger.Call("StatusNotification", Stepping.Status("Unavailable"));
        await Shows(plug => !plug["scheduled"]!.GetValue<bool>());
        await stage.Sees($"commands/{asked["id"]}", seen => Stage.State(seen) == "effective");

        Task<Rig.Api.Answer> Shows(Func<JsonNode, bool> fits) => stage.Sees(
            charger, "", seen => seen["connectors"]?.AsArray() is [{ } plug] && fits(plug));
    }

    [Theory, Means("GetBaseReport", Way.ToCharger)]
    public async Task A_report_that_is_not_made_is_told_and_one_that_came_whole_is_the_effect(string version)
    {
        await using var charger = await stage.Boot(version, "GetBaseReport");
        charger.Says("GetBaseReport", "NotSupported");
        await stage.Ask(charger, "get-configuration", new { }, "rejected");

        charger.Says("GetBaseReport", "Accepted");
        var command = await stage.Ask(charger, "get-configuration", new { }, "accepted");
        await charger.Call("NotifyReport", Report(charger.Asked.Last()[3]!["requestId"]!.GetValue<int>(), "17"));
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    [Theory, Means("GetReport", Way.ToCharger)]
    public Task A_report_of_nothing_is_told(string version) => stage.IsToldNo(
        version, "GetReport", new { requestId = 7, componentCriteria = new[] { "Problem" } }, "EmptyResultSet");

    [Theory, Means("NotifyReport", Way.FromCharger)]
    public async Task What_a_station_reports_is_its_device_model(string version)
    {
        await using var charger = await stage.Boot(version, "NotifyReport");
        Charging.Result(await charger.Call("NotifyReport", Report(9, "300")));

        var told = Assert.Single(Stage.Items(await stage.Sees(charger, "/device-model", seen => Stage.Items(seen).Any())));
        Assert.Equal("OCPPCommCtrlr.HeartbeatInterval", told["key"]!.GetValue<string>());
        Assert.Equal("300", told["attributes"]![0]!["value"]!.GetValue<string>());
    }

    [Theory, Means("GetVariables", Way.ToCharger)]
    public async Task What_was_read_is_known_without_asking_again(string version)
    {
        await using var charger = await stage.Boot(version, "GetVariables");
        charger.Answers["GetVariables"] = asked => new
        {
            getVariableResult = asked["getVariableData"]!.AsArray().Select((data, n) => new
            {
                attributeStatus = n == 0 ? "Accepted" : "UnknownVariable",
                attributeValue = "300",
                component = data!["component"],
                variable = data["variable"],
            }),
        };
        await stage.Ask(
            charger, "get-configuration", new { keys = new[] { "OCPPCommCtrlr.HeartbeatInterval", "EVSE@1.Nope" } }, "accepted");

        var known = await stage.Sees(charger, "/configuration", seen => Stage.Items(seen).Any());
        Assert.Equal("300", Assert.Single(Stage.Items(known))["value"]!.GetValue<string>());
        Assert.Equal("""["EVSE@1.Nope"]""", known["unknown"]!.ToJsonString());
    }

    [Theory, Means("SetVariables", Way.ToCharger)]
    public async Task What_was_set_is_known_at_once_and_what_was_not_is_told(string version)
    {
        await using var charger = await stage.Boot(version, "SetVariables");
        charger.Answers["SetVariables"] = asked => new
        {
            setVariableResult = asked["setVariableData"]!.AsArray().Select(data => new
            {
                attributeStatus = data!["attributeValue"]!.GetValue<string>() == "0" ? "Rejected" : "RebootRequired",
                component = data["component"],
                variable = data["variable"],
            }),
        };
        const string key = "OCPPCommCtrlr.HeartbeatInterval";
        await stage.Ask(charger, "set-configuration", new { key, value = "0" }, "rejected");
        await stage.Ask(charger, "set-configuration", new { key, value = "60" }, "accepted");

        var item = Assert.Single(Stage.Items(await stage.Sees(charger, "/configuration", seen => Stage.Items(seen).Any())));
        Assert.Equal((key, "60", true), (
            item["key"]!.GetValue<string>(), item["value"]!.GetValue<string>(), item["rebootRequired"]!.GetValue<bool>()));
    }

    [Theory, Means("SetNetworkProfile", Way.ToCharger)]
    public Task A_network_profile_that_is_not_taken_is_told(string version) => stage.IsToldNo(
        version,
        "SetNetworkProfile",
        new
        {
            configurationSlot = 1,
            connectionData = new
            {
                ocppVersion = "OCPP20",
                ocppTransport = "JSON",
                ocppCsmsUrl = "ws://csms.example/ocpp",
                messageTimeout = 30,
                securityProfile = 0,
                ocppInterface = "Wired0",
            },
        },
        "Failed");

    [Theory, Means("Reset", Way.ToCharger)]
    public async Task A_reset_is_refused_and_another_is_seen_by_the_boot(string version)
    {
        await using var charger = await stage.Boot(version, "Reset");
        charger.Says("Reset", "Rejected");
        await stage.Ask(charger, "reset", new { kind = "soft" }, "rejected");

        charger.Says("Reset", "Scheduled");
        var command = await stage.Ask(charger, "reset", new { kind = "soft" }, "accepted");
        charger.Vanish();
        await using var again = await stage.Boot(version, "Reset");
        await stage.Sees($"commands/{command["id"]}", seen => Stage.State(seen) == "effective");
    }

    private static object Report(int requestId, string value) => new
    {
        requestId,
        generatedAt = Charging.Now,
        seqNo = 0,
        reportData = new[]
        {
            new
            {
                component = new { name = "OCPPCommCtrlr" },
                variable = new { name = "HeartbeatInterval" },
                variableAttribute = new[] { new { value } },
            },
        },
    };
}
