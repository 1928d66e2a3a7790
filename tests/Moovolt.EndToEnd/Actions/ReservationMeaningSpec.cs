using System.Text.Json.Nodes;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>A connector that a charger keeps for a token, and how that ends (OCPP 1.6, 5.13 and 5.1).</summary>
[Collection(Scenarios.Name)]
public sealed class ReservationMeaningSpec(Stage stage)
{
    [Fact, Meaning("ReserveNow", Way.ToCharger)]
    public async Task A_reservation_is_active_until_it_is_used_or_its_time_is_over()
    {
        await using var charger = await stage.Boot("ReserveNow");
        var token = await stage.Token("RESERVED");
        charger.Says("ReserveNow", "Occupied");
        var no = await stage.Ask(charger, "reserve", new { token, evse = 1, expiresAt = In(hours: 1) }, "rejected");
        Assert.Contains("in use", no["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);

        charger.Says("ReserveNow", "Accepted");
        var kept = await stage.Ask(charger, "reserve", new { token, evse = 1, expiresAt = In(hours: 1) }, "accepted");
        await charger.Call("StatusNotification", new { connectorId = 1, errorCode = "NoError", status = "Reserved" });
        await stage.Sees($"commands/{kept["id"]}", seen => Stage.State(seen) == "effective");
        await Stands("active");

        var id = kept["request"]!["reservationId"]!.GetValue<int>();
        var began = Charging.Result(await charger.Call("StartTransaction", new
        {
            connectorId = 1, idTag = token, meterStart = 0, reservationId = id, timestamp = Charging.Now,
        }));
        var used = await Stands("used");
        Assert.Equal($"{charger.Identity}/{began["transactionId"]}", used["transaction"]!.GetValue<string>());

        await stage.Ask(charger, "reserve", new { token, evse = 2, expiresAt = In(hours: 0) }, "accepted");
        await Stands("expired");

        async Task<JsonNode> Stands(string status) => Stage.Items(await stage.Sees(
            charger, "/reservations", seen => Stage.Items(seen).Any(item => item["status"]!.GetValue<string>() == status))).First();
    }

    [Fact, Meaning("CancelReservation", Way.ToCharger)]
    public async Task A_reservation_that_is_taken_back_is_over()
    {
        await using var charger = await stage.Boot("CancelReservation");
        charger.Says("ReserveNow", "Accepted");
        var kept = await stage.Ask(
            charger, "reserve", new { token = await stage.Token("GIVEN-UP"), evse = 1, expiresAt = In(hours: 1) }, "accepted");
        charger.Says("CancelReservation", "Accepted");

        var reservationId = kept["request"]!["reservationId"]!.GetValue<int>();
        await stage.Ask(charger, "cancel-reservation", new { reservationId });

        await stage.Sees(charger, "/reservations", seen =>
            Stage.Items(seen).Single()["status"]!.GetValue<string>() == "cancelled");
    }

    // A moment is enough for what is to be over soon, on a machine that is busy.
    private static DateTimeOffset In(int hours) => DateTimeOffset.UtcNow + TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(10);
}
