using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>Who was refused before anything began (OCPP 1.6, 4.1; 2.0.1, C01): a fact each time, and no flood.</summary>
public sealed class RefusedTokenSpec
{
    private readonly World _world = new();

    [Fact]
    public void Each_time_that_a_token_is_refused_is_a_fact()
    {
        Refuse("card", 0, AuthorizationStatus.Blocked);
        Refuse("CARD", 1, AuthorizationStatus.Expired);

        Assert.Equal(
            [("card", AuthorizationStatus.Blocked, Noon), ("CARD", AuthorizationStatus.Expired, Noon.AddMinutes(1))],
            _world.Stored<TokenRefused>().Select(refused => (refused.Token, refused.Status, refused.At)));
    }

    [Fact]
    public void Who_guesses_fills_no_journal_and_is_heard_again_ten_minutes_later()
    {
        for (var n = 0; n < 1_000; n++) Refuse($"GUESS-{n}", 0);
        Assert.Equal(32, _world.Stored<TokenRefused>().Length);

        Refuse("CARD", 9);
        Assert.Equal(32, _world.Stored<TokenRefused>().Length);
        Refuse("CARD", 10);
        Assert.Equal("CARD", _world.Stored<TokenRefused>()[^1].Token);
    }

    [Fact]
    public void A_flood_of_tokens_makes_no_news_of_what_was_heard_already()
    {
        Report("{}");
        for (var n = 0; n < 1_000; n++) Refuse($"GUESS-{n}", 1);

        Assert.Equal(new Reply.Repeated(), Report("{}", 2));
    }

    [Fact]
    public void A_start_that_was_asked_for_hears_why_it_came_to_nothing_in_the_midst_of_a_flood()
    {
        _world.Send(Open(Cp1, "s"));
        _world.Send(Boot(Cp1, 1));
        for (var n = 0; n < 100; n++) Refuse($"GUESS-{n}", 0);
        _world.Send(new RequestStation(Cp1, "r-1", new StartCharging("CARD", null), "maria", 30, null, Noon));
        _world.Send(new AnswerRequest(Cp1, 1, "r-1", new StationAnswer(RequestState.Accepted, "{}"), Noon));

        Refuse("card", 1, AuthorizationStatus.Blocked);

        Assert.Equal(
            "The charger said yes, then asked about card, and was answered Blocked.",
            Assert.Single(_world.Stored<StationRequestHindered>()).Why);
    }

    [Fact]
    public void A_text_that_is_no_token_is_kept_in_part_and_is_no_other_token_by_that()
    {
        var longest = new string('x', TokenId.MaxLength);
        foreach (var token in new[] { longest, longest + "yz", longest + "\U0001F50C" + "yz" }) Refuse(token, 0);

        Assert.Equal(
            [longest, longest + "y", longest + "\U0001F50C"], _world.Stored<TokenRefused>().Select(refused => refused.Token));
    }

    private void Refuse(string token, int minute, AuthorizationStatus status = AuthorizationStatus.Invalid) =>
        Assert.Null(_world.Send(new NoteTokenRefused(Cp1, token, status, Noon.AddMinutes(minute))));

    private Reply? Report(string payload, int minute = 0) =>
        _world.Send(new ReportNotice(Cp1, 0, "NotifyEvent", payload, Noon.AddMinutes(minute)));
}
