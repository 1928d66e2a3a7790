using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Moovolt.Api.Tests;

public sealed class ProblemSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task What_is_not_there_is_a_problem_too() =>
        IsProblem(await _operator.Get("no-such-thing"), 404, "not-found", "/api/v1/no-such-thing");

    [Fact]
    public async Task A_method_that_a_route_does_not_take_is_named()
    {
        var said = await _operator.Post("charge-points", new { });

        IsProblem(said, 405, "method-not-allowed", "GET");
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        using var body = new StringContent("securityProfile: 1", Encoding.UTF8, new MediaTypeHeaderValue("text/yaml"));
        using var response = await _operator.PutAsync(new Uri("/api/v1/charge-points/CP-1", UriKind.Relative), body);

        Assert.Equal(415, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("""{"displayname2":"x"}""", "displayname2")]
    [InlineData("""{"displayName":"x","colour":1}""", "colour")]
    public async Task An_unknown_member_is_refused_by_its_name(string body, string name) =>
        IsProblem(await _operator.Put("charge-points/CP-1", body), 400, "unreadable-body", $"'{name}'");

    [Theory]
    [InlineData("""{"securityProfile":"one"}""", "'securityProfile'")]
    [InlineData("""{"registration":"maybe"}""", "'registration'")]
    [InlineData("""{"registration":1}""", "'registration'")]
    [InlineData("{", "line 1")]
    [InlineData("[]", "")]
    [InlineData("null", "body")]
    public async Task A_body_that_cannot_be_read_says_where(string body, string where) =>
        IsProblem(await _operator.Put("charge-points/CP-1", body), 400, "unreadable-body", where);

    [Theory]
    [InlineData("tokens?limit=0", "'limit'")]
    [InlineData("tokens?limit=501", "'limit'")]
    [InlineData("tokens?limit=many", "'limit'")]
    [InlineData("tokens?cursor=!", "'cursor'")]
    [InlineData("tokens?cursor=bm9uZQ", "'cursor'")]
    [InlineData("commands?state=lost", "'state'")]
    [InlineData("transactions?from=yesterday", "'from'")]
    public async Task A_parameter_that_cannot_be_read_is_named(string path, string name) =>
        IsProblem(await _operator.Get(path), 400, "unreadable-parameter", name);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_larger_than_any_frame_is_413(bool underKey)
    {
        await bridge.Online("LARGE-1");
        var body = $$"""{"vendorId":"v","data":"{{new string('x', 1024 * 1024)}}"}""";

        var said = await _operator.Post(
            "charge-points/LARGE-1/commands/data-transfer", body, underKey ? [("Idempotency-Key", "large")] : []);

        IsProblem(said, 413, "too-large", "1 MiB");
    }

    [Fact]
    public async Task When_the_entities_are_silent_it_says_so_and_when_to_come_again()
    {
        bridge.World.IsSilent = true;
        try
        {
            var said = await _operator.Put("tokens/SILENT", new { status = "accepted" });

            IsProblem(said, 503, "unavailable", "did not answer");
            Assert.Equal(TimeSpan.FromSeconds(2), said.Response.Headers.RetryAfter?.Delta);
        }
        finally
        {
            bridge.World.IsSilent = false;
        }
    }

    private static void IsProblem(Said said, int status, string code, string inDetail)
    {
        Assert.Equal(status, said.Status);
        Assert.Equal("application/problem+json", said.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"urn:moovolt:problem:{code}", said.Text("type"));
        Assert.Equal(status, said["status"]!.GetValue<int>());
        Assert.Contains(inDetail, said.Text("detail"), StringComparison.Ordinal);
        Assert.NotEmpty(said.Text("title"));
        Assert.NotEmpty(said.Text("traceId"));
        Assert.DoesNotContain("   at ", said.Body!.ToJsonString(), StringComparison.Ordinal);
    }
}
