using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Gateway.Sessions;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class RegistrationSpec
{
    private const string Hasty = "dev = on, retry-after = 100ms, answer-patience = 900ms, put-off-for = 500ms, close-timeout = 1500ms";

    [Fact]
    public async Task Frames_wait_for_the_session_and_are_answered_in_order_once_it_is_there()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms");
        rig.Entities.Answers = command => command is OpenSession ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();
        for (var n = 0; n < 5; n++) await charger.CallAsync($"{n}", "Heartbeat", "{}");
        Assert.True(await charger.IsSilentAsync(TimeSpan.FromMilliseconds(300)));

        rig.Entities.Answers = _ => null;
        for (var n = 0; n < 5; n++) Assert.Equal($"{n}", (await charger.ReadFrameAsync())[1].GetString());
    }

    [Fact]
    public async Task A_session_that_cannot_be_registered_tells_again_and_then_closes_with_1013()
    {
        await using var rig = await GatewayRig.StartAsync(Hasty);
        rig.Entities.Answers = _ => FakeEntities.Nothing;
        await using var charger = await rig.ConnectAsync();

        Assert.Equal(1013, await charger.ReadCloseAsync());
        var told = rig.Entities.Told.Where(request => request.Command is OpenSession).ToArray();
        Assert.InRange(told.Length, 4, 6); // at once, after 100, 200, 400, 800 ms
        Assert.Single(told.Select(request => request.Ticket).Distinct());
        Assert.Single(told.Select(request => ((OpenSession)request.Command).Session).Distinct());
    }

    [Fact]
    public async Task A_flood_before_the_session_is_there_is_not_read_beyond_its_bounds()
    {
        await using var rig = await GatewayRig.StartAsync(
            "dev = on, retry-after = 100ms, waiting-frames = 4, calls-per-second = 0");
        rig.Entities.Answers = command => command is OpenSession ? FakeEntities.Nothing : null;
        await using var charger = await rig.ConnectAsync();
        for (var n = 0; n < 20; n++) await charger.CallAsync($"{n}", "Heartbeat", "{}");
        await Task.Delay(300);
        Assert.InRange((await rig.MessagesAsync("CP1", 4)).Count, 4, 5);

        rig.Entities.Answers = _ => null;
        for (var n = 0; n < 20; n++) Assert.Equal($"{n}", (await charger.ReadFrameAsync())[1].GetString());
    }

    [Fact]
    public async Task A_session_registers_again_and_again_under_its_epoch()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, register-again = 200ms");
        await using var charger = await rig.ConnectAsync();

        var told = await rig.Entities.UntilTold<OpenSession>(3);
        Assert.Equal([0L, 1L, 1L], told.Take(3).Select(open => open.Epoch));
        Assert.Single(told.Select(open => open.Session).Distinct());
    }

    [Fact]
    public async Task When_its_entity_has_moved_a_session_registers_at_once()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        rig.Entities.Move();

        var told = await rig.Entities.UntilTold<OpenSession>(2).WaitAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(1L, told[1].Epoch);
        rig.Entities.Move();
        await rig.Entities.UntilTold<OpenSession>(3).WaitAsync(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(SessionEnd.Replaced)]
    [InlineData(SessionEnd.Retired)]
    public async Task A_fenced_session_closes_with_1008_and_says_no_goodbye(string reason)
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, close-timeout = 1500ms");
        rig.Entities.Answers = command => command is OpenSession ? new Fenced(reason) : null;
        await using var charger = await rig.ConnectAsync();

        Assert.Equal(1008, await charger.ReadCloseAsync());
        await charger.CloseAsync(1008);
        await Task.Delay(200);
        Assert.Empty(rig.Entities.ToldOf<CloseSession>());
    }

    [Fact]
    [Trait("sec", "SEC-22")]
    public async Task A_displaced_session_closes_with_1008_and_another_ones_epoch_does_not_touch_it()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, close-timeout = 1500ms");
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.ReadTextAsync();

        rig.Entities.Deliver(new CloseSocket(99, SessionEnd.Replaced));
        await charger.CallAsync("2", "Heartbeat", "{}");
        Assert.Equal("2", (await charger.ReadFrameAsync())[1].GetString());

        rig.Entities.Deliver(new CloseSocket(1, SessionEnd.Replaced));
        Assert.Equal(1008, await charger.ReadCloseAsync());
        Assert.Equal(0, await charger.ReadCloseAsync().WaitAsync(TimeSpan.FromSeconds(4))); // it did not answer: cut
        Assert.Empty(rig.Entities.ToldOf<CloseSession>());
    }

    [Fact]
    public async Task A_session_whose_password_was_changed_says_goodbye_with_that_reason()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        rig.Entities.Deliver(new CloseSocket(1, SessionEnd.CredentialChanged));

        Assert.Equal(1008, await charger.ReadCloseAsync());
        await charger.CloseAsync(1008);
        Assert.Equal(SessionEnd.CredentialChanged, Assert.Single(await rig.Entities.UntilTold<CloseSession>()).Reason);
    }

    [Fact]
    public async Task A_goodbye_is_said_until_somebody_hears_it()
    {
        FakeEntities? fake = null;
        using var gateway = new VirtualGateway(system => (fake = new FakeEntities(system)).Door);
        var entities = fake ?? throw new InvalidOperationException("The gateway asked for no entities.");
        entities.Answers = command => command is CloseSession ? FakeEntities.Nothing : null;
        var charger = gateway.Connect("CP1");
        charger.Call("in", "Heartbeat", "{}");
        await VirtualGateway.UntilAsync(() => charger.AnswersTo("in").Count == 1); // it is registered
        charger.Session.Tell(new SessionActor.Ended("the connection was lost"));

        await gateway.PassAsync(120); // an outage of the journal
        Assert.InRange(entities.ToldOf<CloseSession>().Count, 15, 18);
        entities.Answers = _ => null;
        await gateway.PassAsync(20);
        var said = entities.ToldOf<CloseSession>().Count;
        await gateway.PassAsync(60);
        Assert.Equal(said, entities.ToldOf<CloseSession>().Count);
    }

    [Fact]
    public async Task A_socket_that_is_gone_before_its_session_was_there_takes_back_what_it_said_and_never_says_it_again()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms");
        rig.Entities.Answers = command => command is OpenSession or WithdrawSession ? FakeEntities.Nothing : null;
        var charger = await rig.ConnectAsync();
        await rig.Entities.UntilTold<OpenSession>();
        await charger.DisposeAsync();
        await rig.Entities.UntilTold<WithdrawSession>();
        var said = rig.Entities.ToldOf<OpenSession>();
        await rig.Entities.UntilTold<WithdrawSession>(4); // until it is heard
        rig.Entities.Answers = _ => null;

        Assert.Equal(said.Count, rig.Entities.ToldOf<OpenSession>().Count);
        Assert.Equal(said[0].Session, rig.Entities.ToldOf<WithdrawSession>()[0].Session);
        Assert.Empty(rig.Entities.ToldOf<CloseSession>());
    }

    [Fact]
    public async Task A_session_that_a_bug_strikes_closes_its_socket_and_says_goodbye()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, retry-after = 100ms");
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        rig.Entities.Deliver(new CallStation(1, "one", new Restart(Hard: false), 30));
        await charger.ReadTextAsync();
        rig.Entities.Answers = command => command is CloseSession ? FakeEntities.Nothing : null;
        rig.Entities.Session.Tell(new Rotating.Settled("one", null!)); // as a bug would have it

        Assert.Equal(1001, await charger.ReadCloseAsync());
        await charger.CloseAsync(1001);
        var goodbyes = await rig.Entities.UntilTold<CloseSession>(2); // until it is heard
        Assert.All(goodbyes, goodbye => Assert.Equal(1L, goodbye.Epoch));
    }

    [Fact]
    [Trait("sec", "SEC-23")]
    public async Task An_identity_that_is_fought_for_waits_before_its_next_socket()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, flapping-displacements = 1, close-timeout = 1500ms");
        for (var swap = 0; swap < 2; swap++)
        {
            await using var charger = await rig.ConnectAsync();
            await charger.CallAsync("1", "Heartbeat", "{}");
            await charger.ReadTextAsync();
            rig.Entities.Deliver(new CloseSocket(swap + 1, SessionEnd.Replaced));
            await charger.ReadCloseAsync();
        }

        var began = TimeProvider.System.GetTimestamp();
        await using var late = await rig.ConnectAsync();
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(900));
        await using var other = await rig.ConnectAsync("CP2").WaitAsync(TimeSpan.FromMilliseconds(900));
    }
}
