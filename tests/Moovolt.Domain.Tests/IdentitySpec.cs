using Xunit;

namespace Moovolt.Domain.Tests;

public sealed class IdentitySpec
{
    [Theory]
    [InlineData("CP-1")]
    [InlineData("RDAM 123")]
    [InlineData("RDAM|123")]
    [InlineData("a*b-c_d=e+f|g@h.i:j")]
    public void An_identity_may_be(string text) => Assert.True(ChargePointId.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData(" CP")]
    [InlineData("CP ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\n")]
    [InlineData("ação")]
    [InlineData("a%41")]
    [InlineData("1234567890123456789012345678901234567890123456789")]
    public void An_identity_may_not_be(string text) => Assert.False(ChargePointId.TryParse(text, out _));

    [Fact]
    public void A_transaction_id_is_split_at_its_first_slash_only()
    {
        Assert.True(TransactionId.TryParse("CP-1/a/b", out var id));
        Assert.Equal(new TransactionId(new ChargePointId("CP-1"), "a/b"), id);
        Assert.Equal("CP-1/a/b", id.ToString());
    }

    [Theory]
    [InlineData("CP-1")]
    [InlineData("CP-1/")]
    [InlineData("/17")]
    [InlineData("CP-1/1234567890123456789012345678901234567")]
    public void A_transaction_id_is_not(string text) => Assert.False(TransactionId.TryParse(text, out _));
}
