using System.Text;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>Whoever guesses does not learn which chargers there are: not by what it is answered, and not by when.</summary>
public sealed class AnswerTimeSpec
{
    private const string Known = "KNOWN1";
    private const string Unknown = "NOBODY";
    private const int Tries = 200; // of each kind, in one round

    // The two kinds take turns, so that whatever else the machine does slows down both alike, and of all times the middle
    // ones are compared. A burst of something else may still spoil a round: then there is another. What really differs by a
    // tenth does so in each.
    private const int Rounds = 3;

    [Theory]
    [Trait("sec", "SEC-02")]
    [Trait("sec", "SEC-03")]
    [InlineData("a-password-of-24-letters")] // compared slowly
    [InlineData("a-password-of-34-letters-and-digits")] // compared fast, for nobody guesses it
    [InlineData(null)] // there is none: it shows a certificate elsewhere
    public async Task A_wrong_password_is_answered_as_an_unknown_identity_is_and_as_late_within_a_tenth(string? password)
    {
        // All tries are judged: none is one too many.
        await using var rig = await GatewayRig.StartAsync(
            "dev = off, failures-per-charger = 10000, failures-per-address = 0, failures-per-identity = 10000, "
            + "address-upgrades-per-second = 0");
        await rig.RegisterAsync(Known, password is null ? 3 : 1, password is null ? null : Encoding.UTF8.GetBytes(password));
        var answers = new HashSet<string>();
        foreach (var first in new[] { Known, Unknown }) await TimeAsync(rig, first, "not yet compiled", answers);

        var ratios = new List<double>();
        do ratios.Add(await RoundAsync(rig, $"{ratios.Count}", answers));
        while (!IsWithinATenth(ratios[^1]) && ratios.Count < Rounds);

        Assert.True(IsWithinATenth(ratios[^1]), $"Unknown to known, in each round: {string.Join(", ", ratios)}");
        Assert.StartsWith("HTTP/1.1 401", Assert.Single(answers), StringComparison.Ordinal);
    }

    private static bool IsWithinATenth(double ratio) => ratio is >= 0.9 and <= 1.1;

    private static async Task<double> RoundAsync(GatewayRig rig, string round, HashSet<string> answers)
    {
        var (known, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var n = 0; n < Tries; n++)
        {
            var guess = $"a-wrong-password-{round}-{n}";
            if (n % 2 == 0) known.Add(await TimeAsync(rig, Known, guess, answers));
            unknown.Add(await TimeAsync(rig, Unknown, guess, answers));
            if (n % 2 == 1) known.Add(await TimeAsync(rig, Known, guess, answers));
        }

        return Median(unknown) / Median(known);
    }

    /// <param name="answers">Where its answer goes, word for word but for the moment that it was given at.</param>
    private static async Task<TimeSpan> TimeAsync(GatewayRig rig, string identity, string guess, HashSet<string> answers)
    {
        var authorization = RawCharger.Basic(identity, guess);
        var began = TimeProvider.System.GetTimestamp();
        await using var charger = await RawCharger.ConnectAsync(rig.Port, $"/ocpp/{identity}", authorization: authorization);
        var taken = TimeProvider.System.GetElapsedTime(began);
        var undated = charger.Head.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal));
        answers.Add(string.Join("\r\n", [.. undated, charger.Body]));
        return taken;
    }

    private static TimeSpan Median(List<TimeSpan> all) => all.Order().ElementAt(all.Count / 2);
}
