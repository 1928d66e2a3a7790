using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.LocalLists;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see of a charger's local list.</summary>
[Collection(BackendsCollection.Name)]
public sealed class LocalListSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly DateTimeOffset Noon = Stage.Noon;

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_was_accepted_is_shown_and_in_step_is_said_when_all_of_it_was(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        Assert.Equal("none False: ", await ShownAsync(stage));

        await AskAsync(stage, "r-1", new ReadConfiguration([]));
        await AnswerAsync(stage, "r-1", new ConfigurationRead([ConfigurationItem.Of("SendLocalListMaxLength", "2", limit: ChargerLimit.LocalListTokensAtOnce)], []));
        await AskAsync(stage, "r-2", new SendLocalList(ListUpdate.Full, [], [Entry("A"), Entry("B"), Entry("C")]));
        Assert.Equal("none False: ", await ShownAsync(stage)); // asked is not accepted

        await TakeAsync(stage);
        Assert.Equal("1 False: A B", await ShownAsync(stage)); // the rest is on its way
        await TakeAsync(stage);
        Assert.Equal("2 True: A B C", await ShownAsync(stage));

        await AskAsync(stage, "r-3", new SendLocalList(ListUpdate.Auto, [], [Entry("B"), Entry("C")]));
        Assert.Equal("2 False: A B C", await ShownAsync(stage));
        await TakeAsync(stage);
        Assert.Equal("3 True: B C", await ShownAsync(stage));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_a_charger_says_of_its_version_is_believed(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AskAsync(stage, "r-1", new SendLocalList(ListUpdate.Full, [], [Entry("A") with { ExpiresAt = Noon, Parent = "P" }]));
        await TakeAsync(stage);
        var item = Assert.Single((await stage.LocalLists.FindAsync(Id, default)).Items);
        Assert.Equal(("A", "accepted", Noon, "P"), (item.Token, item.Status, item.ExpiresAt, item.Parent));

        await ReadAsync(stage, "r-2", 1);
        Assert.Equal("1 True: A", await ShownAsync(stage));
        await ReadAsync(stage, "r-3", 5);
        Assert.Equal("5 False: A", await ShownAsync(stage));
        await ReadAsync(stage, "r-4", 0);
        Assert.Equal("0 False: ", await ShownAsync(stage));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Whose_list_is_to_be_looked_at_when_a_token_has_changed_is_known(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AskAsync(stage, "r-1", new SendLocalList(ListUpdate.Full, [], [Entry("A")]));
        await TakeAsync(stage);
        Assert.Empty(await stage.LocalLists.ManagedAsync(default));

        await AskAsync(stage, "r-2", new SendLocalList(ListUpdate.Full, [], [Entry("A")], Follows: ListFollowing.Named));
        await TakeAsync(stage);
        Assert.Equal(ListFollowing.Named, (await stage.LocalLists.FindAsync(Id, default)).Follows);
        Assert.Equal([Id], await stage.LocalLists.ManagedAsync(default));
        Assert.Equal([Id], await stage.LocalLists.ManagedAsync([new TokenId("a"), new TokenId("X")], default));
        Assert.Empty(await stage.LocalLists.ManagedAsync([new TokenId("X")], default));

        await AskAsync(stage, "r-3", new SendLocalList(ListUpdate.Full, [], [Entry("A")], Follows: ListFollowing.All));
        Assert.Equal([Id], await stage.LocalLists.ManagedAsync([new TokenId("X")], default));

        await stage.TellAsync(new RetireChargePoint(Id, "ana", Noon));
        Assert.Empty(await stage.LocalLists.ManagedAsync(default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task How_many_tokens_are_too_long_for_a_list_and_what_its_charger_speaks_is_known(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        var tokens = new ListedTokens(stage.Tokens);
        foreach (var (name, blocked, until) in new (string, bool, DateTimeOffset?)[]
        {
            ("Twenty-characters-it", false, null), ("Twenty-one-characters", false, null), ("Until-it-is-one-o'clock", false, Noon.AddHours(1)),
            ("Blocked-for-good-reasons", true, null),
        })
        {
            await stage.TellAsync(new DefineToken(new TokenId(name), blocked, until, new string('G', 21), null, null, "ana", Noon));
        }

        Assert.Equal(2, await tokens.LeftOutAsync(20, Noon, default));
        Assert.Equal(1, await tokens.LeftOutAsync(20, Noon.AddHours(1), default));
        Assert.Equal(0, await tokens.LeftOutAsync(255, Noon, default));
        var entry = Assert.Single(await tokens.AllAsync(20, Noon, default));
        Assert.Equal(("TWENTY-CHARACTERS-IT", null), (entry.Token, entry.Parent));
        Assert.Equal(new string('G', 21), (await tokens.AllAsync(21, Noon, default)).Last().Parent);

        await AskAsync(stage, "r-1", new SendLocalList(ListUpdate.Full, [], [Entry("A")]));
        Assert.Equal("ocpp1.6", (await stage.LocalLists.FindAsync(Id, default)).Protocol);
    }

    private static LocalListEntry Entry(string token) => new(token, AuthorizationStatus.Accepted);

    private static async Task<string> ShownAsync(Stage stage)
    {
        var list = await stage.LocalLists.FindAsync(Id, default);
        return $"{list.Version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} {list.InStep}: "
            + string.Join(' ', list.Items.Select(row => row.Token));
    }

    private static async Task ReadAsync(Stage stage, string id, int version)
    {
        await AskAsync(stage, id, new ReadLocalListVersion());
        await AnswerAsync(stage, id, new LocalListVersionRead(version));
    }

    private static async Task TakeAsync(Stage stage)
    {
        var asked = stage.Entities.Journal.Select(entry => entry.Event).OfType<StationRequested>().Last();
        var wish = (SendLocalList)asked.Request;
        await AnswerAsync(stage, asked.RequestId, new LocalListAccepted(wish.Version, wish.Update == ListUpdate.Full, wish.Entries));
    }

    private static Task<Reply?> AskAsync(Stage stage, string id, StationRequest wish) =>
        stage.TellAsync(new RequestStation(Id, id, wish, "ana", 30, null, Noon));

    private static Task<Reply?> AnswerAsync(Stage stage, string id, Outcome outcome) => stage.TellAsync(
        new AnswerRequest(Id, 1, id, new StationAnswer(RequestState.Accepted, "{}", Outcome: outcome), Noon));

    private async Task<Stage> OpenAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 0, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Noon));
        return stage;
    }
}
