using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Xunit;

namespace Moovolt.Api.Tests;

public sealed class TokenSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task A_token_is_one_whatever_its_case_and_may_charge_from_then_on()
    {
        var made = await _operator.Put("tokens/Abc123", new { status = "accepted", driver = "Ana", maxConcurrent = 1 });

        Assert.Equal(201, made.Status);
        Assert.Equal("ABC123", made.Text("id"));
        Assert.Equal("/api/v1/tokens/ABC123", made.Response.Headers.Location?.OriginalString);
        Assert.Equal("Ana", (await _operator.Get("tokens/aBC123")).Text("driver"));
        var judged = (Judged)await bridge.Ask(new Authorize(new TokenId("abc123"), DateTimeOffset.UtcNow));
        Assert.Equal(AuthorizationStatus.Accepted, judged.Verdict.Status);
    }

    [Fact]
    public async Task A_member_left_out_stays_and_null_clears_it()
    {
        await _operator.Put("tokens/PART", new { status = "blocked", expiresAt = "2030-01-01T00:00:00-03:00", parent = "FLEET", driver = "Bia", maxConcurrent = 2 });

        var partly = await _operator.Put("tokens/PART", """{"driver":null}""");

        Assert.Equal(200, partly.Status);
        Assert.Equal("blocked", partly.Text("status"));
        Assert.Equal("2030-01-01T03:00:00Z", partly.Text("expiresAt"));
        Assert.Equal("FLEET", partly.Text("parent"));
        Assert.Null(partly["driver"]);
        Assert.Equal("accepted", (await _operator.Put("tokens/PART", """{"status":null}""")).Text("status"));
        Assert.Null((await _operator.Put("tokens/PART", """{"expiresAt":null}"""))["expiresAt"]);
    }

    [Theory]
    [InlineData("tokens/X", """{"maxConcurrent":0}""", 422)]
    [InlineData("tokens/X", """{"parent":""}""", 422)]
    [InlineData("tokens/X%07", "{}", 422)]
    [InlineData("tokens/X", """{"status":"maybe"}""", 400)]
    [InlineData("tokens/X", """{"expiresAt":"2030-01-01T00:00:00"}""", 400)]
    [InlineData("tokens/X", """{"colour":"red"}""", 400)]
    public async Task What_no_token_can_be_is_refused(string path, string body, int status)
    {
        Assert.Equal(status, (await _operator.Put(path, body)).Status);
        Assert.Equal(404, (await _operator.Get(path)).Status);
    }

    [Fact]
    public async Task A_token_is_as_long_as_the_latest_version_has_it_and_so_is_its_parent()
    {
        var token = new string('ç', TokenId.MaxLength);
        var path = $"tokens/{Uri.EscapeDataString(token)}";

        var made = await _operator.Put(path, new { parent = token });

        Assert.Equal((201, token.ToUpperInvariant(), token), (made.Status, made.Text("id"), made.Text("parent")));
        Assert.Equal(made.Text("id"), (await _operator.Get(made.Response.Headers.Location!.OriginalString)).Text("id"));
        Assert.Equal(422, (await _operator.Put($"{path}X", new { })).Status);
        Assert.Equal(422, (await _operator.Put(path, new { parent = $"{token}X" })).Status);
    }

    [Fact]
    public async Task A_token_with_a_slash_is_one_segment_all_the_same()
    {
        var made = await _operator.Put("tokens/A%2FB", new { });

        Assert.Equal("A/B", made.Text("id"));
        Assert.Equal("/api/v1/tokens/A%2FB", made.Response.Headers.Location?.OriginalString);
        Assert.Equal(200, (await _operator.Get("tokens/A%2FB")).Status);
    }

    [Fact]
    public async Task A_token_taken_away_is_known_to_nobody()
    {
        await _operator.Put("tokens/GONE", new { });

        Assert.Equal(204, (await _operator.Delete("tokens/GONE")).Status);
        Assert.Equal(404, (await _operator.Get("tokens/GONE")).Status);
        Assert.Equal(404, (await _operator.Delete("tokens/GONE")).Status);
        Assert.Equal(201, (await _operator.Put("tokens/GONE", new { })).Status);
    }

    [Fact]
    public async Task An_edit_of_what_somebody_changed_meanwhile_is_refused()
    {
        var tag = (await _operator.Put("tokens/TAGGED", new { driver = "one" })).Response.Headers.ETag!.ToString();

        Assert.Equal(200, (await _operator.Put("tokens/TAGGED", new { driver = "two" }, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _operator.Put("tokens/TAGGED", new { driver = "three" }, ("If-Match", tag))).Status);
        Assert.Equal(412, (await _operator.Delete("tokens/TAGGED", ("If-Match", tag))).Status);
        Assert.Equal("two", (await _operator.Get("tokens/TAGGED")).Text("driver"));
    }

    [Fact]
    public async Task Tokens_are_listed_by_status_and_search_page_by_page()
    {
        for (var i = 0; i < 4; i++) await _operator.Put($"tokens/LIST-{i}", new { status = i == 0 ? "blocked" : "accepted", parent = "LISTED" });

        var first = await _operator.Get("tokens?search=listed&status=accepted&limit=2");
        var second = await _operator.Get($"tokens?search=listed&status=accepted&limit=2&cursor={first.Text("next")}");

        Assert.Equal(
            ["LIST-1", "LIST-2", "LIST-3"],
            first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => item!["id"]!.GetValue<string>()));
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task A_token_whose_history_cannot_be_read_is_not_said_to_be_blocked()
    {
        await _operator.Put("tokens/TORN", new { status = "accepted" });
        bridge.World.Unreadable["token/TORN"] = true;

        var said = await _operator.Put("tokens/TORN", new { status = "blocked" });

        Assert.Equal(409, said.Status);
        Assert.Contains("cannot be read", said.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(409, (await _operator.Delete("tokens/TORN")).Status);
    }

    [Fact]
    public async Task A_blocked_token_stays_blocked_whatever_is_changed_of_it_while_the_tables_are_behind()
    {
        var tag = (await _operator.Put("tokens/LAG", new { status = "accepted", parent = "FLEET" })).Response.Headers.ETag!.ToString();
        await using (await bridge.Behind())
        {
            var blocked = await _operator.Put("tokens/LAG", new { status = "blocked" });
            Assert.Equal((200, "blocked", "FLEET"), (blocked.Status, blocked.Text("status"), blocked.Text("parent")));

            var named = await _operator.Put("tokens/LAG", new { driver = "Ana" });
            Assert.Equal((200, "blocked", "Ana"), (named.Status, named.Text("status"), named.Text("driver")));
            var judged = (Judged)await bridge.Ask(new Authorize(new TokenId("LAG"), DateTimeOffset.UtcNow));
            Assert.Equal(AuthorizationStatus.Blocked, judged.Verdict.Status);

            var bound = await _operator.Put("tokens/LAG", new { driver = "Bia" }, ("If-Match", tag)); // nobody can say whether it is
            Assert.Equal(503, bound.Status);
            Assert.NotNull(bound.Response.Headers.RetryAfter);
            Assert.Equal(503, (await _operator.Delete("tokens/LAG", ("If-Match", tag))).Status);
            Assert.Equal(201, (await _operator.Put("tokens/LAG-NEW", new { })).Status);
        }

        await bridge.Shown("token/LAG");
        Assert.Equal("Ana", (await _operator.Get("tokens/LAG")).Text("driver"));
    }

    [Fact]
    public async Task Of_two_who_change_the_version_that_both_have_read_one_is_refused()
    {
        for (var i = 0; i < 5; i++)
        {
            var tag = (await _operator.Put($"tokens/RACE-{i}", new { driver = "nobody" })).Response.Headers.ETag!.ToString();

            var both = await Task.WhenAll(new[] { "Ana", "Bia" }.Select(
                driver => _operator.Put($"tokens/RACE-{i}", new { driver }, ("If-Match", tag))));

            Assert.Equal([200, 412], both.Select(said => said.Status).Order());
        }
    }

    [Fact]
    public async Task What_a_change_answers_and_what_is_read_later_have_the_same_tag()
    {
        var made = await _operator.Put("tokens/SAME", new { expiresAt = "2030-01-01T00:00:00.1234567Z", maxConcurrent = 3 });

        Assert.Equal((await _operator.Get("tokens/SAME")).Response.Headers.ETag, made.Response.Headers.ETag);
    }
}
