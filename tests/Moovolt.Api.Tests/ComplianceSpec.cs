using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Domain;
using Moovolt.ReadModel.Doors;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>What a charger does wrong, and what is done about it, as operators read and decide it.</summary>
public sealed class ComplianceSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task Who_keeps_to_every_rule_is_compliant()
    {
        await bridge.Online("GOOD-1");
        var report = await _operator.Get("charge-points/GOOD-1/compliance");

        Assert.Equal(200, report.Status);
        Assert.True(report["compliant"]!.GetValue<bool>());
        Assert.False(report["strict"]!.GetValue<bool>());
        Assert.Null(report["quirkProfile"]);
        Assert.Empty(report["suggested"]!.AsArray());
        Assert.Empty(report["deviations"]!.AsArray());
    }

    [Fact]
    public async Task What_was_counted_is_said_in_words_with_the_rule_and_what_would_help()
    {
        var id = await bridge.Online("BAD-1");
        await Deviate(id, ("too-long", 3), ("number-as-text", 2), ("unknown-member", 4), ("ping-unanswered", 1), ("of-old", 1));
        var report = await _operator.Get("charge-points/BAD-1/compliance");

        Assert.False(report["compliant"]!.GetValue<bool>());
        var line = report["deviations"]!.AsArray().Single(one => one!["rule"]!.GetValue<string>() == "too-long")!;
        Assert.Equal("A text is longer than it may be.", line["words"]!.GetValue<string>());
        Assert.StartsWith("OCPP 1.6", line["specification"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(3, line["count"]!.GetValue<long>());
        Assert.Equal("2026-01-01T12:00:00Z", line["firstAt"]!.GetValue<string>());
        Assert.Equal("2026-01-01T12:00:02Z", line["lastAt"]!.GetValue<string>());
        Assert.Equal("loose-schema", line["tolerance"]!.GetValue<string>());
        Assert.Equal(5, report["deviations"]!.AsArray().Count); // one of another version of the program, too

        var suggested = report["suggested"]!.AsArray();
        Assert.Equal(["loose-schema", "no-pings"], suggested.Select(one => one!["tolerance"]!.GetValue<string>()));
        Assert.Equal(5, suggested[0]!["count"]!.GetValue<long>());
        Assert.Contains("A number is written as text", suggested[0]!["because"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_profile_covers_is_suggested_no_more_and_strict_mode_has_no_profile()
    {
        var id = await bridge.Online("BAD-2");
        await Deviate(id, ("ping-unanswered", 1), ("too-long", 1));
        var put = await _operator.Put("charge-points/BAD-2", new { quirkProfile = "silent" });
        var chosen = await _operator.Get("charge-points/BAD-2/compliance");
        await _operator.Put("charge-points/BAD-2", new { strict = true });
        var strict = await _operator.Get("charge-points/BAD-2/compliance");

        Assert.Equal("silent", put.Text("quirkProfile"));
        Assert.Equal("silent", chosen["quirkProfile"]!["name"]!.GetValue<string>());
        Assert.Equal(7, chosen["quirkProfile"]!["version"]!.GetValue<int>());
        Assert.True(chosen["quirkProfile"]!["chosen"]!.GetValue<bool>());
        Assert.Equal("assume-ocpp16 no-pings", string.Join(' ', chosen["quirkProfile"]!["tolerances"]!.AsArray()));
        Assert.Equal("loose-schema", Assert.Single(chosen["suggested"]!.AsArray())!["tolerance"]!.GetValue<string>());
        Assert.True(strict["strict"]!.GetValue<bool>());
        Assert.Null(strict["quirkProfile"]);
        Assert.Equal("silent", (await _operator.Get("charge-points/BAD-2")).Text("quirkProfile")); // it comes back after the run
    }

    [Theory]
    [InlineData("America/Sao_Paulo", 200)]
    [InlineData("UTC", 200)]
    [InlineData("America/Moovolt", 422)]
    [InlineData("E. South America Standard Time", 422)]
    [InlineData("../../etc/passwd", 422)]
    [InlineData("", 422)]
    public async Task Where_a_charge_point_stands_is_a_name_of_the_iana_database(string zone, int status)
    {
        await _operator.Put("charge-points/ZONE-1", new { timeZone = "Europe/Berlin" });
        var put = await _operator.Put("charge-points/ZONE-1", new { timeZone = zone });

        Assert.Equal(status, put.Status);
        var seen = await _operator.Get("charge-points/ZONE-1");
        Assert.Equal(status == 200 ? zone : "Europe/Berlin", seen.Text("timeZone"));
        await _operator.Put("charge-points/ZONE-1", new { displayName = "it stays" });
        Assert.Equal(seen.Text("timeZone"), (await _operator.Get("charge-points/ZONE-1")).Text("timeZone"));
        await _operator.Put("charge-points/ZONE-1", new { timeZone = (string?)null });
        Assert.Null((await _operator.Get("charge-points/ZONE-1"))["timeZone"]);
    }

    [Fact]
    public async Task A_profile_that_fits_is_found_unless_the_operator_wants_none()
    {
        var id = await bridge.Online("ACME-1");
        await bridge.Ask(new Domain.ChargePoints.ReportBoot(
            id, 1, new Domain.ChargePoints.BootDetails("ACME Ltd", "Two"), DateTimeOffset.UtcNow));
        await bridge.Shown("charge-point/ACME-1");
        var fits = await _operator.Get("charge-points/ACME-1/compliance");
        await _operator.Put("charge-points/ACME-1", new { quirkProfile = "none" });
        var none = await _operator.Get("charge-points/ACME-1/compliance");
        await _operator.Put("charge-points/ACME-1", """{"quirkProfile":null}""");
        var again = await _operator.Get("charge-points/ACME-1/compliance");

        Assert.Equal("acme", fits["quirkProfile"]!["name"]!.GetValue<string>());
        Assert.False(fits["quirkProfile"]!["chosen"]!.GetValue<bool>());
        Assert.Null(none["quirkProfile"]);
        Assert.Equal("acme", again["quirkProfile"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Counting_begins_anew_when_it_is_asked_for()
    {
        var id = await bridge.Online("BAD-3");
        await Deviate(id, ("too-long", 1));

        Assert.Equal(204, (await _operator.Delete("charge-points/BAD-3/compliance")).Status);
        Assert.True((await _operator.Get("charge-points/BAD-3/compliance"))["compliant"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_does_not_exist_is_said()
    {
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/compliance")).Status);
        Assert.Equal(404, (await _operator.Delete("charge-points/NOBODY/compliance")).Status);
        var unknown = await _operator.Put("charge-points/BAD-9", new { quirkProfile = "acne" });
        Assert.Equal(422, unknown.Status);
        Assert.Equal(
            "'quirkProfile' is acme, silent, none, or null for whichever fits.",
            Assert.Single(unknown["reasons"]!.AsArray())!.GetValue<string>());
    }

    private async Task Deviate(ChargePointId id, params (string Rule, int Times)[] deviations)
    {
        var observations = new Observations(
            bridge.Stores.ReadModel, ObservationLimits.Usual, TimeProvider.System, NullLogger<Observations>.Instance);
        foreach (var (rule, times) in deviations)
        {
            for (var n = 0; n < times; n++) observations.Deviated(id, rule, "an example", Noon.AddSeconds(n));
        }

        await observations.RunAsync(new CancellationToken(canceled: true)); // what is left is written at the end
    }
}
