using Xunit;

namespace Moovolt.Ocpp.Tests;

public sealed class DialectSpec
{
    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData(" OCPP1.6 ")]
    public void A_dialect_is_found_in_any_case_and_with_blanks(string offered) =>
        Assert.Same(Dialect.V16, Dialect.Find(offered));

    [Fact]
    public void Versions_of_one_family_are_told_apart_by_name()
    {
        Assert.Same(Dialect.V201, Dialect.Find("ocpp2.0.1"));
        Assert.Same(Dialect.V21, Dialect.Find("OCPP2.1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ocpp1.6.1")]
    [InlineData("ocpp2.0")]
    [InlineData("mqtt")]
    public void What_we_do_not_speak_is_not_found(string offered) => Assert.Null(Dialect.Find(offered));

    [Theory]
    [InlineData("StartTransaction", true, false)]
    [InlineData("MeterValues", true, false)]
    [InlineData("StopTransaction", true, false)]
    [InlineData("BootNotification", false, true)]
    [InlineData("Heartbeat", false, false)]
    [InlineData("Reset", false, false)]
    [InlineData("Nope", false, false)]
    public void An_action_knows_its_rights(string action, bool isKeptUntilAnswered, bool mayPrecedeAcceptance)
    {
        Assert.Equal(isKeptUntilAnswered, Dialect.V16.IsTransactionMessage(action));
        Assert.Equal(mayPrecedeAcceptance, Dialect.V16.MayPrecedeAcceptance(action));
    }
}
