using Xunit;

namespace Moovolt.Api.Tests;

public sealed class KeySpec(Bridge bridge) : IClassFixture<Bridge>
{
    [Fact]
    public async Task Without_a_key_nothing_is_told()
    {
        var said = await bridge.Stranger().Get("charge-points");

        Assert.Equal(401, said.Status);
        Assert.Equal("urn:moovolt:problem:key-needed", said.Text("type"));
        Assert.Equal("Bearer realm=\"moovolt\"", said.Response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Equal("application/problem+json", said.Response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(said.Text("traceId"));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("ana")]
    [InlineData("ana:" + Bridge.Key)]
    [InlineData(Bridge.Key + "x")]
    public async Task A_key_that_is_nobodys_opens_nothing(string key) =>
        Assert.Equal(401, (await bridge.Operator(key).Get("charge-points")).Status);

    [Fact]
    public async Task Each_of_several_keys_works() // so that one can be rotated
    {
        Assert.Equal(200, (await bridge.Operator().Get("charge-points")).Status);
        Assert.Equal(200, (await bridge.Operator("bare-key-of-a-program").Get("charge-points")).Status);
    }

    [Fact]
    public void A_key_has_the_name_before_its_colon()
    {
        var keys = OperatorKeys.Parse("ana:a:b, plain");

        Assert.Equal("ana", keys.NameOf("a:b"));
        Assert.Equal("operator", keys.NameOf("plain"));
        Assert.Null(keys.NameOf(""));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("ana:")]
    [InlineData(":key")]
    public void Keys_that_lack_something_stop_the_node(string text) => Assert.Throws<FormatException>(() => OperatorKeys.Parse(text));
}
