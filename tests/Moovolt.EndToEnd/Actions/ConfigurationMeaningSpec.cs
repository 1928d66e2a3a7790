using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>What a charger says of its configuration and of its availability is known from then on.</summary>
[Collection(Scenarios.Name)]
public sealed class ConfigurationMeaningSpec(Stage stage)
{
    [Fact, Meaning("GetConfiguration", Way.ToCharger)]
    public async Task What_was_read_is_known_without_asking_again_and_no_secret_is_kept()
    {
        await using var charger = await stage.Boot("GetConfiguration");
        charger.Answers["GetConfiguration"] = _ => new
        {
            configurationKey = new object[]
            {
                new { key = "heartbeatInterval", @readonly = false, value = 600 }, // a number, and its own case
                new { key = "NumberOfConnectors", @readonly = true, value = "2" },
                new { key = "AuthorizationKey", @readonly = false, value = "3031323334353637" },
            },
            unknownKey = new[] { "Nope" },
        };

        var read = await stage.Ask(charger, "get-configuration", new { }, "accepted");
        var known = await stage.Sees(charger, "/configuration", seen => seen["readAt"] is not null);

        Assert.Equal("""["Nope"]""", known["unknown"]!.ToJsonString());
        Assert.Equal(
            ["AuthorizationKey= False", "heartbeatInterval=600 False", "NumberOfConnectors=2 True"],
            Stage.Items(known).Select(item => $"{item["key"]}={item["value"]} {item["readonly"]!.GetValue<bool>()}"));
        Assert.DoesNotContain("3031323334353637", $"{read}{known}", StringComparison.Ordinal);
    }

    [Fact, Meaning("ChangeConfiguration", Way.ToCharger)]
    public async Task What_was_written_is_known_at_once_and_a_restart_ends_what_waits_for_one()
    {
        await using var charger = await stage.Boot("ChangeConfiguration");
        charger.Answers["ChangeConfiguration"] = call => new
        {
            status = call["key"]!.GetValue<string>() == "Nope" ? "NotSupported" : "RebootRequired",
        };

        await stage.Ask(charger, "set-configuration", new { key = "WebSocketPingInterval", value = "30" }, "accepted");
        var no = await stage.Ask(charger, "set-configuration", new { key = "Nope", value = "1" }, "rejected");
        Assert.Contains("no key Nope", no["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);

        var waits = await stage.Sees(charger, "/configuration", seen => seen["unknown"]!.AsArray().Count == 1);
        var item = Assert.Single(Stage.Items(waits));
        Assert.Equal(("30", true), (item["value"]!.GetValue<string>(), item["rebootRequired"]!.GetValue<bool>()));
        var change = Assert.Single(await stage.Api.All($"charge-points/{charger.Identity}/configuration/changes"));
        Assert.Equal(("written", "30"), (change["how"]!.GetValue<string>(), change["new"]!.GetValue<string>()));

        await using var restarted = await stage.Boot("ChangeConfiguration");
        await stage.Sees(charger, "/configuration", seen => !Stage.Items(seen).Single()["rebootRequired"]!.GetValue<bool>());
    }

    [Fact, Meaning("ChangeAvailability", Way.ToCharger)]
    public async Task A_connector_that_is_to_go_out_of_use_says_so_until_it_has()
    {
        await using var charger = await stage.Boot("ChangeAvailability");
        charger.Says("ChangeAvailability", "Rejected");
        await stage.Ask(charger, "change-availability", new { operative = false, evse = 1 }, "rejected");

        await Status("Charging");
        charger.Says("ChangeAvailability", "Scheduled");
        var asked = await stage.Ask(charger, "change-availability", new { operative = false, evse = 1 }, "accepted");
        await Shows(plug => Wish(plug) == "inoperative" && plug["scheduled"]!.GetValue<bool>());

        await Status("Unavailable");
        await Shows(plug => Wish(plug) == "inoperative" && !plug["scheduled"]!.GetValue<bool>());
        await stage.Sees($"commands/{asked["id"]}", seen => Stage.State(seen) == "effective");

        Task<JsonArray> Status(string status) =>
            charger.Call("StatusNotification", new { connectorId = 1, errorCode = "NoError", status });

        Task<Api.Answer> Shows(Func<JsonNode, bool> fits) =>
            stage.Sees(charger, "", seen => seen["connectors"]?.AsArray() is [{ } plug] && fits(plug));
    }

    private static string? Wish(JsonNode plug) => plug["wishedAvailability"]?.GetValue<string>();
}
