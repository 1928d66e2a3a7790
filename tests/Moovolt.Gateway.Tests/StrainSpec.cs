using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>The brown-out rule, as chargers feel it. Time is virtual.</summary>
public sealed class StrainSpec : IDisposable
{
    private const string Start =
        """{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T12:00:00Z"}""";

    private const string Stop = """{"transactionId":17,"meterStop":10,"timestamp":"2026-01-01T13:00:00Z"}""";
    private const string Status = """{"connectorId":1,"errorCode":"NoError","status":"Available"}""";

    private readonly VirtualGateway gateway;
    private FakeEntities entities = null!; // made with the system, by the gateway's constructor

    public StrainSpec() => gateway = new VirtualGateway(system => (entities = new FakeEntities(system)).Door);

    public void Dispose() => gateway.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(17)] // nothing is due again before 24
    [InlineData(24.5)]
    public async Task A_short_outage_closes_no_socket_and_the_answer_comes_by_itself(double seconds)
    {
        var charger = await ConnectAsync("CP1");
        Outage();
        charger.Call("stop", "StopTransaction", Stop);
        await gateway.PassAsync(seconds);
        Assert.Empty(charger.AnswersTo("stop"));

        Recovery();
        await gateway.PassUntilAsync(() => charger.AnswersTo("stop").Count == 1, within: 0.3);
        await gateway.PassAsync(60);
        Assert.Equal(3, Assert.Single(charger.AnswersTo("stop"))[0].GetInt32());
        Assert.Null(charger.Closed);
        Assert.Equal(0, gateway.Holding);
    }

    [Fact]
    public async Task In_a_long_outage_those_who_hold_a_transaction_message_are_let_go_after_25_seconds_at_a_pace()
    {
        var chargers = new List<VirtualCharger>();
        for (var n = 0; n < 500; n++) chargers.Add(gateway.Connect($"CP{n}"));
        var idle = gateway.Connect("IDLE");
        await gateway.PassUntilAsync(() => entities.ToldOf<OpenSession>().Count >= 501, within: 10);
        Outage();
        foreach (var charger in chargers) charger.Call("stop", "StopTransaction", Stop);
        idle.Call("status", "StatusNotification", Status);
        await gateway.PassAsync(24.9);
        Assert.All(chargers, charger => Assert.Null(charger.Closed));

        var perBeat = new List<int>();
        for (var before = 0; before < 500; before = chargers.Count(charger => charger.Closed is not null))
        {
            await gateway.PassAsync(0.1);
            perBeat.Add(chargers.Count(charger => charger.Closed is not null) - before);
            Assert.True(gateway.Now < TimeSpan.FromSeconds(60), $"{before} of 500 were let go.");
        }

        var busiest = Enumerable.Range(0, perBeat.Count).Max(first => perBeat.Skip(first).Take(10).Sum());
        Assert.InRange(busiest, 150, 240); // a beat's worth may be seen a beat later
        Assert.All(chargers, charger => Assert.Equal(1013, charger.Closed));
        Assert.All(chargers, charger => Assert.Empty(charger.AnswersTo("stop")));
        await gateway.PassAsync(30);
        Assert.Null(idle.Closed);
        Assert.Equal(0, gateway.Holding);
    }

    [Fact]
    public async Task Who_waits_for_its_turn_to_be_let_go_and_is_answered_meanwhile_stays()
    {
        var charger = await ConnectAsync("CP1");
        var others = new List<VirtualCharger>();
        for (var n = 0; n < 100; n++) others.Add(gateway.Connect($"OTHER{n}"));
        await gateway.PassUntilAsync(() => entities.ToldOf<OpenSession>().Count >= 101, within: 10);
        Outage();
        foreach (var other in others.Append(charger)) other.Call("stop", "StopTransaction", Stop);
        await gateway.PassAsync(25.2);
        Recovery();
        await gateway.PassUntilAsync(
            () => others.Append(charger).All(one => one.Closed is not null || one.AnswersTo("stop").Count == 1), within: 5);
        Assert.Contains(others, other => other.Closed is null);
    }

    [Fact]
    public async Task A_poisoned_transaction_stays_unanswered_and_its_socket_open_while_the_node_is_well()
    {
        var charger = await ConnectAsync("CP1");
        entities.Answers = command => command is EndTransaction ? FakeEntities.Nothing : null;
        charger.Call("stop", "StopTransaction", Stop);
        charger.Call("beat", "Heartbeat", "{}");
        await gateway.PassUntilAsync(() => charger.AnswersTo("beat").Count == 1, within: 26);
        await gateway.PassAsync(60);
        Assert.Empty(charger.AnswersTo("stop"));
        Assert.Null(charger.Closed);
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public async Task However_long_it_lasts_nobody_hears_an_error_of_us(string version)
    {
        var dialect = Dialect.Find(version) ?? throw new InvalidOperationException(version);
        var calls = version == "ocpp1.6"
            ? new[]
            {
                ("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}"""), ("StartTransaction", Start),
                ("StopTransaction", Stop), ("Authorize", """{"idTag":"TAG"}"""), ("StatusNotification", Status),
                ("MeterValues", """{"connectorId":1,"transactionId":17,"meterValue":[{"timestamp":"2026-01-01T12:00:00Z","sampledValue":[{"value":"1"}]}]}"""),
                ("DataTransfer", """{"vendorId":"V"}"""), ("FirmwareStatusNotification", """{"status":"Idle"}"""),
            }
            :
            [
                ("BootNotification", """{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}"""),
                ("TransactionEvent", Event("Started", 0)), ("Authorize", """{"idToken":{"idToken":"TAG","type":"ISO14443"}}"""),
                ("StatusNotification", """{"timestamp":"2026-01-01T12:00:00Z","connectorStatus":"Available","evseId":1,"connectorId":1}"""),
                ("NotifyReport", """{"requestId":1,"generatedAt":"2026-01-01T12:00:00Z","seqNo":0,"tbc":false}"""),
                ("SecurityEventNotification", """{"type":"Tampering","timestamp":"2026-01-01T12:00:00Z"}"""),
            ];
        var chargers = calls.Select((_, n) => gateway.Connect($"CP{n}", dialect)).ToArray();
        await gateway.PassUntilAsync(() => entities.ToldOf<OpenSession>().Count >= chargers.Length, within: 10);
        Outage();
        for (var n = 0; n < calls.Length; n++) chargers[n].Call("1", calls[n].Item1, calls[n].Item2);
        await gateway.PassAsync(90);
        for (var n = 0; n < calls.Length; n++)
        {
            Assert.DoesNotContain(chargers[n].Frames, frame => frame[0].GetInt32() == 4);
            var kept = dialect.IsTransactionMessage(calls[n].Item1);
            Assert.True((chargers[n].Closed == 1013) == kept, $"{calls[n].Item1}: {chargers[n].Closed}");
        }
    }

    [Fact]
    public async Task While_nothing_can_be_stored_a_token_is_waited_for_and_not_taken_for_unknown()
    {
        var charger = await ConnectAsync("CP1");
        var other = await ConnectAsync("CP2");
        Outage();
        charger.Call("start", "StartTransaction", Start);
        other.Call("tag", "Authorize", """{"idTag":"TAG"}""");
        await gateway.PassAsync(20);
        Assert.Empty(charger.AnswersTo("start"));
        Assert.Empty(other.AnswersTo("tag"));
        Recovery();
        entities.Answers = command => command is NumberTransaction number
            ? new Began(new TransactionId(number.Id, "17"), number.Verdict)
            : null;
        await gateway.PassUntilAsync(
            () => charger.AnswersTo("start").Count == 1 && other.AnswersTo("tag").Count == 1, within: 9);
        Assert.Equal("Accepted", StatusOf(charger.AnswersTo("start")[0]));
        Assert.Equal("Accepted", StatusOf(other.AnswersTo("tag")[0]));
    }

    [Theory]
    [InlineData(Strain.Yellow)]
    [InlineData(Strain.Red)]
    public async Task What_is_no_transactions_waits_a_little_and_no_longer(Strain strain)
    {
        var charger = await ConnectAsync("CP1");
        gateway.Gate.Strain = strain;
        charger.Call("status", "StatusNotification", Status);
        await gateway.PassAsync(9.5);
        Assert.Empty(entities.ToldOf<ReportStatus>());
        await gateway.PassUntilAsync(() => charger.AnswersTo("status").Count == 1, within: 1);

        charger.Call("again", "StatusNotification", Status);
        await gateway.PassAsync(1);
        gateway.Gate.Strain = Strain.Green;
        await gateway.PassUntilAsync(() => charger.AnswersTo("again").Count == 1, within: 2.5);
    }

    [Fact]
    public async Task A_transaction_message_waits_for_nothing_that_is_slowed_down()
    {
        var charger = await ConnectAsync("CP1");
        gateway.Gate.Strain = Strain.Yellow;
        charger.Call("beat", "Heartbeat", "{}");
        charger.Call("boot", "BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        charger.Call("tag", "Authorize", """{"idTag":"TAG"}""");
        await gateway.PassUntilAsync(() => charger.Frames.Count == 3, within: 0.5);

        charger.Call("status", "StatusNotification", Status);
        await gateway.PassAsync(1);
        Assert.Empty(charger.AnswersTo("status"));
        charger.Call("stop", "StopTransaction", Stop);
        await gateway.PassUntilAsync(() => charger.AnswersTo("stop").Count == 1, within: 0.5);
        Assert.Single(charger.AnswersTo("status"));
    }

    private static string Event(string type, int number) => $$"""
        {"eventType":"{{type}}","timestamp":"2026-01-01T12:00:00Z","triggerReason":"CablePluggedIn","seqNo":{{number}},
        "transactionInfo":{"transactionId":"T1"},"evse":{"id":1,"connectorId":1} }
        """;

    private static string? StatusOf(System.Text.Json.JsonElement answer) =>
        answer[2].GetProperty("idTagInfo").GetProperty("status").GetString();

    private async Task<VirtualCharger> ConnectAsync(string identity)
    {
        var charger = gateway.Connect(identity);
        charger.Call("in", "Heartbeat", "{}");
        await VirtualGateway.UntilAsync(() => charger.AnswersTo("in").Count == 1);
        return new VirtualCharger(charger.Session, charger.Socket) { Skip = 1 };
    }

    private void Outage()
    {
        gateway.Gate.Strain = Strain.Red;
        entities.Answers = _ => FakeEntities.Nothing;
    }

    private void Recovery()
    {
        entities.Answers = _ => null;
        gateway.Gate.Strain = Strain.Yellow;
    }
}
