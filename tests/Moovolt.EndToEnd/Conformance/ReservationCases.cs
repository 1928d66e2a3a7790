using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Reservations, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class ReservationCases(Bench bench)
{
    [SkippableTheory]
    [InlineData("TC_046", 1)]
    [InlineData("TC_049", 0)] // the whole charge point
    [Case("TC_046"), Case("TC_049")]
    public async Task A_reservation_is_used(string identity, int connector)
    {
        await using var charger = await bench.Booted(identity);
        var sent = await Reserve(charger, connector, "Accepted", "accepted");
        Assert.Equal(connector, sent["connectorId"]!.GetValue<int>());
        await charger.Status("Reserved", connector);
        Assert.Equal("Accepted", await charger.Authorize(Bench.Valid));
        await charger.Status("Preparing");
        var transaction = await charger.Start(Bench.Valid, reservation: sent["reservationId"]!.GetValue<int>());
        await charger.Status("Charging");
        await Used(charger, transaction);
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_047")]
    public async Task A_reservation_expires()
    {
        await using var charger = await bench.Booted("TC_047");
        var until = DateTimeOffset.UtcNow.AddSeconds(10);
        var sent = await Reserve(charger, 1, "Accepted", "accepted", until: until);
        Assert.Equal(until, sent["expiryDate"]!.GetValue<DateTimeOffset>(), TimeSpan.FromMilliseconds(1));
        await charger.Status("Reserved");
        await bench.Sees(
            $"charge-points/{charger.Identity}/reservations",
            seen => seen["items"]!.AsArray() is [{ } only] && only["status"]!.GetValue<string>() == "expired");
        await charger.Status("Available");
        await bench.Connector(charger, "Available");
        await Bench.Judged(charger);
    }

    [SkippableTheory]
    [InlineData("TC_048_1", "Faulted")]
    [InlineData("TC_048_2", "Occupied")]
    [InlineData("TC_048_3", "Unavailable")]
    [InlineData("TC_048_4", "Rejected")]
    [Case("TC_048_1"), Case("TC_048_2"), Case("TC_048_3"), Case("TC_048_4")]
    public async Task A_reservation_is_refused(string identity, string status)
    {
        await using var charger = await bench.Booted(identity);
        if (status == "Occupied") await charger.Status("Preparing");
        if (status == "Unavailable")
        {
            var outOfUse = new { operative = false, evse = 1 };
            await bench.Ask(charger, "change-availability", outOfUse, "ChangeAvailability", "Accepted", "accepted");
            await charger.Status("Unavailable");
        }

        await Reserve(charger, 1, status, "rejected");
        await Bench.Judged(charger);
    }

    [SkippableTheory]
    [InlineData("TC_051", "Accepted", "accepted")]
    [InlineData("TC_052", "Rejected", "rejected")]
    [Case("TC_051"), Case("TC_052")]
    public async Task A_reservation_is_cancelled(string identity, string status, string state)
    {
        await using var charger = await bench.Booted(identity);
        var reservationId = (await Reserve(charger, 1, "Accepted", "accepted"))["reservationId"]!.GetValue<int>();
        await charger.Status("Reserved");
        var sent = await bench.Ask(
            charger, "cancel-reservation", new { reservationId }, "CancelReservation", status, state);
        Assert.Equal(reservationId, sent["reservationId"]!.GetValue<int>());
        if (status == "Accepted") await charger.Status("Available");
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_053")]
    public async Task A_reservation_is_used_by_another_of_the_group()
    {
        await using var charger = await bench.Booted("TC_053");
        var sent = await Reserve(charger, 1, "Accepted", "accepted", Bench.Parent);
        Assert.Equal(Bench.Parent, sent["parentIdTag"]!.GetValue<string>());
        await charger.Status("Reserved");
        var authorized = await charger.Call("Authorize", new { idTag = Bench.Child });
        Assert.Equal("Accepted", ForeignCharging.Status(authorized));
        Assert.Equal(Bench.Parent, authorized["idTagInfo"]!["parentIdTag"]!.GetValue<string>());
        var transaction = await charger.Start(Bench.Child, reservation: sent["reservationId"]!.GetValue<int>());
        await charger.Status("Charging");
        await Used(charger, transaction);
        await Bench.Judged(charger);
    }

    private Task<JsonNode> Reserve(
        ForeignCharger charger, int connector, string status, string state, string? parent = null,
        DateTimeOffset? until = null)
    {
        var body = new JsonObject
        {
            ["token"] = Bench.Valid, ["expiresAt"] = until ?? DateTimeOffset.UtcNow.AddHours(1),
        };
        if (connector > 0) body["evse"] = connector;
        if (parent is not null) body["parent"] = parent;
        return bench.Ask(charger, "reserve", body, "ReserveNow", status, state);
    }

    private Task<Api.Answer> Used(ForeignCharger charger, int transaction) => bench.Sees(
        $"charge-points/{charger.Identity}/reservations",
        seen => seen["items"]!.AsArray() is [{ } only]
            && only["status"]!.GetValue<string>() == "used"
            && only["transaction"]!.GetValue<string>() == $"{charger.Identity}/{transaction}");
}
