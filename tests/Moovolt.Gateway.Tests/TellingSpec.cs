using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.Gateway.Sessions;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>When an entity that has not answered is told again.</summary>
public sealed class TellingSpec
{
    [Theory]
    [InlineData(false, new[] { 2.0, 4, 8, 16, 24 })]
    [InlineData(true, new[] { 0.25, 0.5, 1, 2, 4, 8, 16, 24 })]
    public void What_a_charger_waits_for_is_told_again_sooner_and_then_as_all_else(bool soon, double[] due)
    {
        var began = TimeSpan.FromMinutes(1);
        var telling = new Telling(1, new Authorize(new TokenId("T"), default), began, TimeSpan.FromSeconds(2), soon);
        foreach (var seconds in due)
        {
            Assert.Equal(began + TimeSpan.FromSeconds(seconds), telling.DueAt);
            telling.ToldAgain();
        }
    }
}
