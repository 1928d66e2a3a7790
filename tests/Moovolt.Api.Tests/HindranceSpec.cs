using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Doors;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>Why does nothing charge there?</summary>
public sealed class HindranceSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private const string Zero =
        """{"evse":2,"profile":{"purpose":"default","stackLevel":1,"kind":"relative","schedule":{"unit":"A","periods":[{"startSeconds":0,"limit":0}]}}}""";

    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task A_charger_that_nothing_hinders_has_no_hindrance_and_one_that_is_none_is_404()
    {
        var id = await bridge.Online("HIN-1", Willing);
        await Status(id, 1, "Available");

        Assert.Empty(await Codes("HIN-1"));
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/hindrances")).Status);
    }

    [Fact]
    public async Task All_that_is_in_the_way_is_told_the_most_hindering_first_with_what_to_do_and_where_to_look()
    {
        var id = await bridge.Online("HIN-2", Willing);
        await Status(id, 1, "Faulted", "GroundFailure");
        await _operator.Post("charge-points/HIN-2/commands/reserve", """{"token":"TAG","evse":2,"expiresAt":"2099-01-01T12:00:00Z"}""");
        await _operator.Post("charge-points/HIN-2/commands/set-charging-profile", Zero);
        await bridge.Shown("charge-point/HIN-2");
        Assert.Equal(["connector-faulted", "reserved", "limit-zero"], await Codes("HIN-2"));

        await bridge.Ask(new CloseSession(id, 1, "gone", DateTimeOffset.UtcNow));
        await bridge.Shown("charge-point/HIN-2");
        Assert.Equal(["offline", "connector-faulted", "reserved", "limit-zero"], await Codes("HIN-2"));

        await Refuse("HIN-2");
        while ((await Codes("HIN-2"))[0] == "offline") await Task.Delay(50);
        var items = (await _operator.Get("charge-points/HIN-2/hindrances"))["items"]!.AsArray();
        Assert.Equal("refused", items[0]!["code"]!.GetValue<string>());
        Assert.Contains("The password is not the one.", items[0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("GroundFailure", items[1]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("cancel-reservation", items[2]!["whatToDo"]!.GetValue<string>(), StringComparison.Ordinal);
        foreach (var item in items)
        {
            Assert.EndsWith("Z", item!["since"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(200, (await _operator.Get(item["more"]!.GetValue<string>())).Status);
        }
    }

    [Fact]
    public async Task Who_is_to_be_accepted_and_who_never_introduced_itself_are_told_apart()
    {
        await _operator.Put("charge-points/HIN-3", new { registration = "pending" });
        Assert.Equal(["offline", "registration-pending"], await Codes("HIN-3"));

        await bridge.Ask(new OpenSession(
            new ChargePointId("HIN-4"), "s", 0, "ocpp1.6", "node", 1, "192.0.2.1", 0, DateTimeOffset.UtcNow));
        await bridge.Shown("charge-point/HIN-4");
        Assert.Equal(["not-booted"], await Codes("HIN-4"));

        await _operator.Delete("charge-points/HIN-3");
        Assert.Equal(["retired", "offline"], await Codes("HIN-3"));
    }

    [Fact]
    public async Task A_start_that_came_to_nothing_is_told_with_its_reason_until_one_comes_to_something()
    {
        await bridge.Online("HIN-5", _ => new StationAnswer(RequestState.Rejected, "{}", "Rejected", "The charger said no."));
        var asked = await _operator.Post("charge-points/HIN-5/commands/start-charging", """{"token":"TAG","evse":1}""");
        await bridge.Shown("charge-point/HIN-5");

        var told = Assert.Single((await _operator.Get("charge-points/HIN-5/hindrances"))["items"]!.AsArray())!;
        Assert.Equal("start-without-effect", told["code"]!.GetValue<string>());
        Assert.Contains("The charger said no.", told["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal($"/api/v1/commands/{asked.Text("id")}", told["more"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_token_that_was_refused_is_told_until_it_charges_or_somebody_lets_it()
    {
        var id = await bridge.Online("HIN-6", Willing);
        await _operator.Put("tokens/HIN-CARD", new { status = "blocked" });
        await Starts(id, 1, "hin-card", AuthorizationStatus.Blocked);
        await Starts(id, 2, "HIN-CARD", AuthorizationStatus.Blocked);
        await Starts(id, 3, "HIN-NOBODY", AuthorizationStatus.Invalid);
        Assert.Equal(["token-refused", "token-refused"], await Codes("HIN-6"));

        await _operator.Put("tokens/HIN-CARD", new { status = "accepted", expiresAt = DateTimeOffset.UtcNow.AddMinutes(-1) });
        Assert.Equal(2, (await Codes("HIN-6")).Length);
        await _operator.Put("tokens/HIN-CARD", new { status = "accepted", expiresAt = (DateTimeOffset?)null });
        Assert.Single(await Codes("HIN-6"));

        await Starts(id, 4, "HIN-NOBODY", AuthorizationStatus.Accepted);
        Assert.Empty(await Codes("HIN-6"));
    }

    private async Task Starts(ChargePointId id, int n, string token, AuthorizationStatus verdict)
    {
        var (transaction, now) = (new TransactionId(id, $"{n}"), DateTimeOffset.UtcNow);
        await bridge.Ask(new BeginTransaction(
            transaction, ConnectorId.Of16(1), token, new Verdict(verdict), new Energy(0), now, now, false, [], null, null));
        await bridge.Shown($"transaction/{transaction}");
    }

    private async Task<string[]> Codes(string id) =>
        [.. (await _operator.Get($"charge-points/{id}/hindrances"))["items"]!.AsArray().Select(item => item!["code"]!.GetValue<string>())];

    private async Task Status(ChargePointId id, int evse, string status, string error = "NoError")
    {
        await bridge.Ask(new ReportStatus(
            id, 1, new ConnectorId(evse, 1), new ConnectorStatus(status, error), null, DateTimeOffset.UtcNow));
        await bridge.Shown($"charge-point/{id}");
    }

    private async Task Refuse(string id)
    {
        using var stop = new CancellationTokenSource();
        var observations = new Observations(
            bridge.Stores.ReadModel,
            ObservationLimits.Usual with { Pause = TimeSpan.FromMilliseconds(10) },
            TimeProvider.System,
            NullLogger<Observations>.Instance);
        var observing = observations.RunAsync(stop.Token);
        observations.Attempt(new Observed.Attempt(
            id, "192.0.2.9", "wrong-password", "The password is not the one.", "ocpp1.6", 401, DateTimeOffset.UtcNow));
        while ((await _operator.Get($"connection-attempts?chargePoint={id}"))["items"]!.AsArray().Count == 0) await Task.Delay(20);
        await stop.CancelAsync();
        await observing.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static StationAnswer Willing(CallStation call) => new(RequestState.Accepted, "{}", Outcome: call.Request switch
    {
        SetChargingProfile set => new ProfileAccepted(set.Connector, set.Profile, null),
        Reserve wish => new Reserved(
            wish.ReservationId, wish.Connector ?? ConnectorId.ChargePoint, wish.Token, wish.Parent, wish.ExpiresAt),
        _ => null,
    });
}
