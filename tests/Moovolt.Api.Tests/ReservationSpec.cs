using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>Reservations as operators make and see them.</summary>
public sealed class ReservationSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task A_reservation_has_a_number_and_is_shown_with_its_end()
    {
        var id = await bridge.Online("RES-1", Keeps);
        var said = await _operator.Post(
            "charge-points/RES-1/commands/reserve", """{"token":"TAG","evse":1,"expiresAt":"2099-01-01T12:00:00Z","parent":"FLEET"}""");

        Assert.Equal(200, said.Status);
        Assert.Equal(
            """{"token":"TAG","evse":1,"connector":1,"expiresAt":"2099-01-01T12:00:00Z","parent":"FLEET","reservationId":1}""",
            said["request"]!.ToJsonString());
        await bridge.Shown("charge-point/RES-1");
        var active = Assert.Single((await _operator.Get("charge-points/RES-1/reservations?status=active"))["items"]!.AsArray())!;
        Assert.Equal((1, 1, 1, "TAG", "2099-01-01T12:00:00Z"), (
            active["reservationId"]!.GetValue<int>(), active["evse"]!.GetValue<int>(), active["connector"]!.GetValue<int>(),
            active["token"]!.GetValue<string>(), active["expiresAt"]!.GetValue<string>()));

        var localId = await Charging.Begin(bridge, id, at: DateTimeOffset.UtcNow);
        await bridge.Shown("charge-point/RES-1");
        var used = Assert.Single((await _operator.Get("charge-points/RES-1/reservations"))["items"]!.AsArray())!;
        Assert.Equal(("used", $"RES-1/{localId}"), (used["status"]!.GetValue<string>(), used["transaction"]!.GetValue<string>()));
        Assert.Empty((await _operator.Get("charge-points/RES-1/reservations?status=active"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_no_is_told_in_words()
    {
        await bridge.Online("RES-2", _ => new StationAnswer(RequestState.Rejected, "{}", "Occupied", "The connector is in use."));

        var said = await _operator.Post(
            "charge-points/RES-2/commands/reserve", """{"token":"TAG","evse":1,"expiresAt":"2099-01-01T12:00:00Z"}""");

        Assert.Equal("rejected", said.Text("state"));
        Assert.Equal("Occupied", said["error"]!["code"]!.GetValue<string>());
        Assert.Empty((await _operator.Get("charge-points/RES-2/reservations"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("reserve", """{"token":"TAG","evse":1,"expiresAt":"2020-01-01T00:00:00Z"}""", 422)]
    [InlineData("reserve", """{"token":"","evse":1,"expiresAt":"2099-01-01T00:00:00Z"}""", 422)]
    [InlineData("reserve", """{"token":"TAG","connector":1,"expiresAt":"2099-01-01T00:00:00Z"}""", 422)]
    [InlineData("reserve", """{"token":"TAG","evse":1}""", 400)]
    [InlineData("cancel-reservation", """{"reservationId":-1}""", 422)]
    [InlineData("cancel-reservation", "{}", 400)]
    public async Task What_cannot_be_asked_is_refused(string verb, string body, int status)
    {
        await bridge.Online("RES-3", Keeps);

        Assert.Equal(status, (await _operator.Post($"charge-points/RES-3/commands/{verb}", body)).Status);
    }

    [Fact]
    public async Task Nobodys_reservations_are_404_and_a_status_that_is_none_is_400()
    {
        await bridge.Online("RES-4", Keeps);

        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/reservations")).Status);
        Assert.Equal(400, (await _operator.Get("charge-points/RES-4/reservations?status=lost")).Status);
        Assert.Equal(400, (await _operator.Get("charge-points/RES-4/reservations?cursor=x")).Status);
    }

    private static StationAnswer Keeps(CallStation call) => call.Request is Reserve wish
        ? new StationAnswer(RequestState.Accepted, "{}", Outcome: new Reserved(
            wish.ReservationId, wish.Connector ?? ConnectorId.ChargePoint, wish.Token, wish.Parent, wish.ExpiresAt))
        : new StationAnswer(RequestState.Accepted, "{}");
}
