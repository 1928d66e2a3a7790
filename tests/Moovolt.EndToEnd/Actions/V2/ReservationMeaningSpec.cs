using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of reservation are for (OCPP 2.0.1, H).</summary>
[Collection(Scenarios.Name)]
public sealed class ReservationMeaningSpec(Stage stage)
{
    [Theory, Means("ReserveNow", Way.ToCharger)]
    public async Task A_reservation_is_active_until_it_is_used(string version)
    {
        await using var charger = await stage.Boot(version, "ReserveNow");
        var token = await stage.Card(version, "RESERVED");
        charger.Says("ReserveNow", "Occupied");
        var no = await stage.Ask(charger, "reserve", Wish(token), "rejected");
        Assert.Contains("in use", no["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);

        await Reserved(charger, token);
        await charger.Tell(Stepping.Step("t1", "Started", 0, 0, token, "Authorized"));
        await Stands(charger, "used");
    }

    [Theory, Means("CancelReservation", Way.ToCharger)]
    public async Task A_reservation_that_is_taken_back_is_over(string version)
    {
        await using var charger = await stage.Boot(version, "CancelReservation");
        var reservationId = await Reserved(charger, await stage.Card(version, "GIVEN-UP"));
        charger.Says("CancelReservation", "Accepted");
        await stage.Ask(charger, "cancel-reservation", new { reservationId });
        await Stands(charger, "cancelled");
    }

    [Theory, Means("ReservationStatusUpdate", Way.FromCharger)]
    public async Task A_reservation_that_the_station_gives_up_is_over(string version)
    {
        await using var charger = await stage.Boot(version, "ReservationStatusUpdate");
        var reservationId = await Reserved(charger, await stage.Card(version, "LEFT"));
        Charging.Result(await charger.Call(
            "ReservationStatusUpdate", new { reservationId, reservationUpdateStatus = "Removed" }));
        await Stands(charger, "faulted");
    }

    private async Task<int> Reserved(RawCharger charger, string token)
    {
        charger.Says("ReserveNow", "Accepted");
        await stage.Ask(charger, "reserve", Wish(token));
        return (await Stands(charger, "active"))["reservationId"]!.GetValue<int>();
    }

    private async Task<JsonNode> Stands(RawCharger charger, string status) => Stage.Items(await stage.Sees(
        charger,
        "/reservations",
        seen => Stage.Items(seen).Any(item => item["status"]!.GetValue<string>() == status))).First();

    private static object Wish(string token) => new { token, evse = 1, expiresAt = DateTimeOffset.UtcNow.AddHours(1) };
}
