using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class InboundSpec
{
    private const string Boot = """{"chargePointVendor":"V","chargePointModel":"M"}""";

    private const string Start =
        """{"connectorId":1,"idTag":"TAG","meterStart":0,"timestamp":"2026-01-01T12:00:00Z"}""";

    [Fact]
    public async Task Fifty_calls_at_once_get_fifty_answers_in_order()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        for (var n = 0; n < 50; n++)
        {
            if (n % 2 == 0) await charger.CallAsync($"{n}", "Heartbeat", "{}");
            else await charger.CallAsync($"{n}", "BootNotification", Boot);
        }

        for (var n = 0; n < 50; n++)
        {
            var answer = await charger.ReadFrameAsync();
            Assert.Equal((3, $"{n}"), (answer[0].GetInt32(), answer[1].GetString()));
        }
    }

    /// <summary>What changes nothing is no event; only the session knows that it was said.</summary>
    [Fact]
    public async Task A_status_bears_the_latest_that_was_said_of_its_connector_over_this_connection()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("boot", "BootNotification", Boot);
        await charger.ReadFrameAsync();
        (int Connector, int Minute)[] said = [(1, 30), (2, 0), (1, 5), (1, 20), (1, 40), (1, 50)];
        foreach (var (connector, minute) in said)
        {
            await charger.CallAsync($"{minute}", "StatusNotification", $$"""
                {"connectorId":{{connector}},"errorCode":"NoError","status":"Available","timestamp":"2026-01-01T12:{{minute:00}}:00Z"}
                """);
            await charger.ReadFrameAsync();
        }

        var told = rig.Entities.ToldOf<ReportStatus>();
        Assert.Equal([null, null, 30, 30, 30, 40], told.Select(status => status.Latest?.ChargerAt?.Minute));
        Assert.Equal(told[0].At, told[2].Latest!.At);
    }

    [Fact]
    public async Task A_call_is_told_again_under_the_same_ticket_until_its_entity_answers()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms");
        var deaf = 2;
        rig.Entities.Answers = command => command is ReportBoot && deaf-- > 0 ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "BootNotification", Boot);

        Assert.Equal(3, (await charger.ReadFrameAsync())[0].GetInt32());
        var told = rig.Entities.Told.Where(request => request.Command is ReportBoot).ToArray();
        Assert.Equal(3, told.Length);
        Assert.Single(told.Select(request => request.Ticket).Distinct());
        Assert.True(rig.Entities.ToldOf<OpenSession>().Count > 1); // what missed its time may have moved
    }

    [Fact]
    public async Task What_nobody_answers_stays_unanswered_and_the_next_call_gets_its_turn()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms, answer-patience = 900ms, put-off-for = 500ms");
        rig.Entities.Answers = command => command is ReportBoot ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "BootNotification", Boot);
        await charger.CallAsync("2", "Heartbeat", "{}");

        Assert.Equal("2", (await charger.ReadFrameAsync())[1].GetString());
        Assert.Empty(rig.Logs.From(LogLevel.Warning));
    }

    [Fact]
    public async Task A_charger_whose_transaction_cannot_be_stored_is_sent_away_to_keep_it()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms, answer-patience = 900ms, put-off-for = 500ms");
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        rig.Gateway.Gate.Strain = Strain.Red;
        rig.Entities.Answers = _ => FakeEntities.Nothing;
        await charger.CallAsync("2", "BootNotification", Boot);
        await charger.CallAsync("3", "StartTransaction", Start);

        Assert.Equal(1013, await charger.ReadCloseAsync());
    }

    [Fact]
    public async Task Where_an_action_knows_what_to_do_without_an_answer_it_is_done_after_two_seconds()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Answers = command => command is Authorize ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();
        var began = TimeProvider.System.GetTimestamp();
        await charger.CallAsync("1", "Authorize", """{"idTag":"TAG"}""");

        var answer = await charger.ReadFrameAsync();
        Assert.Equal("Invalid", answer[2].GetProperty("idTagInfo").GetProperty("status").GetString());
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1.9, 4);
    }

    [Fact]
    public async Task A_start_goes_through_its_steps_and_its_last_entity_answers()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Answers = command => command is NumberTransaction start
            ? new Domain.Transactions.Began(new TransactionId(start.Id, "17"), start.Verdict)
            : null;
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "StartTransaction", Start);

        Assert.Equal(17, (await charger.ReadFrameAsync())[2].GetProperty("transactionId").GetInt32());
        Assert.Equal(2, rig.Entities.Told.Count(request => request.Command is Admit or NumberTransaction));
    }

    [Fact]
    public async Task A_start_with_half_a_surrogate_pair_is_answered_and_the_socket_lives_on()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        rig.Entities.Answers = command => command is NumberTransaction start
            ? new Began(new TransactionId(start.Id, "17"), start.Verdict)
            : null;
        await charger.CallAsync("start", "StartTransaction", Start.Replace("TAG", @"\ud83d", StringComparison.Ordinal));
        Assert.Equal(17, (await charger.ReadFrameAsync())[2].GetProperty("transactionId").GetInt32());

        await charger.CallAsync("next", "Heartbeat", "{}");
        Assert.Equal("next", (await charger.ReadFrameAsync())[1].GetString());
        Assert.Contains(
            await rig.MessagesAsync("CP1", 4), message => message.Frame.Contains(@"\ufffd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_under_a_ticket_that_nobody_waits_for_changes_nothing()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms");
        var deaf = true;
        rig.Entities.Answers = command => command is ReportBoot && deaf ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "BootNotification", Boot);
        await rig.Entities.UntilTold<ReportBoot>();
        rig.Entities.Session.Tell(new Answer(4711, new BootAnswered(Registration.Rejected)), rig.Entities.Entity);
        deaf = false;

        Assert.Equal("Accepted", (await charger.ReadFrameAsync())[2].GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Registration.Pending)]
    [InlineData(Registration.Rejected)]
    public async Task Before_its_boot_is_accepted_a_charger_may_only_boot(Registration? registered)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Registered = registered;
        await using var charger = await rig.ConnectAsync();

        foreach (var (action, payload) in new[] { ("Heartbeat", "{}"), ("StartTransaction", Start), ("NoSuchAction", "[]") })
        {
            await charger.CallAsync("1", action, payload);
            var refusal = await charger.ReadFrameAsync();
            Assert.Equal((4, "SecurityError", 5), (refusal[0].GetInt32(), refusal[2].GetString(), refusal.GetArrayLength()));
        }

        await charger.CallAsync("2", "BootNotification", Boot);
        Assert.Equal("Accepted", (await charger.ReadFrameAsync())[2].GetProperty("status").GetString());
        await charger.CallAsync("3", "Heartbeat", "{}");
        Assert.Equal(3, (await charger.ReadFrameAsync())[0].GetInt32());
    }

    [Theory]
    [InlineData(Registration.Pending)]
    [InlineData(Registration.Rejected)]
    public async Task A_boot_that_is_not_accepted_shuts_the_gate_again(Registration registration)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Answers = command => command is ReportBoot ? new BootAnswered(registration) : null;
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        Assert.Equal(3, (await charger.ReadFrameAsync())[0].GetInt32()); // accepted by a session before, no boot needed
        await charger.CallAsync("2", "BootNotification", Boot);
        await charger.ReadTextAsync();
        await charger.CallAsync("3", "Heartbeat", "{}");

        Assert.Equal("SecurityError", (await charger.ReadFrameAsync())[2].GetString());
    }

    [Theory]
    [InlineData("{", null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData("[2]", null)]
    [InlineData("""[2,"x","heartbeat",{}]""", "NotImplemented")]
    [InlineData("""[2,"x","Heartbeat",[]]""", "FormationViolation")]
    [InlineData("""[2,"x","Heartbeat",{]""", "FormationViolation")]
    [InlineData("""[3,"nope",{}]""", null)]
    [InlineData("""[4,"nope","InternalError","",{}]""", null)]
    [InlineData("""[7,"x",{}]""", null)]
    public async Task Nonsense_gets_its_code_or_silence_and_the_socket_lives_on(string frame, string? code)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await charger.SendAsync(frame);
        if (code is not null) Assert.Equal(code, (await charger.ReadFrameAsync())[2].GetString());
        await charger.CallAsync("after", "Heartbeat", "{}");

        Assert.Equal("after", (await charger.ReadFrameAsync())[1].GetString());
        Assert.Empty(rig.Logs.From(LogLevel.Warning));
    }

    [Fact]
    [Trait("sec", "SEC-27")]
    public async Task A_flood_is_slowed_down_and_nothing_of_it_is_dropped()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, calls-per-second = 50, calls-burst = 10");
        await using var charger = await rig.ConnectAsync();
        var began = TimeProvider.System.GetTimestamp();
        for (var n = 0; n < 60; n++) await charger.CallAsync($"{n}", "Heartbeat", "{}");
        for (var n = 0; n < 60; n++) Assert.Equal($"{n}", (await charger.ReadFrameAsync())[1].GetString());

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0.8, 3);
    }

    [Fact]
    [Trait("sec", "SEC-27")]
    public async Task A_flood_without_end_is_held_back_at_its_own_socket_and_a_neighbour_is_answered_all_the_while()
    {
        const int perSecond = 100, burst = 200, most = 4_096, asked = 150;
        await using var rig = await GatewayRig.StartAsync();
        await using var flooding = await rig.ConnectAsync("CP1");
        await using var neighbour = await rig.ConnectAsync("CP2");
        var began = TimeProvider.System.GetTimestamp();
        using var over = new CancellationTokenSource();
        var answered = 0;
        var reading = ReadAsync();
        var writing = WriteAsync();
        await rig.Limits.UntilAsync("calls");

        for (var n = 0; n < asked; n++)
        {
            await neighbour.CallAsync($"{n}", "Heartbeat", "{}");
            Assert.Equal($"{n}", (await neighbour.ReadFrameAsync())[1].GetString());
        }

        // It got what one charger may have and no more, and the rest has not even been taken from it.
        var (had, passed) = (Volatile.Read(ref answered), TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        Assert.InRange(had, 1, burst + (perSecond * passed) + 1);
        Assert.False(writing.IsCompleted, $"all of {most} times 64 KiB were taken");
        Assert.Equal(2, rig.Gateway.Sessions); // nor was it sent away
        await over.CancelAsync();
        await flooding.DisposeAsync();
        await writing;
        await reading;

        async Task WriteAsync()
        {
            var call = System.Text.Encoding.UTF8.GetBytes("""[2,"f","Heartbeat",{}]""");
            byte[] frame = [0x81, (byte)(0x80 | call.Length), 0, 0, 0, 0, .. call];
            byte[] many = [.. Enumerable.Repeat(frame, 64 * 1024 / frame.Length).SelectMany(one => one)];
            for (var written = 0; written < most && await DoneAsync(() => flooding.WriteAsync(many)); written++) { }
        }

        async Task ReadAsync()
        {
            while (await DoneAsync(async () => Assert.Equal("f", (await flooding.ReadFrameAsync())[1].GetString())))
                Interlocked.Increment(ref answered);
        }

        // False once the test is over, which cuts what is under way.
        async Task<bool> DoneAsync(Func<Task> step)
        {
            try
            {
                await step();
                return true;
            }
            catch (Exception cut) when (over.IsCancellationRequested && cut is IOException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Metrics_count_calls_by_actions_that_exist_and_name_no_charger()
    {
        await using var rig = await GatewayRig.StartAsync();
        var labels = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "moovolt_ocpp_calls") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var (name, value) in tags) labels.Add($"{name}={value}");
        });
        listener.Start();
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.CallAsync("2", "MadeUp4711", "{}");
        await charger.ReadTextAsync();
        await charger.ReadTextAsync();

        Assert.Contains("action=Heartbeat", labels);
        Assert.Contains("action=unknown", labels);
        Assert.DoesNotContain(labels, label => label.Contains("MadeUp", StringComparison.Ordinal) || label.Contains("CP1", StringComparison.Ordinal));
    }
}
