using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>A number out of its range is refused before anything is written down, and its member is named.</summary>
public sealed class RangeSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Theory]
    [InlineData("ocpp1.6", "calls/ReserveNow", """{"connectorId":-1,"expiryDate":"2030-01-01T00:00:00Z","idTag":"A","reservationId":1}""", "connectorId must be at least 0, and is -1.")]
    [InlineData("ocpp2.0.1", "calls/Reset", """{"type":"Immediate","evseId":-1}""", "evseId must be at least 0, and is -1.")]
    [InlineData("ocpp2.1", "calls/SetMonitoringLevel", """{"severity":-1}""", "severity must be at least 0, and is -1.")]
    [InlineData("ocpp2.1", "commands/update-schedule", """{"profileId":1,"dischargeLimit":5}""", "scheduleUpdate.dischargeLimit must be at most 0, and is 5.")]
    [InlineData("ocpp2.1", "commands/set-der-control", """{"control":{"isDefault":true,"controlId":"C","controlType":"Gradients","gradient":{"priority":-1,"gradient":1,"softGradient":1}}}""", "gradient.priority must be at least 0, and is -1.")]
    [InlineData("ocpp2.1", "commands/set-default-tariff", """{"tariff":{"tariffId":"T","currency":"BRL","energy":{"prices":[{"priceKwh":1}],"taxRates":[{"type":"VAT","tax":7,"stack":-1}]}}}""", "energy.taxRates[0].stack must be at least 0, and is -1.")]
    public async Task A_call_or_a_command_out_of_range_is_422_and_the_charger_hears_nothing(
        string protocol, string path, string body, string reason)
    {
        var id = $"RANGE-{protocol}";
        await bridge.Online(id, Bridge.Willing, protocol);
        var before = bridge.World.Calls.Count;

        var said = await _operator.Post($"charge-points/{id}/{path}", body);

        Assert.Equal(422, said.Status);
        Assert.Equal(reason, Assert.Single(said["reasons"]!.AsArray())!.GetValue<string>());
        Assert.Equal(before, bridge.World.Calls.Count);
    }

    [Theory]
    [InlineData("ocpp1.6", 20, "idTag must have at most 20 characters, and has 21.")]
    [InlineData("ocpp2.0.1", 36, "idToken.idToken must have at most 36 characters, and has 37.")]
    [InlineData("ocpp2.1", 255, "'token' has 1 to 255 characters.")]
    public async Task A_token_is_as_long_as_the_chargers_version_has_it(string protocol, int longest, string reason)
    {
        var id = $"LENGTH-{protocol}";
        await bridge.Online(id, Bridge.Willing, protocol);
        foreach (var (verb, body) in new (string, Func<string, object>)[]
        {
            ("start-charging", token => new { token }),
            ("reserve", token => new { token, expiresAt = DateTimeOffset.UtcNow.AddHours(1) }),
        })
        {
            var before = bridge.World.Calls.Count;
            var no = await _operator.Post($"charge-points/{id}/commands/{verb}", body(new string('T', longest + 1)));
            Assert.Equal(422, no.Status);
            Assert.Contains(reason, no.Body!["reasons"]?.AsArray().Single()!.GetValue<string>() ?? no.Text("detail"), StringComparison.Ordinal);
            Assert.Equal(before, bridge.World.Calls.Count);

            Assert.Equal(200, (await _operator.Post($"charge-points/{id}/commands/{verb}", body(new string('T', longest)))).Status);
        }
    }

    [Theory]
    [InlineData("swap-battery", """{"token":"TTT"}""")]
    [InlineData("get-customer-information", """{"token":"TTT"}""")]
    public async Task Whoever_is_meant_by_a_long_token_is_named_whole(string verb, string body)
    {
        await bridge.Online("LENGTH-WHOLE", Bridge.Willing, "ocpp2.1");
        var token = new string('t', 255);

        Assert.Equal(200, (await _operator.Post(
            $"charge-points/LENGTH-WHOLE/commands/{verb}", body.Replace("TTT", token, StringComparison.Ordinal))).Status);

        Assert.Contains(token, $"{bridge.World.Calls.Last().Request}", StringComparison.Ordinal);
        Assert.Equal(422, (await _operator.Post(
            $"charge-points/LENGTH-WHOLE/commands/{verb}", body.Replace("TTT", token + "t", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task What_a_version_has_no_words_for_is_still_the_commands_own_answer()
    {
        await bridge.Online("RANGE-OLD", Bridge.Willing);

        var said = await _operator.Post(
            "charge-points/RANGE-OLD/commands/set-default-tariff", """{"tariff":{"currency":"BRL"}}""");

        Assert.Equal(200, said.Status);
    }
}
