using System.Globalization;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>What the actions of the core profile are for (OCPP 1.6, 3.3), as far as the charger calls.</summary>
[Collection(Scenarios.Name)]
public sealed class CoreMeaningSpec(Stage stage)
{
    [Fact, Meaning("Authorize", Way.FromCharger)]
    public async Task A_blocked_token_is_told_so()
    {
        await using var charger = await stage.Boot("Authorize");
        var token = await stage.Token("BLOCKED", new { status = "blocked" });

        var answer = Charging.Result(await charger.Call("Authorize", new { idTag = token }));

        Assert.Equal("Blocked", answer["idTagInfo"]!["status"]!.GetValue<string>());
        var seen = Assert.Single(Stage.Items(await stage.Sees(charger, "/refused-tokens", seen => Stage.Items(seen).Any())));
        Assert.Equal(token, seen["token"]!.GetValue<string>());
        Assert.Equal("blocked", seen["verdict"]!.GetValue<string>());
    }

    [Fact, Meaning("BootNotification", Way.FromCharger)]
    public async Task An_operator_sees_what_booted()
    {
        await using var charger = await stage.Boot("BootNotification");
        var seen = await stage.Sees(charger, "", seen => seen["vendor"]?.GetValue<string>() == "Raw");
        Assert.Equal("One", seen["model"]!.GetValue<string>());
        Assert.NotNull(seen["bootedAt"]);
    }

    [Fact, Meaning("Heartbeat", Way.FromCharger)]
    public async Task A_charger_learns_the_time()
    {
        await using var charger = await stage.Boot("Heartbeat");
        var answer = Charging.Result(await charger.Call("Heartbeat", new { }));
        var told = DateTimeOffset.Parse(answer["currentTime"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        Assert.InRange(told, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact, Meaning("StatusNotification", Way.FromCharger)]
    public async Task An_operator_sees_what_is_wrong_with_a_connector()
    {
        await using var charger = await stage.Boot("StatusNotification");
        await charger.Call(
            "StatusNotification", new { connectorId = 2, errorCode = "GroundFailure", status = "Faulted" });
        await stage.Sees(charger, "", seen => seen["connectors"]!.AsArray().Any(connector =>
            connector!["evse"]!.GetValue<int>() == 2
            && connector["status"]!.GetValue<string>() == "Faulted"
            && connector["errorCode"]!.GetValue<string>() == "GroundFailure"));
    }

    [Fact, Meaning("StartTransaction", Way.FromCharger)]
    public async Task A_transaction_that_began_is_there()
    {
        await using var charger = await stage.Boot("StartTransaction");
        var token = await stage.Token("BEGINS");

        var number = await charger.Start(token, 1_000);

        var seen = await stage.Sees(Path(charger, number), seen => Stage.State(seen) == "running");
        Assert.Equal(token, seen["token"]!.GetValue<string>());
        Assert.Equal(1_000, seen["meterStartWh"]!.GetValue<long>());
    }

    [Fact, Meaning("MeterValues", Way.FromCharger)]
    public async Task Energy_is_seen_while_it_flows()
    {
        await using var charger = await stage.Boot("MeterValues");
        var number = await charger.Start(await stage.Token("METERED"), 1_000);

        var sample = new { timestamp = Charging.Now, sampledValue = new[] { new { value = "1500", unit = "Wh" } } };
        var meterValue = new[] { sample };
        await charger.Call("MeterValues", new { connectorId = 1, transactionId = number, meterValue });

        await stage.Sees(Path(charger, number), seen => seen["deliveredWh"]?.GetValue<long>() == 500);
    }

    [Fact, Meaning("StopTransaction", Way.FromCharger)]
    public async Task A_transaction_that_ended_came_to_something()
    {
        await using var charger = await stage.Boot("StopTransaction");
        var number = await charger.Start(await stage.Token("ENDS"), 1_000);

        Charging.Result(await charger.Call("StopTransaction", Charging.StopTransaction(number, 1_700)));

        var seen = await stage.Sees(Path(charger, number), seen => Stage.State(seen) == "ended");
        Assert.Equal(700, seen["deliveredWh"]!.GetValue<long>());
    }

    private static string Path(RawCharger charger, int number) => $"transactions/{charger.Identity}/{number}";
}
