using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>The tokens that a charger may judge by itself are kept in step (OCPP 1.6, 5.10 and 5.15).</summary>
public sealed class LocalListSpec
{
    private readonly World _world = new();

    public LocalListSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void A_list_that_was_accepted_is_what_the_charger_holds_and_the_next_version_is_greater()
    {
        Send(ListUpdate.Auto, All("A", "B"));
        Assert.Equal("Full 1: A B", Asked());
        Assert.False(List.InStep);
        Assert.Empty(List.Entries); // asked is not accepted

        Take();
        Assert.Equal((1, true, "A B"), (List.Version, List.InStep, Tokens(List.Entries)));

        Send(ListUpdate.Full, All("C"));
        Assert.Equal("Full 2: C", Asked());
        Take();
        Assert.Equal("C", Tokens(List.Entries));
    }

    [Fact]
    public void A_charger_in_step_gets_the_difference()
    {
        Send(ListUpdate.Auto, All("A", "B"));
        Take();
        Send(ListUpdate.Auto, All("B", "C"));
        Assert.Equal("Differential 2: A- C", Asked());
        Take();
        Assert.Equal((2, true, "B C"), (List.Version, List.InStep, Tokens(List.Entries)));

        var no = Assert.IsType<Reply.Refused>(Try(ListUpdate.Auto, All("C", "B")));
        Assert.Contains("already, as version 2", no.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_which_nobody_knows_whether_it_came_is_sent_in_full_the_next_time()
    {
        Send(ListUpdate.Auto, All("A"));
        Take();
        Send(ListUpdate.Auto, All("A", "B"));
        Answer(StationAnswer.Unknown("noAnswer", "Nobody answered."));
        Assert.Equal((false, "A"), (List.InStep, Tokens(List.Entries)));

        Send(ListUpdate.Auto, All("A", "B"));
        Assert.Equal("Full 3: A B", Asked());
    }

    [Fact]
    public void Changes_are_sent_as_they_were_given_and_a_token_that_is_none_goes()
    {
        Send(ListUpdate.Auto, All("A", "B"));
        Take();
        Send(new SendLocalList(ListUpdate.Differential, [Entry("C"), new LocalListEntry("A", null)], []));
        Assert.Equal("Differential 2: C A-", Asked());
        Take();
        Assert.Equal((true, "B C"), (List.InStep, Tokens(List.Entries)));
    }

    [Fact]
    public void A_long_list_goes_in_parts_that_the_charger_takes_each_with_its_own_version()
    {
        Configured((ChargerLimit.LocalListTokensAtOnce, "2"));
        Send(ListUpdate.Full, All("A", "B", "C", "D", "E"));
        Assert.Equal("Full 1: A B", Asked());
        Take();
        Assert.Equal("Differential 2: C D", Asked());
        Assert.False(List.InStep);
        Take();
        Assert.Equal("Differential 3: E", Asked());
        Take();

        Assert.Equal((3, true, "A B C D E"), (List.Version, List.InStep, Tokens(List.Entries)));
        Assert.Equal(4, _world.Stored<StationRequested>().Length); // the configuration's, and these three
    }

    [Fact]
    public void A_list_that_the_charger_cannot_hold_is_refused_in_words()
    {
        Configured((ChargerLimit.LocalListTokens, "2"));
        var no = Assert.IsType<Reply.Refused>(Try(ListUpdate.Full, All("A", "B", "C")));
        Assert.True(no.Wrong);
        Assert.Contains("holds at most 2", no.Reason, StringComparison.Ordinal);

        Configured((ChargerLimit.LocalListEnabled, "false"));
        Assert.Contains("switched off", Assert.IsType<Reply.Refused>(Try(ListUpdate.Full, All("A"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_list_is_on_its_way_at_a_time()
    {
        Send(ListUpdate.Full, All("A"));
        Assert.Contains("on its way", Assert.IsType<Reply.Refused>(Try(ListUpdate.Full, All("B"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_followed_from_the_one_that_says_so_to_the_next_that_says_otherwise()
    {
        Send(new SendLocalList(ListUpdate.Auto, [], All("A", "B"), Follows: ListFollowing.Named));
        Take();
        Assert.Equal((ListFollowing.Named, true), (List.Follows, List.InStep));

        Send(ListUpdate.Auto, All("A")); // says nothing of it
        Take();
        Assert.Equal(ListFollowing.Named, List.Follows);
        Assert.IsType<Reply.Refused>(Try(new SendLocalList(ListUpdate.Auto, [], All("A"), Follows: ListFollowing.Named)));

        Send(new SendLocalList(ListUpdate.Auto, [], All("A"), Follows: ListFollowing.Nothing)); // the same list
        Assert.Equal("Differential 3: ", Asked());
        Take();
        Assert.Equal((ListFollowing.Nothing, true, "A"), (List.Follows, List.InStep, Tokens(List.Entries)));
    }

    [Fact]
    public void A_list_is_not_sent_anew_while_one_is_on_its_way()
    {
        Send(ListUpdate.Auto, All("A"));
        var resend = new ReadLocalListVersion(Resend: true);
        Assert.Contains("on its way", Assert.IsType<Reply.Refused>(Try(resend)).Reason, StringComparison.Ordinal);

        Take();
        Assert.Contains("that it shall", Assert.IsType<Reply.Refused>(Try(resend)).Reason, StringComparison.Ordinal);

        Send(ListUpdate.Auto, All("B"));
        Answer(StationAnswer.Unknown("noAnswer", "Nobody answered."));
        Assert.IsNotType<Reply.Refused>(Try(resend));
    }

    [Fact]
    public void A_charger_that_holds_another_version_is_asked_for_it_and_gets_all_of_it_once()
    {
        Send(ListUpdate.Auto, All("A", "B"));
        Refuse(versionMismatch: true);
        Assert.IsType<ReadLocalListVersion>(_world.Stored<StationRequested>()[^1].Request);
        Answer(new StationAnswer(RequestState.Accepted, Outcome: new LocalListVersionRead(41)));
        Assert.Equal("Full 42: A B", Asked());
        Assert.Equal("moovolt", _world.Stored<StationRequested>()[^1].RequestedBy);

        var before = _world.Stored<StationRequested>().Length;
        Refuse(versionMismatch: true);
        Assert.Equal(before, _world.Stored<StationRequested>().Length); // not for ever
        Assert.False(List.InStep);
    }

    [Fact]
    public void Changes_that_could_not_be_stored_are_followed_by_all_of_it_and_a_full_list_is_not()
    {
        Send(ListUpdate.Full, All("A"));
        Refuse(versionMismatch: false);
        Assert.Single(_world.Stored<StationRequested>());

        Send(ListUpdate.Full, All("A"));
        Take();
        Send(ListUpdate.Auto, All("A", "B"));
        Refuse(versionMismatch: false);
        Answer(new StationAnswer(RequestState.Accepted, Outcome: new LocalListVersionRead(2)));
        Assert.Equal("Full 4: A B", Asked());
        Take();
        Assert.True(List.InStep);
    }

    [Fact]
    public void The_version_that_a_charger_says_is_believed()
    {
        Send(ListUpdate.Full, All("A"));
        Take();
        Read(1);
        Assert.True(List.InStep);
        Read(7);
        Assert.Equal((7, false), (List.Version, List.InStep));
        Read(0);
        Assert.Equal((0, false, ""), (List.Version, List.InStep, Tokens(List.Entries)));
        Read(-1);
        Assert.Contains("no local list", Assert.IsType<Reply.Refused>(Try(ListUpdate.Full, All("A"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_was_sent_by_hand_is_the_one_that_is_kept_in_step()
    {
        Send(ListUpdate.Full, All("A"));
        Take();
        Send(new RawCall("SendLocalList", "{}"));
        Answer(new StationAnswer(RequestState.Accepted, Outcome: new LocalListAccepted(9, true, [Entry("Z")])));
        Assert.Equal((9, true, "Z"), (List.Version, List.InStep, Tokens(List.Entries)));

        Send(ListUpdate.Auto, All("Y", "Z"));
        Assert.Equal("Differential 10: Y", Asked());
    }

    private LocalList List => _world.ChargePoint(Cp1).LocalList;

    private StationRequested Last => _world.Stored<StationRequested>()[^1];

    private static LocalListEntry Entry(string token) => new(token, AuthorizationStatus.Accepted);

    private static ImmutableArray<LocalListEntry> All(params string[] tokens) => [.. tokens.Select(Entry)];

    private static string Tokens(IEnumerable<LocalListEntry> entries) =>
        string.Join(' ', entries.Select(entry => entry.Token + (entry.Status is null ? "-" : "")));

    private string Asked()
    {
        var wish = Assert.IsType<SendLocalList>(Last.Request);
        return $"{wish.Update} {wish.Version}: {Tokens(wish.Entries)}";
    }

    private Reply? Try(ListUpdate update, ImmutableArray<LocalListEntry> whole) => Try(new SendLocalList(update, [], whole));

    private Reply? Try(StationRequest wish) => _world.Send(
        new RequestStation(Cp1, $"r-{_world.Journal.Count}", wish, "maria", 30, null, Noon));

    private void Send(ListUpdate update, ImmutableArray<LocalListEntry> whole) => Send(new SendLocalList(update, [], whole));

    private void Send(StationRequest wish) => Assert.IsType<RequestStanding>(Try(wish));

    private void Take()
    {
        var wish = (SendLocalList)Last.Request;
        Answer(new StationAnswer(
            RequestState.Accepted, Outcome: new LocalListAccepted(wish.Version, wish.Update == ListUpdate.Full, wish.Entries)));
    }

    private void Refuse(bool versionMismatch) => Answer(new StationAnswer(
        RequestState.Rejected, null, "VersionMismatch", null, new LocalListRefused(versionMismatch)));

    private void Read(int version)
    {
        Send(new ReadLocalListVersion());
        Answer(new StationAnswer(RequestState.Accepted, Outcome: new LocalListVersionRead(version)));
    }

    private void Configured(params (ChargerLimit Limit, string Value)[] items)
    {
        Send(new ReadConfiguration([]));
        Answer(new StationAnswer(RequestState.Accepted, Outcome: new ConfigurationRead(
            [.. items.Select(item => ConfigurationItem.Of($"Its{item.Limit}", item.Value, limit: item.Limit))], [])));
    }

    private void Answer(StationAnswer answer) => _world.Send(new AnswerRequest(Cp1, 1, Last.RequestId, answer, Noon));
}
