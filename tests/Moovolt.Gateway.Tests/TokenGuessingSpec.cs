using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>Tokens that are asked about and may not charge.</summary>
public sealed class TokenGuessingSpec
{
    private const string Question = """{"idTag":"TAG"}""";

    private const string Start =
        """{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T12:00:00Z"}""";

    [Fact]
    [Trait("sec", "SEC-28")]
    public async Task Guesses_are_answered_slowly_nothing_is_refused_and_operators_are_told_once()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, authorize-misses = 2, authorize-miss-delay = 500ms");
        rig.Entities.Answers = Blocked;
        await using var charger = await rig.ConnectAsync();
        await using var neighbour = await rig.ConnectAsync("CP2");
        foreach (var usual in new[] { true, true, false, false })
        {
            var began = TimeProvider.System.GetTimestamp();
            await charger.CallAsync("1", "Authorize", Question);
            var answer = await charger.ReadFrameAsync();
            Assert.Equal("Blocked", answer[2].GetProperty("idTagInfo").GetProperty("status").GetString());
            if (!usual) Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(450));
        }

        await neighbour.CallAsync("1", "Authorize", Question);
        await neighbour.ReadTextAsync();
        await charger.CallAsync("2", "Heartbeat", "{}");
        Assert.Equal("2", (await charger.ReadFrameAsync())[1].GetString());
        Assert.Equal(2, rig.Limits["authorize-misses"]);
        Assert.Contains("TokenGuessing", Assert.Single(rig.Logs.From(LogLevel.Warning)), StringComparison.Ordinal);
        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.Equal(
            ("CP1", "token-guessing", "TokenGuessing: more than 2 tokens were not accepted within 60 s", 101),
            (attempt.Identity, attempt.Code, attempt.Reason, attempt.HttpStatus));
    }

    [Fact]
    public async Task What_a_transaction_has_to_say_waits_for_no_guess()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, authorize-misses = 1, authorize-miss-delay = 10s");
        rig.Entities.Answers = command => command is NumberTransaction start
            ? new Domain.Transactions.Began(new TransactionId(start.Id, "17"), start.Verdict)
            : Blocked(command);
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("usual", "Authorize", Question);
        await charger.ReadTextAsync();

        await charger.CallAsync("held", "Authorize", Question);
        await rig.Limits.UntilAsync("authorize-misses");
        var began = TimeProvider.System.GetTimestamp();
        await charger.CallAsync("start", "StartTransaction", Start);

        Assert.Equal("held", (await charger.ReadFrameAsync())[1].GetString());
        Assert.Equal("start", (await charger.ReadFrameAsync())[1].GetString());
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(9), "it waited for the guess");
    }

    [Fact]
    public async Task A_new_socket_does_not_begin_to_count_anew()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, authorize-misses = 1, authorize-miss-delay = 0s");
        rig.Entities.Answers = Blocked;
        for (var socket = 0; socket < 2; socket++)
        {
            await using var charger = await rig.ConnectAsync();
            await charger.CallAsync("1", "Authorize", Question);
            await charger.ReadTextAsync();
        }

        Assert.Equal(1, rig.Limits["authorize-misses"]);
    }

    [Fact]
    public async Task Tokens_that_may_charge_and_starts_are_no_guesses()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, authorize-misses = 1, authorize-miss-delay = 10s");
        rig.Entities.Answers = command => command switch
        {
            Admit => new Judged(new Verdict(AuthorizationStatus.Blocked)),
            NumberTransaction start => new Domain.Transactions.Began(new TransactionId(start.Id, "17"), start.Verdict),
            _ => null,
        };
        await using var charger = await rig.ConnectAsync();
        for (var n = 0; n < 4; n++)
        {
            await charger.CallAsync($"a{n}", "Authorize", Question);
            await charger.ReadTextAsync();
            await charger.CallAsync($"s{n}", "StartTransaction", Start);
            await charger.ReadTextAsync();
        }

        Assert.Equal(0, rig.Limits["authorize-misses"]);
    }

    private static Judged? Blocked(Command command) =>
        command is Authorize ? new Judged(new Verdict(AuthorizationStatus.Blocked)) : null;
}
