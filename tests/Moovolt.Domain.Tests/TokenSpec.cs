using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class TokenSpec
{
    private static readonly TokenId Tag = new("tag");
    private readonly World _world = new();

    [Fact]
    public void A_token_is_the_same_in_whatever_case_it_is_written()
    {
        _world.Send(Define("TaG"));
        Assert.Equal(AuthorizationStatus.Accepted, Judge().Status);
    }

    [Fact]
    public void A_token_that_nobody_told_us_of_is_unknown_and_the_rule_of_the_charge_point_decides()
    {
        Assert.Equal(AuthorizationStatus.Unknown, Judge().Status);
        Assert.Equal(AuthorizationStatus.Invalid, Judge().Settled(UnknownTokens.Refuse).Status);
        Assert.Equal(AuthorizationStatus.Accepted, Judge().Settled(UnknownTokens.Accept).Status);
    }

    [Fact]
    public void A_blocked_token_is_blocked_and_not_invalid()
    {
        _world.Send(Define("tag", blocked: true));
        Assert.Equal(AuthorizationStatus.Blocked, Judge().Status);
    }

    [Fact]
    public void A_token_expires_at_its_time()
    {
        _world.Send(Define("tag", expiresAt: Noon));
        Assert.Equal(AuthorizationStatus.Expired, Judge().Status);
    }

    [Fact]
    public void A_token_with_a_limit_takes_no_more_places_than_it_has()
    {
        _world.Send(Define("tag", maxConcurrent: 1));

        Assert.Equal(AuthorizationStatus.Accepted, Enter("a").Status);
        Assert.Equal(AuthorizationStatus.Accepted, Enter("a").Status);
        Assert.Equal(AuthorizationStatus.ConcurrentTx, Enter("b").Status);
    }

    [Fact]
    public void A_place_of_a_start_that_was_lost_blocks_the_tag_for_no_more_than_a_minute()
    {
        _world.Send(Define("tag", maxConcurrent: 1));
        Enter("a");

        Assert.Equal(AuthorizationStatus.ConcurrentTx, Enter("b", seconds: 59).Status);
        Assert.Equal(AuthorizationStatus.Accepted, Enter("b", seconds: 60).Status);
    }

    [Fact]
    public void A_place_that_was_never_known_is_confirmed_as_free_only_by_a_write_that_a_second_entity_of_the_name_cannot_make()
    {
        var decision = Token.Decide(Token.Initial, new ReleasePlace(Tag, "a", new TransactionId(Cp1, "17"), Noon));

        Assert.IsType<ConfirmClose>(Assert.Single(decision.Notes));
        Assert.IsType<PlaceFreed>(Assert.Single(decision.Events));
    }

    [Fact]
    public void The_end_of_a_transaction_frees_its_place()
    {
        _world.Send(Define("tag", maxConcurrent: 1));
        var began = (Transactions.Began)_world.Send(Start(Cp1, 1, "TAG", 1_000, verdict: Enter("a")))!;
        Assert.Equal(AuthorizationStatus.ConcurrentTx, Enter("b", seconds: 3_600).Status);

        _world.Send(Stop(began.Id, 2_000));
        Assert.Equal(AuthorizationStatus.Accepted, Enter("b", seconds: 3_600).Status);
    }

    private Verdict Judge() => ((Judged)_world.Send(new Authorize(Tag, Noon))!).Verdict;

    private Verdict Enter(string place, int seconds = 0) =>
        ((Judged)_world.Send(new Admit(Tag, place, Noon.AddSeconds(seconds)))!).Verdict;

    [Fact]
    public void What_is_not_said_of_a_token_stays_whatever_stands_in_the_command()
    {
        _world.Send(Define("tag", maxConcurrent: 2, blocked: true, expiresAt: Noon));

        var standing = Assert.IsType<TokenStanding>(_world.Send(
            new DefineToken(Tag, false, null, null, "Ana", null, "maria", Noon, TokenMembers.Driver)));

        Assert.Equal((true, 2, "Ana"), (standing.Definition.Blocked, standing.Definition.MaxConcurrent, standing.Definition.Driver));
        Assert.Equal(Noon, standing.Definition.ExpiresAt);
        Assert.False(standing.IsNew);
        Assert.Equal(AuthorizationStatus.Blocked, Judge().Status);
    }

    [Fact]
    public void A_token_that_nobody_knew_is_new_and_what_is_not_said_of_it_is_as_usual()
    {
        var standing = Assert.IsType<TokenStanding>(_world.Send(
            new DefineToken(Tag, true, Noon, "FLEET", "Ana", 1, "maria", Noon, TokenMembers.Driver)));

        Assert.True(standing.IsNew);
        Assert.Equal(new TokenDefined(Tag, false, null, null, "Ana", null, "maria", Noon), standing.Definition);
    }

    [Fact]
    public void A_token_that_is_not_as_it_was_seen_is_neither_changed_nor_taken_away()
    {
        _world.Send(Define("tag"));
        _world.Send(new DefineToken(Tag, false, null, null, "Ana", null, "maria", Noon.AddTicks(15)));

        Assert.True(Assert.IsType<Reply.Refused>(_world.Send(Define("tag") with { SeenAt = Noon })).Changed);
        Assert.True(Assert.IsType<Reply.Refused>(_world.Send(new RemoveToken(Tag, "maria", Noon, Noon))).Changed);
        Assert.IsType<Reply.Accepted>(_world.Send(new RemoveToken(Tag, "maria", Noon, Noon.AddTicks(10)))); // as tables keep it
    }
}
