using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class OutboundSpec
{
    [Fact]
    public async Task One_call_is_in_flight_and_the_next_leaves_when_it_is_answered()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(Call("one"));
        rig.Entities.Deliver(Call("two"));

        var first = await charger.ReadFrameAsync();
        Assert.Equal("Reset", first[2].GetString());
        Assert.Equal(32, first[1].GetString()!.Length); // a call has an id
        Assert.True(await charger.IsSilentAsync(TimeSpan.FromMilliseconds(300)));
        await AnswerAsync(charger, first, """{"status":"Accepted"}""");
        var second = await charger.ReadFrameAsync();
        await AnswerAsync(charger, second, """{"status":"Rejected"}""");

        var answers = await rig.Entities.UntilTold<AnswerRequest>(2);
        Assert.NotEqual(first[1].GetString(), second[1].GetString());
        Assert.Equal(
            [("one", 1L, RequestState.Accepted), ("two", 1L, RequestState.Rejected)],
            answers.Select(answer => (answer.RequestId, answer.Epoch, answer.Answer.State)));
    }

    [Fact]
    public async Task Calls_that_cross_do_not_wait_for_each_other()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(Call("one"));
        var ours = await charger.ReadFrameAsync();
        await charger.CallAsync("theirs", "Heartbeat", "{}");
        Assert.Equal("theirs", (await charger.ReadFrameAsync())[1].GetString());

        rig.Entities.Answers = command => command is ReportBoot ? FakeEntities.Nothing : null;
        await charger.CallAsync("stuck", "BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        await AnswerAsync(charger, ours, """{"status":"Accepted"}""");
        Assert.Single(await rig.Entities.UntilTold<AnswerRequest>());
    }

    [Fact]
    public async Task A_wish_that_is_given_again_is_not_sent_again_but_what_came_of_it_is_told_again()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(Call("one"));
        var ours = await charger.ReadFrameAsync();
        rig.Entities.Deliver(Call("one"));
        Assert.True(await charger.IsSilentAsync(TimeSpan.FromMilliseconds(200)));

        await AnswerAsync(charger, ours, """{"status":"Accepted"}""");
        await rig.Entities.UntilTold<AnswerRequest>();
        await Task.Delay(100);
        rig.Entities.Deliver(Call("one"));

        Assert.All(await rig.Entities.UntilTold<AnswerRequest>(2), answer => Assert.Equal(RequestState.Accepted, answer.Answer.State));
        Assert.True(await charger.IsSilentAsync(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task A_wish_for_another_epoch_is_not_sent()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(Call("old") with { Epoch = 99 });

        Assert.True(await charger.IsSilentAsync(TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task What_came_of_it_is_told_until_the_entity_confirms()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms");
        await using var charger = await InAsync(rig);
        var deaf = 2;
        rig.Entities.Answers = command => command is AnswerRequest && deaf-- > 0 ? FakeEntities.Nothing : null;
        rig.Entities.Deliver(Call("one"));
        await AnswerAsync(charger, await charger.ReadFrameAsync(), """{"status":"Accepted"}""");

        await rig.Entities.UntilTold<AnswerRequest>(3);
        await Task.Delay(500);
        Assert.Equal(3, rig.Entities.ToldOf<AnswerRequest>().Count);
    }

    [Fact]
    public async Task Without_an_answer_in_time_the_slot_is_free_again_and_a_late_one_is_told_all_the_same()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(Call("one") with { Patience = 1 });
        rig.Entities.Deliver(Call("two"));
        var first = await charger.ReadFrameAsync();
        Assert.Equal("Reset", (await charger.ReadFrameAsync())[2].GetString());
        Assert.Equal(
            (RequestState.TimedOut, "noAnswer"),
            (await rig.Entities.UntilTold<AnswerRequest>()).Select(answer => (answer.Answer.State, answer.Answer.ErrorCode)).Single());

        await AnswerAsync(charger, first, """{"status":"Accepted"}""");
        var late = (await rig.Entities.UntilTold<AnswerRequest>(2))[1];
        Assert.Equal(("one", RequestState.Accepted), (late.RequestId, late.Answer.State));
    }

    [Fact]
    public async Task A_refusal_of_the_charger_and_a_wish_without_words_both_come_back_as_failed()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "words", new RawCall("NoSuchAction", "{}"), 30));
        rig.Entities.Deliver(Call("one"));
        var ours = await charger.ReadFrameAsync();
        await charger.SendAsync($"[4,\"{ours[1].GetString()}\",\"NotSupported\",\"no\",{{}}]");

        var answers = await rig.Entities.UntilTold<AnswerRequest>(2);
        Assert.Equal(
            [("words", RequestState.Failed, "notSupported"), ("one", RequestState.Failed, "NotSupported")],
            answers.Select(answer => (answer.RequestId, answer.Answer.State, answer.Answer.ErrorCode)));
    }

    [Fact]
    public async Task What_is_exchanged_is_kept_for_support_without_its_secrets()
    {
        const string Secret = "736563726574207365637265742121";
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "one", new WriteConfiguration("AuthorizationKey", Secret), 30));
        var ours = await charger.ReadFrameAsync();
        Assert.Equal(Secret, ours[3].GetProperty("value").GetString());
        await AnswerAsync(charger, ours, """{"status":"Accepted"}""");
        rig.Entities.Deliver(new CallStation(1, "two", new ReadConfiguration([]), 30));
        var configuration = $$"""{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"{{Secret}}"}]}""";
        await AnswerAsync(charger, await charger.ReadFrameAsync(), configuration);

        var answers = await rig.Entities.UntilTold<AnswerRequest>(2);
        var kept = await rig.MessagesAsync("CP1", 6); // a heartbeat and two calls, each with its answer
        Assert.DoesNotContain(kept, message => message.Frame.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(answers, answer => answer.ToString().Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(
            rig.Logs.From(Microsoft.Extensions.Logging.LogLevel.Debug),
            line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_confirmed_is_never_forgotten_and_so_never_sent_twice()
    {
        const int Calls = 50;
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms");
        await using var charger = await InAsync(rig);
        rig.Entities.Answers = command => command is AnswerRequest ? FakeEntities.Nothing : null; // the journal stands still
        for (var n = 0; n < Calls; n++)
        {
            rig.Entities.Deliver(Call($"{n}"));
            await AnswerAsync(charger, await charger.ReadFrameAsync(), """{"status":"Accepted"}""");
        }

        for (var n = 0; n < Calls; n++) rig.Entities.Deliver(Call($"{n}")); // as at each registration
        Assert.True(await charger.IsSilentAsync(TimeSpan.FromMilliseconds(500)));

        var heard = new HashSet<string>();
        rig.Entities.Answers = command =>
        {
            if (command is AnswerRequest answer) heard.Add(answer.RequestId);
            return null;
        };
        Assert.True(await Eventually.Is(() => heard.Count == Calls, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task When_too_much_is_unconfirmed_a_wish_is_not_taken_and_is_sent_when_it_is_given_again()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms, outgoing-calls = 2");
        await using var charger = await InAsync(rig);
        rig.Entities.Answers = command => command is AnswerRequest ? FakeEntities.Nothing : null;
        for (var n = 0; n < 2 + 32; n++)
        {
            rig.Entities.Deliver(Call($"{n}"));
            await AnswerAsync(charger, await charger.ReadFrameAsync(), """{"status":"Accepted"}""");
        }

        rig.Entities.Deliver(Call("late"));
        Assert.True(await charger.IsSilentAsync(TimeSpan.FromMilliseconds(500)));
        rig.Entities.Answers = _ => null;
        var sent = charger.ReadFrameAsync();
        Assert.True(await Eventually.Is(
            () =>
            {
                if (!sent.IsCompleted) rig.Entities.Deliver(Call("late"));
                return sent.IsCompleted;
            },
            TimeSpan.FromSeconds(9)));
        await AnswerAsync(charger, await sent, """{"status":"Accepted"}""");
        Assert.True(await Eventually.Is(
            () => rig.Entities.ToldOf<AnswerRequest>().Any(answer => answer.RequestId == "late"), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_wish_that_a_bug_strikes_fails_and_the_socket_lives_on()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "broken", null!, 30));
        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>());
        Assert.Equal((RequestState.Failed, "failed"), (answer.Answer.State, answer.Answer.ErrorCode));

        rig.Entities.Deliver(Call("one"));
        Assert.Equal("Reset", (await charger.ReadFrameAsync())[2].GetString());
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    public async Task No_secret_of_any_name_that_a_charger_tells_is_in_what_is_journaled_kept_or_logged(string protocol)
    {
        const string Secret = "hunter-2-hunter-2";
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", protocol);
        await charger.CallAsync("in", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        foreach (var sign in SecretKeys.Signs)
        {
            rig.Entities.Deliver(new CallStation(1, sign, new ReadConfiguration([$"C.Wifi{sign}"]), 30));
            var said = protocol == "ocpp1.6"
                ? $$"""{"configurationKey":[{"key":"Wifi{{sign}}","readonly":false,"value":"{{Secret}}"}]}"""
                : $$"""
                    {"getVariableResult":[{"attributeStatus":"Accepted","component":{"name":"C"},"variable":{"name":"Wifi{{sign}}"},"attributeValue":"{{Secret}}"}]}
                    """;
            await AnswerAsync(charger, await charger.ReadFrameAsync(), said);
        }

        var answers = await rig.Entities.UntilTold<AnswerRequest>(SecretKeys.Signs.Length); // these are journaled
        Assert.All(answers, answer => Assert.Contains("Wifi", answer.Answer.Response, StringComparison.Ordinal));
        Assert.DoesNotContain(answers, answer => answer.Answer.Response!.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(
            answers.SelectMany(answer => ((ConfigurationRead)answer.Answer.Outcome!).Items), item => item.Value is not null);
        var kept = await rig.MessagesAsync("CP1", 2 + (2 * SecretKeys.Signs.Length));
        Assert.DoesNotContain(kept, message => message.Frame.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(
            rig.Logs.From(Microsoft.Extensions.Logging.LogLevel.Debug),
            line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private static CallStation Call(string requestId) => new(1, requestId, new Restart(Hard: false), 30);

    private static async Task<RawCharger> InAsync(GatewayRig rig)
    {
        var charger = await rig.ConnectAsync();
        await charger.CallAsync("in", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        return charger;
    }

    private static Task AnswerAsync(RawCharger charger, JsonElement call, string payload) =>
        charger.SendAsync($"[3,\"{call[1].GetString()}\",{payload}]");
}
