using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

public sealed class ChargePointSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private const string Password = "sixteen-or-more!";

    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task Registering_makes_it_and_doing_so_again_changes_it()
    {
        var made = await _operator.Put("charge-points/NEW-1", new { displayName = "Vaga 1" });
        var again = await _operator.Put("charge-points/NEW-1", new { displayName = "Vaga 2" });

        Assert.Equal(201, made.Status);
        Assert.Equal("/api/v1/charge-points/NEW-1", made.Response.Headers.Location?.OriginalString);
        Assert.Equal("Vaga 1", made.Text("displayName"));
        Assert.False(made["connection"]!["online"]!.GetValue<bool>());
        Assert.Equal(200, again.Status);
        Assert.Equal("Vaga 2", (await _operator.Get("charge-points/NEW-1")).Text("displayName"));
    }

    [Fact]
    public async Task What_was_written_is_what_is_read_next()
    {
        for (var i = 0; i < 20; i++)
        {
            await _operator.Put("charge-points/READ-1", new { displayName = $"name {i}" });
            Assert.Equal($"name {i}", (await _operator.Get("charge-points/READ-1")).Text("displayName"));
        }
    }

    [Fact]
    public async Task A_member_left_out_stays_and_null_clears_it()
    {
        await _operator.Put("charge-points/PART-1", new
        {
            securityProfile = 1, password = Password, displayName = "A", registration = "pending", unknownTokens = "accept",
        });

        var partly = await _operator.Put("charge-points/PART-1", """{"registration":"accepted"}""");
        Assert.Equal("A", partly.Text("displayName"));
        Assert.Equal(1, partly["securityProfile"]!.GetValue<int>());
        Assert.Equal("accept", partly.Text("unknownTokens"));
        Assert.Equal("accepted", partly.Text("registration"));

        var cleared = await _operator.Put("charge-points/PART-1", """{"displayName":null,"unknownTokens":null}""");
        Assert.Null(cleared["displayName"]);
        Assert.Equal("refuse", cleared.Text("unknownTokens"));
    }

    [Theory]
    [InlineData("""{"securityProfile":4}""", "'securityProfile' is 0, 1, 2 or 3.")]
    [InlineData("""{"securityProfile":1}""", "Security profile 1 needs a 'password'.")]
    [InlineData("""{"securityProfile":2,"password":null}""", "Security profile 2 needs a 'password'.")]
    [InlineData("""{"securityProfile":1,"password":"fifteen-letters"}""", "'password' has 16 to 40 characters")]
    [InlineData("""{"securityProfile":1,"password":"forty-one-characters-are-one-too-many-4141"}""", "'password' has 16 to 40 characters")]
    [InlineData("""{"securityProfile":1,"password":"a password with spaces"}""", "'password' has only visible ASCII")]
    [InlineData("""{"displayName":"  "}""", "'displayName'")]
    public async Task What_it_cannot_be_is_said_with_the_reason(string body, string reason)
    {
        var said = await _operator.Put("charge-points/WRONG-1", body);

        Assert.Equal(422, said.Status);
        Assert.Contains(said["reasons"]!.AsArray(), each => each!.GetValue<string>().StartsWith(reason, StringComparison.Ordinal));
        Assert.Equal(404, (await _operator.Get("charge-points/WRONG-1")).Status);
        Assert.Null(await bridge.Credentials.FindAsync(new ChargePointId("WRONG-1"), CancellationToken.None));
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("caf%C3%A9")]
    [InlineData("1234567890123456789012345678901234567890123456789")]
    public async Task An_identity_that_no_charger_can_have_is_refused(string identity)
    {
        Assert.Equal(422, (await _operator.Put($"charge-points/{identity}", new { })).Status);
        Assert.Equal(404, (await _operator.Get($"charge-points/{identity}")).Status);
    }

    [Fact]
    public async Task An_identity_with_a_space_is_one_like_others()
    {
        Assert.Equal(201, (await _operator.Put("charge-points/RDAM%20123", new { })).Status);
        Assert.Equal("RDAM 123", (await _operator.Get("charge-points/RDAM%20123")).Text("id"));
    }

    [Fact]
    public async Task A_password_is_kept_at_the_door_and_shown_nowhere()
    {
        var made = await _operator.Put("charge-points/KEY-1", new { password = Password });
        var credential = await bridge.Credentials.FindAsync(new ChargePointId("KEY-1"), CancellationToken.None);

        Assert.Equal(1, made["securityProfile"]!.GetValue<int>()); // it has a password, so it needs one
        Assert.True(bridge.Credentials.Verify(credential, Encoding.UTF8.GetBytes(Password)));
        Assert.DoesNotContain(Password, made.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("password", made.Body!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task A_key_in_hex_is_its_octets_and_not_its_text()
    {
        const string hex = "0001020304050607FFFEFDFCFBFAF9F8F7F6F5F4";
        await _operator.Put("charge-points/HEX-1", new { securityProfile = 1, password = hex });
        var credential = await bridge.Credentials.FindAsync(new ChargePointId("HEX-1"), CancellationToken.None);

        Assert.True(bridge.Credentials.Verify(credential, Convert.FromHexString(hex)));
        Assert.False(bridge.Credentials.Verify(credential, Encoding.UTF8.GetBytes(hex)));
    }

    [Fact]
    public async Task A_changed_password_closes_the_door_to_the_old_one_and_the_session_made_with_it()
    {
        await _operator.Put("charge-points/TURN-1", new { securityProfile = 1, password = Password });
        var id = new ChargePointId("TURN-1");
        var before = await bridge.Credentials.FindAsync(id, CancellationToken.None);
        await _operator.Put("charge-points/TURN-1", new { displayName = "no other key" });
        Assert.Equal(before!.Version, (await bridge.Credentials.FindAsync(id, CancellationToken.None))!.Version);

        await _operator.Put("charge-points/TURN-1", new { password = "another-password" });
        var after = await bridge.Credentials.FindAsync(id, CancellationToken.None);

        Assert.True(after!.Version > before.Version);
        Assert.False(bridge.Credentials.Verify(after, Encoding.UTF8.GetBytes(Password)));
    }

    [Fact]
    public async Task Retiring_keeps_it_to_be_looked_at_and_registering_brings_it_back()
    {
        await _operator.Put("charge-points/OLD-1", new { displayName = "Antigo" });

        Assert.Equal(204, (await _operator.Delete("charge-points/OLD-1")).Status);
        Assert.True((await _operator.Get("charge-points/OLD-1"))["retired"]!.GetValue<bool>());
        Assert.True((await bridge.Credentials.FindAsync(new ChargePointId("OLD-1"), CancellationToken.None))!.Retired);
        Assert.DoesNotContain("OLD-1", await Ids("charge-points?search=OLD-1"));
        Assert.Contains("OLD-1", await Ids("charge-points?status=retired"));
        Assert.Equal(204, (await _operator.Delete("charge-points/OLD-1")).Status);

        Assert.Equal(200, (await _operator.Put("charge-points/OLD-1", new { })).Status);
        Assert.False((await _operator.Get("charge-points/OLD-1"))["retired"]!.GetValue<bool>());
        Assert.False((await bridge.Credentials.FindAsync(new ChargePointId("OLD-1"), CancellationToken.None))!.Retired);
    }

    [Fact]
    public async Task Who_was_never_here_cannot_be_retired_or_read()
    {
        Assert.Equal(404, (await _operator.Delete("charge-points/NOBODY")).Status);
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY")).Status);
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/messages")).Status);
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/frames")).Status);
    }

    [Fact]
    public async Task An_edit_of_what_somebody_changed_meanwhile_is_refused()
    {
        var read = await _operator.Put("charge-points/TAG-1", new { displayName = "one" });
        var tag = read.Response.Headers.ETag!.ToString();
        await bridge.Online("TAG-1"); // what the charger does is no other version
        Assert.Equal(412, (await _operator.Put("charge-points/TAG-1", new { displayName = "x" }, ("If-Match", "\"other\""))).Status);

        var current = (await _operator.Get("charge-points/TAG-1")).Response.Headers.ETag!.ToString();
        Assert.Equal(200, (await _operator.Put("charge-points/TAG-1", new { displayName = "two" }, ("If-Match", current))).Status);
        Assert.Equal(412, (await _operator.Put("charge-points/TAG-1", new { displayName = "three" }, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _operator.Delete("charge-points/TAG-1", ("If-Match", tag))).Status);
        Assert.Equal(412, (await _operator.Put("charge-points/TAG-NONE", new { }, ("If-Match", "*"))).Status);
        Assert.Equal("two", (await _operator.Get("charge-points/TAG-1")).Text("displayName"));
    }

    [Fact]
    public async Task A_connected_charger_is_seen_with_its_connection_and_connectors()
    {
        var id = await bridge.Online("LIVE-1");
        await bridge.Ask(new ReportStatus(
            id, 1, new ConnectorId(1, 1), new ConnectorStatus("Charging", "NoError"), null, DateTimeOffset.UtcNow));
        await bridge.Shown("charge-point/LIVE-1");

        var said = await _operator.Get("charge-points/LIVE-1");

        Assert.True(said["connection"]!["online"]!.GetValue<bool>());
        Assert.Equal("ocpp1.6", said["connection"]!["protocol"]!.GetValue<string>());
        Assert.Equal("192.0.2.1", said["connection"]!["remoteAddress"]!.GetValue<string>());
        Assert.EndsWith("Z", said["connection"]!["since"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Vendor", said.Text("vendor"));
        Assert.Equal("Charging", said["connectors"]!.AsArray().Single()!["status"]!.GetValue<string>());
        Assert.Contains("LIVE-1", await Ids("charge-points?status=online"));
        Assert.Contains("LIVE-1", await Ids("charge-points?status=charging"));
        Assert.DoesNotContain("LIVE-1", await Ids("charge-points?status=offline"));
    }

    [Fact]
    public async Task A_list_is_walked_page_by_page_without_gap_or_repeat()
    {
        for (var i = 0; i < 7; i++) await _operator.Put($"charge-points/WALK-{i}", new { });
        var (walked, next) = (new List<string>(), (string?)"");
        while (next is not null)
        {
            var page = await _operator.Get($"charge-points?search=walk-&limit=3{(next.Length > 0 ? $"&cursor={next}" : "")}");
            Assert.True(page["items"]!.AsArray().Count <= 3);
            walked.AddRange(page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"WALK-{i}"), walked);
    }

    private async Task<IEnumerable<string>> Ids(string path) =>
        (await _operator.Get(path))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>());

    [Fact]
    public async Task A_charge_point_whose_history_cannot_be_read_keeps_its_door_as_it_was()
    {
        await _operator.Put("charge-points/TORN-1", new { securityProfile = 1, password = Password });
        var id = new ChargePointId("TORN-1");
        bridge.World.Unreadable["charge-point/TORN-1"] = true;

        var said = await _operator.Put("charge-points/TORN-1", new { password = "another-password" });

        Assert.Equal(409, said.Status);
        Assert.Contains("cannot be read", said.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(409, (await _operator.Delete("charge-points/TORN-1")).Status);
        var door = await bridge.Credentials.FindAsync(id, CancellationToken.None);
        Assert.True(bridge.Credentials.Verify(door, Encoding.UTF8.GetBytes(Password)));
        Assert.False(door!.Retired);
    }

    [Fact]
    public async Task What_was_not_said_stays_while_the_tables_are_behind()
    {
        await _operator.Put("charge-points/LAG-1", new { registration = "accepted", displayName = "A" });
        await using (await bridge.Behind())
        {
            Assert.Equal("rejected", (await _operator.Put("charge-points/LAG-1", new { registration = "rejected" })).Text("registration"));

            var named = await _operator.Put("charge-points/LAG-1", new { displayName = "B" });
            Assert.Equal((200, "rejected", "B"), (named.Status, named.Text("registration"), named.Text("displayName")));
            Assert.Equal(503, (await _operator.Put("charge-points/LAG-1", new { displayName = "C" }, ("If-Match", "*"))).Status);
        }

        await bridge.Shown("charge-point/LAG-1");
        Assert.Equal("rejected", (await _operator.Get("charge-points/LAG-1")).Text("registration"));
    }

    [Fact]
    public async Task Of_two_who_change_the_version_that_both_have_read_one_is_refused()
    {
        for (var i = 0; i < 5; i++)
        {
            var tag = (await _operator.Put($"charge-points/RACE-{i}", new { displayName = "nobody's" })).Response.Headers.ETag!.ToString();

            var both = await Task.WhenAll(new[] { "Ana's", "Bia's" }.Select(
                displayName => _operator.Put($"charge-points/RACE-{i}", new { displayName }, ("If-Match", tag))));

            Assert.Equal([200, 412], both.Select(said => said.Status).Order());
        }
    }

    [Fact]
    public async Task A_charger_that_gets_its_name_first_and_its_password_later_is_at_profile_1_by_it()
    {
        Assert.Equal(0, (await _operator.Put("charge-points/LATER-1", new { displayName = "Vaga 7" }))["securityProfile"]!.GetValue<int>());
        Assert.Equal(1, (await _operator.Put("charge-points/LATER-1", new { password = Password }))["securityProfile"]!.GetValue<int>());

        await _operator.Put("charge-points/LATER-2", new { securityProfile = 0 }); // said is said
        Assert.Equal(0, (await _operator.Put("charge-points/LATER-2", new { password = Password }))["securityProfile"]!.GetValue<int>());
        Assert.Equal(1, (await _operator.Put("charge-points/LATER-2", """{"securityProfile":null}"""))["securityProfile"]!.GetValue<int>());
    }
}
