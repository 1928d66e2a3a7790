using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>Which password a charger holds: by its answer, or by the one that it comes back with.</summary>
public sealed class RotationSpec
{
    private static readonly StationAnswer Taken =
        new(RequestState.Accepted, Outcome: new PasswordTaken(Switched: true));

    private static readonly StationAnswer FromNextStart =
        new(RequestState.Accepted, Outcome: new PasswordTaken(Switched: false));

    private static readonly StationAnswer Kept = new(RequestState.Rejected, null, "Rejected", "No.", new PasswordKept());

    private readonly World _world = new();

    public RotationSpec()
    {
        Register(profile: 1);
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void A_password_that_is_taken_is_rotated_and_effective_when_the_charger_has_come_back_with_it()
    {
        Rotate("r-1");
        Answer("r-1", Taken);
        Assert.Equal("r-1", Assert.Single(_world.Stored<CredentialRotated>()).RequestId);
        Assert.Equal(RequestState.Accepted, Standing("r-1").State);

        ComeBack("s-2", rotation: "r-1");
        Assert.Equal(RequestState.Effective, Standing("r-1").State);
        Assert.Single(_world.Stored<CredentialRotated>());
    }

    [Fact]
    public void A_password_that_is_refused_is_dropped_and_the_next_rotation_may_begin()
    {
        Rotate("r-1");
        Answer("r-1", Kept);

        Assert.Equal("No.", Assert.Single(_world.Stored<CredentialRotationDropped>()).Why);
        Assert.IsType<RequestStanding>(Rotate("r-2"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_an_answer_the_password_that_it_comes_back_with_decides(bool withTheNewOne)
    {
        Rotate("r-1");
        _world.Send(new CloseSession(Cp1, 1, "the connection was lost", Noon));
        Assert.Equal(RequestState.TimedOut, Standing("r-1").State);
        Assert.Equal("r-1", _world.ChargePoint(Cp1).Rotation);

        ComeBack("s-2", withTheNewOne ? "r-1" : null);

        Assert.Equal(withTheNewOne ? 1 : 0, _world.Stored<CredentialRotated>().Length);
        Assert.Equal(withTheNewOne ? 0 : 1, _world.Stored<CredentialRotationDropped>().Length);
        Assert.Equal(withTheNewOne ? RequestState.Effective : RequestState.NoEffect, Standing("r-1").State);
        Assert.Null(_world.ChargePoint(Cp1).Rotation);
    }

    [Fact]
    public void A_charger_that_comes_back_before_its_answer_is_told_has_decided_too()
    {
        Rotate("r-1");
        ComeBack("s-2", rotation: "r-1"); // replaces the session that has the answer
        Answer("r-1", Taken);

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
        Assert.Single(_world.Stored<CredentialRotated>());
    }

    [Fact]
    public void A_password_that_holds_from_the_next_start_on_is_undecided_until_then()
    {
        Rotate("r-1");
        Answer("r-1", FromNextStart);
        Assert.Empty(_world.Stored<CredentialRotated>());

        ComeBack("s-2", rotation: null); // not started yet: the old one, so that one counts
        Assert.Equal(RequestState.NoEffect, Standing("r-1").State);
        Assert.Contains("password of before", Standing("r-1").Answer!.ErrorDescription, StringComparison.Ordinal);
    }

    [Fact]
    public void While_one_is_undecided_there_is_no_other()
    {
        Rotate("r-1");
        Assert.False(Assert.IsType<Reply.Refused>(Rotate("r-2")).Wrong);
        _world.Send(new CloseSession(Cp1, 1, "the connection was lost", Noon));
        Assert.IsType<Reply.Refused>(Rotate("r-3", queueMinutes: 60));

        ComeBack("s-2", rotation: null);
        Assert.IsType<RequestStanding>(Rotate("r-4"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Who_has_no_password_has_none_to_rotate(int profile)
    {
        Register(profile);
        Assert.True(Assert.IsType<Reply.Refused>(Rotate("r-1")).Wrong);
    }

    [Fact]
    public void A_rotation_that_nobody_heard_of_is_history_when_the_charger_comes_with_its_password()
    {
        ComeBack("s-2", rotation: "r-lost");
        ComeBack("s-3", rotation: "r-lost");
        Assert.Equal("r-lost", Assert.Single(_world.Stored<CredentialRotated>()).RequestId);
    }

    [Fact]
    public void A_charger_that_comes_with_a_certificate_decides_nothing()
    {
        Rotate("r-1");
        _world.Send(Open(Cp1, "s-2", minute: 2) with { SecurityProfile = 3 });
        Assert.Equal("r-1", _world.ChargePoint(Cp1).Rotation);
        Assert.Empty(_world.Stored<CredentialRotationDropped>());
    }

    [Fact]
    public void The_text_of_a_wish_shows_no_password()
    {
        var secret = new Secret(Enumerable.Range(1, Secret.Length).Select(n => (byte)n).ToArray());
        Assert.DoesNotContain(secret.Hex, $"{RotatePassword.Giving(secret)}", StringComparison.OrdinalIgnoreCase);
    }

    private void Register(int profile) => _world.Send(new RegisterChargePoint(
        Cp1, null, profile, 0, Registration.Accepted, UnknownTokens.Refuse, "maria", Noon));

    private Reply? Rotate(string requestId, int? queueMinutes = null) =>
        _world.Send(Ask(Cp1, requestId, queueMinutes) with { Request = new RotatePassword() });

    private void Answer(string requestId, StationAnswer answer) =>
        _world.Send(new AnswerRequest(Cp1, Standing(requestId).Epoch, requestId, answer, Noon.AddMinutes(1)));

    private void ComeBack(string session, string? rotation)
    {
        _world.Send(Open(Cp1, session, minute: 2) with { Rotation = rotation });
        _world.Send(Boot(Cp1, _world.ChargePoint(Cp1).LastEpoch));
    }

    private TrackedRequest Standing(string requestId) =>
        _world.ChargePoint(Cp1).Asked.Single(request => request.RequestId == requestId);
}
