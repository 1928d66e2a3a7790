using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of grid codes and of battery swaps are for (OCPP 2.1, R and S).</summary>
[Collection(Scenarios.Name)]
public sealed class GridMeaningSpec(Stage stage)
{
    [Theory, Means("SetDERControl", Way.ToCharger)]
    public Task A_control_that_is_not_taken_is_told(string version) => stage.IsToldNo(
        version,
        "SetDERControl",
        new { isDefault = true, controlId = "C-1", controlType = "LimitMaxDischarge", limitMaxDischarge = new { priority = 1, pctMaxDischargePower = 50 } },
        "NotSupported");

    [Theory, Means("GetDERControl", Way.ToCharger)]
    public Task That_a_station_reports_no_controls_is_told(string version) => stage.IsToldNo(
        version, "GetDERControl", new { requestId = 8, controlId = "C-1" }, "NotSupported");

    [Theory, Means("ClearDERControl", Way.ToCharger)]
    public Task A_control_that_cannot_be_cleared_is_told(string version) => stage.IsToldNo(
        version, "ClearDERControl", new { isDefault = false, controlId = "C-1" }, "NotFound");

    [Theory, Means("ReportDERControl", Way.FromCharger)]
    public Task The_controls_of_a_station_are_kept(string version) => stage.IsListed(
        version, "ReportDERControl", """
            {"requestId":8,"limitMaxDischarge":[{"id":"C-1","isDefault":true,"isSuperseded":false,
            "limitMaxDischarge":{"priority":1,"pctMaxDischargePower":50}}]}
            """, "der-controls", "C-1");

    [Theory, Means("NotifyDERAlarm", Way.FromCharger)]
    public Task An_alarm_of_the_grid_is_kept(string version) => stage.IsListed(
        version, "NotifyDERAlarm", """{"controlType":"VoltVar","timestamp":"2026-01-01T12:00:00Z","gridEventFault":"OverVoltage"}""", "der-controls", "OverVoltage");

    [Theory, Means("NotifyDERStartStop", Way.FromCharger)]
    public Task That_a_control_began_is_kept(string version) => stage.IsListed(
        version, "NotifyDERStartStop", """{"controlId":"C-1","started":true,"timestamp":"2026-01-01T12:00:00Z"}""", "der-controls", "C-1");

    [Theory, Means("RequestBatterySwap", Way.ToCharger)]
    public async Task A_swap_that_is_not_made_is_told_and_one_that_is_agreed_on_is_shown(string version)
    {
        await using var charger = await stage.Boot(version, "RequestBatterySwap");
        charger.Says("RequestBatterySwap", "Rejected");
        await stage.Ask(charger, "swap-battery", new { token = "CAFE" }, "rejected");

        charger.Says("RequestBatterySwap", "Accepted");
        await stage.Ask(charger, "swap-battery", new { token = "CAFE" }, "accepted");
        await stage.Sees(charger, "/battery-swaps", seen => Stage.Items(seen).Any(step => step["step"]!.GetValue<string>() == "agreed"));
    }

    [Theory, Means("BatterySwap", Way.FromCharger)]
    public async Task A_battery_that_was_swapped_is_shown(string version)
    {
        await using var charger = await stage.Boot(version, "BatterySwap");
        Charging.Result(await charger.Call("BatterySwap", new
        {
            batteryData = new[] { new { evseId = 1, serialNumber = "B-1", soC = 80, soH = 95 } },
            eventType = "BatteryIn",
            idToken = new { idToken = "CAFE", type = "Central" },
            requestId = 9,
        }));
        await stage.Sees(charger, "/battery-swaps", seen => Stage.Items(seen).Any(step => step["step"]!.GetValue<string>() == "in"));
    }
}
