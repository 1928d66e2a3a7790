using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Compliance;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>What chargers do not keep to is counted at the door, and only what a profile says is forgiven for it.</summary>
public sealed class ComplianceSpec
{
    private static readonly QuirkProfiles Quirks = new(1, [
        Profile("acme", "Acme*", Tolerances.LooseSchema),
        Profile("no-subprotocol", null, Tolerances.AssumeOcpp16),
        Profile("no-pings", null, Tolerances.NoPings),
        Profile("no-boot", null, Tolerances.CallsBeforeBoot),
    ]);

    [Fact]
    public async Task Deviations_are_counted_by_rule_and_a_compliant_neighbour_has_none()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var neighbour = await rig.ConnectAsync("GOOD");
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "//ocpp/BAD/");
        await neighbour.CallAsync("n", "Heartbeat", "{}");
        await neighbour.ReadFrameAsync();

        await charger.SendAsync("[2,1,\"Heartbeat\",{}]");
        await charger.ReadFrameAsync();
        for (var n = 0; n < 3; n++)
        {
            await charger.CallAsync($"m{n}", "Heartbeat", """{"extra":1}""");
            await charger.ReadFrameAsync();
        }

        await charger.SendAsync("{ no JSON");
        await charger.SendAsync("[3,\"nobody\",{}]");
        await charger.SendAsync("[9,\"x\",{}]");
        await charger.CallAsync("last", "Heartbeat", "{}");
        await charger.ReadFrameAsync();

        var rows = await rig.DeviationsAsync("BAD", 6);
        Assert.Equal(
            ["message-id-not-text", "stray-slash", "unknown-member", "unknown-message-type", "unmatched-answer", "unreadable-frame"],
            rows.Select(row => row.Rule).Order(StringComparer.Ordinal));
        var extra = rows.Single(row => row.Rule == "unknown-member");
        Assert.Equal("Heartbeat: extra is no member of this action.", extra.Example);
        Assert.Equal("{ no JSON", rows.Single(row => row.Rule == "unreadable-frame").Example);
        await Until(async () => (await rig.DeviationsAsync("BAD")).Single(row => row.Rule == "unknown-member").Count == 3);
        Assert.Empty(await rig.DeviationsAsync("GOOD", 0));
    }

    [Fact]
    public async Task A_call_that_does_not_wait_for_the_answer_before_is_counted()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Answers = command => command is ReportStatus ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();

        await charger.CallAsync("1", "StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await charger.CallAsync("2", "Heartbeat", "{}");

        Assert.Equal("several-calls", Assert.Single(await rig.DeviationsAsync("CP1")).Rule);
    }

    [Fact]
    public async Task A_strict_charger_gets_the_error_that_the_specification_demands_and_another_gets_its_answer()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Answers = command => command switch
        {
            OpenSession { Id.Value: "STRICT" } => new SessionOpen(1, Registration.Accepted, UnknownTokens.Refuse, Strict: true),
            NumberTransaction start => new Began(new TransactionId(start.Id, "17"), Verdict.Accepted),
            _ => null,
        };
        await using var strict = await rig.ConnectAsync("STRICT");
        await using var usual = await rig.ConnectAsync("USUAL");
        const string bad = """{"connectorId":1,"idTag":"ABC"}""";

        await strict.CallAsync("s", "StartTransaction", bad);
        await usual.CallAsync("s", "StartTransaction", bad);

        var refused = await strict.ReadFrameAsync();
        Assert.Equal((4, "OccurenceConstraintViolation"), (refused[0].GetInt32(), refused[2].GetString()));
        Assert.Equal(17, (await usual.ReadFrameAsync())[2].GetProperty("transactionId").GetInt32());
        Assert.DoesNotContain(rig.Entities.ToldOf<NumberTransaction>(), start => start.Id.Value == "STRICT");
    }

    [Fact]
    public async Task A_changed_manner_holds_from_the_next_frame_on()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", """{"extra":1}""");
        Assert.Equal(3, (await charger.ReadFrameAsync())[0].GetInt32());

        rig.Entities.Deliver(new HearSo(1, true, null));
        await Until(async () =>
        {
            await charger.CallAsync("2", "Heartbeat", """{"extra":1}""");
            return (await charger.ReadFrameAsync())[0].GetInt32() == 4;
        });
    }

    [Fact]
    public async Task A_profile_is_found_by_what_the_charger_says_at_boot()
    {
        await using var rig = await GatewayRig.StartAsync(quirks: Quirks);
        await using var charger = await rig.ConnectAsync();
        const string loose = """{"connectorId":"1","errorCode":"NoError","status":"Available"}""";

        await charger.CallAsync("1", "StatusNotification", loose);
        Assert.Equal("TypeConstraintViolation", (await charger.ReadFrameAsync())[2].GetString());
        await charger.CallAsync("2", "BootNotification", """{"chargePointVendor":"ACME Ltd","chargePointModel":"M"}""");
        await charger.ReadFrameAsync();
        await charger.CallAsync("3", "StatusNotification", loose);
        Assert.Equal(3, (await charger.ReadFrameAsync())[0].GetInt32());
    }

    [Theory]
    [InlineData("no-subprotocol", false, "", 0)]
    [InlineData(null, false, "", 1002)]
    [InlineData("no-subprotocol", true, "", 1002)]
    [InlineData(null, true, "assume-ocpp16 = on", 1002)]
    public async Task A_missing_subprotocol_is_forgiven_by_the_profile_and_to_the_letter_never(
        string? profile, bool strict, string setting, int close)
    {
        await using var rig = await GatewayRig.StartAsync($"dev = on, {setting}", Quirks);
        await rig.IntroduceAsync("CP1", strict, profile);
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", protocols: null);

        Assert.Equal(101, charger.Status);
        if (close != 0)
        {
            Assert.Equal(close, await charger.ReadCloseAsync());
        }
        else
        {
            await charger.CallAsync("1", "Heartbeat", "{}");
            Assert.Equal(3, (await charger.ReadFrameAsync())[0].GetInt32());
        }

        Assert.Equal("no-subprotocol", Assert.Single(await rig.DeviationsAsync("CP1")).Rule);
    }

    // The charger of these tests reads no pings unless it reads, so it answers none.
    [Fact]
    public async Task Who_speaks_and_answers_no_ping_is_cut_and_counted_and_with_the_profile_it_stays()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, ping-interval = 1s, ping-timeout = 8s", Quirks);
        await rig.IntroduceAsync("FORGIVEN", profile: "no-pings");
        await using var forgiven = await rig.ConnectAsync("FORGIVEN");
        await using var cut = await rig.ConnectAsync("CUT");
        await forgiven.CallAsync("1", "Heartbeat", "{}");

        await Until(async () =>
        {
            try
            {
                await cut.CallAsync("1", "Heartbeat", "{}");
            }
            catch (IOException)
            {
                return true; // it has been cut
            }

            await Task.Delay(2500); // longer than the interval, so that pings leave
            return false;
        });

        Assert.Equal("ping-unanswered", Assert.Single(await rig.DeviationsAsync("CUT")).Rule);
        await forgiven.CallAsync("2", "Heartbeat", "{}");
        Assert.Equal("1", (await forgiven.ReadFrameAsync())[1].GetString());
        Assert.Equal("2", (await forgiven.ReadFrameAsync())[1].GetString());
    }

    [Theory]
    [InlineData("no-boot", Registration.Accepted, 3)]
    [InlineData("no-boot", Registration.Pending, 4)]
    [InlineData(null, Registration.Accepted, 4)]
    public async Task Calls_before_any_boot_are_forgiven_by_the_profile_unless_the_operator_has_not_accepted(
        string? profile, Registration policy, int type)
    {
        await using var rig = await GatewayRig.StartAsync(quirks: Quirks);
        rig.Entities.Answers = command => command is OpenSession
            ? new SessionOpen(1, null, UnknownTokens.Refuse, QuirkProfile: profile, Policy: policy)
            : null;
        await using var charger = await rig.ConnectAsync();

        await charger.CallAsync("1", "Heartbeat", "{}");

        Assert.Equal(type, (await charger.ReadFrameAsync())[0].GetInt32());
        Assert.Equal("call-before-boot", Assert.Single(await rig.DeviationsAsync("CP1")).Rule);
    }

    [Fact]
    public async Task Times_without_an_offset_are_those_of_the_place_where_the_charger_stands_also_when_that_is_changed()
    {
        var quirks = new QuirkProfiles(1, [Profile("local", null, Tolerances.LocalTime)]);
        await using var rig = await GatewayRig.StartAsync(quirks: quirks);
        rig.Entities.Answers = command => command is OpenSession
            ? new SessionOpen(1, Registration.Accepted, UnknownTokens.Refuse, QuirkProfile: "local", TimeZone: "Asia/Tokyo")
            : null;
        await using var charger = await rig.ConnectAsync();
        await StatusAsync("1", "Available");
        rig.Entities.Deliver(new HearSo(1, false, "local", "America/Manaus"));
        await StatusAsync("2", "Preparing");

        var told = await rig.Entities.UntilTold<ReportStatus>(2);
        Assert.Equal([3, 16], told.Select(status => status.ChargerAt!.Value.UtcDateTime.Hour));

        async Task StatusAsync(string id, string status)
        {
            await charger.CallAsync(id, "StatusNotification", $$"""
                {"connectorId":1,"errorCode":"NoError","status":"{{status}}","timestamp":"2026-01-01T12:00:00"}
                """);
            await charger.ReadFrameAsync();
        }
    }

    [Theory]
    [InlineData("Origin: file://")]
    [InlineData("Origin: https://github.com/any")]
    [InlineData("User-Agent: ")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate")]
    public async Task Odd_headers_that_say_nothing_are_no_reason_to_refuse(string header)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", headers: header);

        Assert.Equal(101, charger.Status);
    }

    // Kestrel offers no upgrade without the token, and no middleware can make one of it: RFC 6455, 4.2.1 demands it.
    [Fact]
    public async Task Without_the_upgrade_token_there_is_no_socket_and_the_attempt_says_so()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await RawCharger.RequestAsync(
            rig.Port, "/ocpp/CP1", "Host: localhost", "Connection: keep-alive", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: ocpp1.6");

        Assert.Equal(400, charger.Status);
        Assert.Equal("bad-websocket", Assert.Single(await rig.AttemptsAsync()).Code);
    }

    private static QuirkProfile Profile(string name, string? vendor, Tolerances tolerances) =>
        new(name, vendor, null, null, tolerances, TimeZoneInfo.Utc, "a test");

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var until = DateTime.UtcNow.AddSeconds(40); DateTime.UtcNow < until; await Task.Delay(20))
        {
            if (await isSo()) return;
        }

        Assert.Fail("It was never so.");
    }
}
