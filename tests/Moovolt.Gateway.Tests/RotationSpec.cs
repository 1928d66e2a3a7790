using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Doors;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>A new password is made where it is sent, kept before it leaves, and switched to before its answer is told.</summary>
public sealed class RotationSpec
{
    private static readonly ChargePointId Id = new("CP1");
    private static readonly byte[] Old = Encoding.UTF8.GetBytes("a-password-of-24-letters");

    [Fact]
    public async Task What_is_kept_of_it_is_stored_before_it_is_sent_and_the_door_is_switched_before_the_answer_is_told()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 30));
        var call = await charger.ReadFrameAsync();
        var given = Given(call);

        var pending = (await rig.Credentials.FindAsync(Id, default))!;
        Assert.Equal((1, "r-1"), (pending.Version, pending.Pending!.Rotation));
        Assert.True(CredentialHash.VerifyPending(pending.Pending, given));

        Credential? whenTold = null;
        rig.Entities.Answers = command =>
        {
            if (command is AnswerRequest) whenTold = rig.Credentials.FindAsync(Id, default).Result;
            return null;
        };
        await AnswerAsync(charger, call, """{"status":"Accepted"}""");
        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>());
        Assert.Equal((RequestState.Accepted, new PasswordTaken(Switched: true)), (answer.Answer.State, answer.Answer.Outcome));
        Assert.Equal("r-1", whenTold!.RotatedBy);
        Assert.Equal((101, 401), (await StatusAsync(rig, given), await StatusAsync(rig, Old)));
        Assert.Equal("r-1", (await rig.Entities.UntilTold<OpenSession>(2))[1].Rotation);
    }

    [Theory]
    [InlineData("""{"status":"Rejected"}""")]
    [InlineData("""{"status":"NotSupported"}""")]
    public async Task A_no_leaves_the_old_one_as_it_was(string no)
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 30));
        var call = await charger.ReadFrameAsync();
        await AnswerAsync(charger, call, no);

        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>()).Answer;
        Assert.Equal((RequestState.Rejected, new PasswordKept()), (answer.State, answer.Outcome));
        Assert.Equal((401, 101), (await StatusAsync(rig, Given(call)), await StatusAsync(rig, Old)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_an_answer_both_are_accepted_until_the_first_one_that_is_used(bool theNewOne)
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 1));
        var given = Given(await charger.ReadFrameAsync());
        Assert.Equal(RequestState.TimedOut, Assert.Single(await rig.Entities.UntilTold<AnswerRequest>()).Answer.State);

        var (used, other) = theNewOne ? (given, Old) : (Old, given);
        Assert.Equal(
            (101, 401, 101), (await StatusAsync(rig, used), await StatusAsync(rig, other), await StatusAsync(rig, used)));
    }

    [Fact]
    public async Task A_late_yes_switches_the_door_too()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 1));
        var call = await charger.ReadFrameAsync();
        await rig.Entities.UntilTold<AnswerRequest>();
        await AnswerAsync(charger, call, """{"status":"Accepted"}""");

        Assert.Equal(RequestState.Accepted, (await rig.Entities.UntilTold<AnswerRequest>(2))[1].Answer.State);
        Assert.Equal(401, await StatusAsync(rig, Old));
    }

    // Who may open no more files is told so by the socket, and not in the words of a database's driver.
    [Theory]
    [InlineData(typeof(SocketException))]
    [InlineData(typeof(TimeoutException))]
    public async Task A_database_that_is_away_for_a_moment_leaves_nothing_undecided(Type away)
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 30));
        var call = await charger.ReadFrameAsync();
        rig.Doors.Fail(times: 2, () => (Exception)Activator.CreateInstance(away)!); // both have such a constructor
        await AnswerAsync(charger, call, """{"status":"Accepted"}""");

        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>()).Answer;
        Assert.Equal(new PasswordTaken(Switched: true), answer.Outcome);
        Assert.Equal("r-1", (await rig.Credentials.FindAsync(Id, default))!.RotatedBy);
    }

    [Fact]
    public async Task A_wrong_user_name_decides_nothing()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 30));
        var given = Given(await charger.ReadFrameAsync());
        await using var stranger = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("another", given));

        Assert.Equal(401, stranger.Status);
        Assert.NotNull((await rig.Credentials.FindAsync(Id, default))!.Pending);
    }

    [Fact]
    public async Task A_second_one_is_not_sent_while_the_charger_may_hold_the_first()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        await rig.Credentials.ProposeAsync(Id, "r-0", "0123456789abcdef"u8.ToArray(), default);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 30));

        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>()).Answer;
        Assert.Equal((RequestState.Failed, "rotationPending"), (answer.State, answer.ErrorCode));
        Assert.Equal("r-0", (await rig.Credentials.FindAsync(Id, default))!.Pending!.Rotation);
        rig.Entities.Deliver(new CallStation(1, "next", new Restart(Hard: false), 30));
        Assert.Equal("Reset", (await charger.ReadFrameAsync())[2].GetString()); // nothing was sent before
    }

    [Fact]
    public async Task A_charger_that_repeats_what_it_was_given_gives_it_away_to_nobody()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await using var charger = await InAsync(rig);
        rig.Entities.Deliver(new CallStation(1, "r-1", new RotatePassword(), 30));
        var call = await charger.ReadFrameAsync();
        var hex = call[3].GetProperty("value").GetString()!;
        var echo = $$"""[4,"{{call[1].GetString()}}","InternalError","cannot keep {{hex.ToUpperInvariant()}}",{}]""";
        await charger.SendAsync(echo);

        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>()).Answer;
        Assert.Equal((RequestState.Failed, "cannot keep ***", null), (answer.State, answer.ErrorDescription, answer.Outcome));
        var kept = await rig.MessagesAsync("CP1", 4); // a heartbeat and a call, each with its answer
        Assert.DoesNotContain(kept, message => message.Frame.Contains(hex, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            rig.Logs.From(LogLevel.Debug), line => line.Contains(hex, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<RawCharger> InAsync(GatewayRig rig)
    {
        await rig.RegisterAsync("CP1", 1, Old);
        var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Old));
        await charger.CallAsync("in", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        return charger;
    }

    private static async Task<int> StatusAsync(GatewayRig rig, byte[] password)
    {
        await using var charger = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", password));
        return charger.Status;
    }

    private static byte[] Given(JsonElement call)
    {
        Assert.Equal("ChangeConfiguration", call[2].GetString());
        Assert.Equal("AuthorizationKey", call[3].GetProperty("key").GetString());
        return Convert.FromHexString(call[3].GetProperty("value").GetString()!);
    }

    private static Task AnswerAsync(RawCharger charger, JsonElement call, string payload) =>
        charger.SendAsync($"[3,\"{call[1].GetString()}\",{payload}]");
}
