using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>
/// At most once is what the cluster promises of a message, and exactly once is what comes of it: whatever is lost,
/// doubled or late between a session and its entities, each call is answered once, and each fact is stored once.
/// </summary>
public sealed class LossySpec
{
    private const double Enough = 900; // seconds, of virtual time

    public static TheoryData<string, int> Worlds
    {
        get
        {
            var worlds = new TheoryData<string, int>();
            foreach (var version in new[] { "ocpp1.6", "ocpp2.0.1", "ocpp2.1" })
            {
                for (var seed = 1; seed <= 6; seed++) worlds.Add(version, seed);
            }

            return worlds;
        }
    }

    [Theory, MemberData(nameof(Worlds))]
    public async Task Every_transaction_message_is_answered_once_and_every_fact_stored_once(string version, int seed)
    {
        var cluster = new LossyCluster(seed);
        using var gateway = Gateway(cluster);
        var charger = gateway.Connect("CP1", Dialect.Find(version));
        var id = version == "ocpp1.6" ? await Charge16Async(gateway, charger) : await Charge2Async(gateway, charger);

        await CalmAsync(gateway, cluster);
        var answers = charger.Frames.Where(frame => frame[0].GetInt32() != 2).ToLookup(frame => frame[1].GetString());
        Assert.All(answers, same => Assert.Single(same));
        Assert.All(answers.SelectMany(same => same), answer => Assert.Equal(3, answer[0].GetInt32()));
        Assert.Null(charger.Closed);

        var story = cluster.Stored.Begins("transaction/");
        Assert.All(story, stored => Assert.Equal($"CP1/{id}", ((TransactionEvent)stored).Id.ToString()));
        Assert.Single(story.OfType<TransactionBegan>());
        Assert.Equal([100L, 200L, 300L], story.OfType<SamplesRecorded>()
            .SelectMany(stored => stored.Samples).Select(sample => sample.Register()?.WattHours ?? 0)
            .Where(register => register is > 0 and < 400)); // the first and the last of 2.x are with its begin and its end
        Assert.Equal(400, Assert.Single(story.OfType<TransactionEnded>()).Delivered.WattHours);
        Assert.Empty(story.OfType<SuspicionRaised>());
        if (version == "ocpp1.6") Assert.Single(cluster.Stored.Begins("charge-point/").OfType<TransactionNumbered>());
        Assert.Single(cluster.Stored.Begins("charge-point/").OfType<SessionOpened>());
    }

    [Theory]
    [InlineData(11), InlineData(12), InlineData(13), InlineData(14)]
    public async Task Every_command_is_sent_once_and_its_answer_arrives(int seed)
    {
        var cluster = new LossyCluster(seed);
        Entities? entities = null;
        using var gateway = Gateway(cluster, made => entities = made);
        var charger = gateway.Connect("CP1");
        var answered = new HashSet<string>();
        await BootAsync(gateway, charger);

        for (var n = 0; n < 8; n++)
        {
            var wish = new RequestStation(
                new ChargePointId("CP1"), $"r-{n}", new RawCall("DataTransfer", $$"""{"vendorId":"V","messageId":"r-{{n}}"}"""),
                "tests", 3_600, null, VirtualGateway.Noon);
            await AskAsync<RequestStanding>(gateway, entities!, wish, () => AnswerAll(charger, answered)); // was made
        }

        await gateway.PassUntilAsync(() => AnswerAll(charger, answered) && answered.Count == 8, within: Enough);
        await CalmAsync(gateway, cluster);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(n => $"r-{n}"),
            Calls(charger).Select(call => call[3].GetProperty("messageId").GetString()).Order());
        for (var n = 0; n < 8; n++)
        {
            var standing = await AskAsync<RequestStanding>(
                gateway, entities!, new FindRequest(new ChargePointId("CP1"), $"r-{n}"), () => true);
            Assert.Equal(RequestState.Accepted, standing.Request.State);
        }
    }

    [Theory]
    [InlineData(21), InlineData(22), InlineData(23), InlineData(24)]
    public async Task A_charger_that_comes_anew_says_it_again_and_nothing_of_the_old_socket_reaches_it(int seed)
    {
        var cluster = new LossyCluster(seed);
        using var gateway = Gateway(cluster);
        var first = gateway.Connect("CP1");
        await BootAsync(gateway, first);
        first.Call("start", "StartTransaction", Start);
        await gateway.PassAsync(seed % 3);

        var second = gateway.Connect("CP1");
        second.Call("again", "StartTransaction", Start);
        await gateway.PassUntilAsync(() => second.AnswersTo("again").Count == 1, within: Enough);
        await gateway.PassUntilAsync(() => first.Closed is not null, within: Enough);
        await CalmAsync(gateway, cluster);

        Assert.Equal(3, Assert.Single(second.AnswersTo("again"))[0].GetInt32());
        Assert.Equal(1008, first.Closed);
        Assert.Null(second.Closed); // what the first still says displaces nobody
        Assert.Empty(second.AnswersTo("start"));
        Assert.Single(cluster.Stored.Begins("charge-point/").OfType<TransactionNumbered>());
        Assert.Single(cluster.Stored.Begins("transaction/").OfType<TransactionBegan>());
        var epochs = cluster.Stored.Begins("charge-point/").OfType<SessionOpened>().Select(opened => opened.Epoch).ToArray();
        Assert.Equal(epochs.Distinct().Order(), epochs);
    }

    [Fact]
    public async Task A_session_whose_entity_has_moved_is_given_its_commands_within_a_second()
    {
        var cluster = new LossyCluster(1) { Calm = true };
        Entities? entities = null;
        using var gateway = Gateway(cluster, made => entities = made);
        var charger = gateway.Connect("CP1");
        await BootAsync(gateway, charger);
        for (var n = 0; n < 5; n++)
        {
            cluster.Move("CP1");
            await gateway.PassAsync(1);
            var wish = new RequestStation(
                new ChargePointId("CP1"), $"r-{n}", new RawCall("DataTransfer", """{"vendorId":"V"}"""), "tests", 30, null,
                VirtualGateway.Noon);
            await AskAsync<RequestStanding>(gateway, entities!, wish, () => true);
            await gateway.PassUntilAsync(() => AnswerAll(charger, []) && Calls(charger).Count == n + 1, within: 0.5);
        }
    }

    private const string Start =
        """{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T12:00:00Z"}""";

    // No entity is given up on: how long that may take is not what is asked here.
    private static VirtualGateway Gateway(LossyCluster cluster, Action<Entities>? made = null) => new(
        system =>
        {
            var entities = cluster.Start(system);
            made?.Invoke(entities);
            return entities;
        },
        LossyCluster.Hocon,
        "answer-patience = 3600s, unknown-tokens = accept, first-frame-timeout = 3600s, ask-for-boot-after = 0s");

    // What is late arrives, and what was doubled is found.
    private static async Task CalmAsync(VirtualGateway gateway, LossyCluster cluster)
    {
        cluster.Calm = true;
        await gateway.PassAsync(15);
    }

    private static async Task<JsonElement> SayAsync(
        VirtualGateway gateway, VirtualCharger charger, string id, string action, string payload)
    {
        charger.Call(id, action, payload);
        await gateway.PassUntilAsync(() => charger.AnswersTo(id).Count > 0, within: Enough);
        return charger.AnswersTo(id)[0];
    }

    private static Task<JsonElement> BootAsync(VirtualGateway gateway, VirtualCharger charger) =>
        SayAsync(gateway, charger, "boot", "BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");

    private static async Task<string> Charge16Async(VirtualGateway gateway, VirtualCharger charger)
    {
        await BootAsync(gateway, charger);
        var began = await SayAsync(gateway, charger, "start", "StartTransaction", Start);
        var number = began[2].GetProperty("transactionId").GetInt32();
        // Its answer was lost on the way to the charger, which says it again under another number.
        var again = await SayAsync(gateway, charger, "start-again", "StartTransaction", Start);
        Assert.Equal(number, again[2].GetProperty("transactionId").GetInt32());
        for (var n = 1; n <= 3; n++)
        {
            await SayAsync(gateway, charger, $"meter-{n}", "MeterValues", $$"""
                {"connectorId":1,"transactionId":{{number}},"meterValue":[{"timestamp":"2026-01-01T12:0{{n}}:00Z","sampledValue":[{"value":"{{n}}00"}]}]}
                """);
        }

        var stop = $$"""{"transactionId":{{number}},"meterStop":400,"timestamp":"2026-01-01T13:00:00Z"}""";
        await SayAsync(gateway, charger, "stop", "StopTransaction", stop);
        await SayAsync(gateway, charger, "stop-again", "StopTransaction", stop);
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<string> Charge2Async(VirtualGateway gateway, VirtualCharger charger)
    {
        await SayAsync(gateway, charger, "boot", "BootNotification",
            """{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}""");
        for (var n = 0; n <= 4; n++)
        {
            var (type, trigger) = n switch { 0 => ("Started", "Authorized"), 4 => ("Ended", "StopAuthorized"), _ => ("Updated", "MeterValuePeriodic") };
            var said = $$"""
                {"eventType":"{{type}}","timestamp":"2026-01-01T12:0{{n}}:00Z","triggerReason":"{{trigger}}","seqNo":{{n}},
                 "transactionInfo":{"transactionId":"T1","chargingState":"Charging"},"evse":{"id":1,"connectorId":1},
                 "idToken":{"idToken":"TAG","type":"ISO14443"},
                 "meterValue":[{"timestamp":"2026-01-01T12:0{{n}}:00Z","sampledValue":[{"value":{{n * 100}},
                   "context":"{{(n switch { 0 => "Transaction.Begin", 4 => "Transaction.End", _ => "Sample.Periodic" })}}"}]}]}
                """;
            await SayAsync(gateway, charger, $"{n}", "TransactionEvent", said);
            await SayAsync(gateway, charger, $"{n}-again", "TransactionEvent", said);
        }

        return "T1";
    }

    private static List<JsonElement> Calls(VirtualCharger charger) =>
        [.. charger.Frames.Where(frame => frame[0].GetInt32() == 2)];

    private static bool AnswerAll(VirtualCharger charger, HashSet<string> answered)
    {
        foreach (var id in Calls(charger).Select(call => call[1].GetString() ?? "").Where(answered.Add))
            charger.Say($$"""[3,"{{id}}",{"status":"Accepted"}]""");
        return true;
    }

    // As the bridge does: asks again until it is answered.
    private static async Task<T> AskAsync<T>(VirtualGateway gateway, Entities entities, Command command, Func<bool> meanwhile)
        where T : Reply
    {
        var inbox = Inbox.Create(gateway.System);
        var answer = Task.Run(() => inbox.Receive(TimeSpan.FromHours(2)));
        for (var tries = 0; !answer.IsCompleted && tries < 200; tries++)
        {
            entities.Tell(command, 7, inbox.Receiver);
            for (var waits = 0; !answer.IsCompleted && waits < 20 && meanwhile(); waits++) await gateway.PassAsync(0.1);
        }

        return Assert.IsType<T>(((Answer)await answer.WaitAsync(TimeSpan.FromSeconds(60))).Reply);
    }
}
