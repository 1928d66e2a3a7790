using System.Globalization;
using System.Reflection;
using System.Text;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>
/// The table of the cases, from the tests that play them: CONFORMANCE-1.6.md, which a run with MOOVOLT_ACCEPT_CASES=1
/// writes anew. A test that fails fails the suite, so a case with a test passes wherever the suite does.
/// </summary>
public sealed class CertificationSpec
{
    private static readonly string Stored = Path.Combine(Tree.Root, "tests", "Moovolt.EndToEnd", "CONFORMANCE-1.6.md");

    [Fact]
    public async Task The_table_of_cases_is_as_it_was_accepted()
    {
        var table = Table();
        if (Environment.GetEnvironmentVariable("MOOVOLT_ACCEPT_CASES") == "1")
            await File.WriteAllTextAsync(Stored, table);
        Assert.Equal(await File.ReadAllTextAsync(Stored), table);
    }

    [Fact]
    public void Every_test_plays_a_case_that_is() => Assert.Empty(Case.Played.Except(Case.All.Select(one => one.Id)));

    /// <summary>A theory that is marked with several cases has a row for each, which begins with its id.</summary>
    [Fact]
    public void What_a_theory_claims_it_plays() => Assert.Empty(
        from one in Case.All
        let test = one.Test
        where test is not null
        let rows = test.GetCustomAttributes<InlineDataAttribute>().Select(row => row.GetData(test).Single()[0])
        where rows.Any() && !rows.Contains(one.Id)
        select one.Id);

    [Fact]
    public void There_are_seventy_seven_cases() => Assert.Equal(77, Case.All.Select(one => one.Id).Distinct().Count());

    private static string Table()
    {
        var text = new StringBuilder("""
            # The certification programme's cases for OCPP 1.6

            Written by a test (`CertificationSpec`): do not edit, run it with `MOOVOLT_ACCEPT_CASES=1`.

            The ids are those of the Open Charge Alliance's test cases for OCPP 1.6 with the central system under test
            (document of February 2026, chapter 3; each id ends with `_CSMS` there). The scenarios are ours, written anew
            from what is publicly known of each case; that of TC_088 is derived from its name and OCPP-J 1.6, 3.1.2 and
            3.3. This is a suite of our own and no certificate.

            Each scenario is played over a real socket by a client that nobody here wrote (npm's ocpp-rpc, in strict mode),
            against the program as it is started by the front page's first command (for the cases of TLS, with listeners
            for it). Every call of the charger must get a
            CALLRESULT, and every frame of both directions is judged by ajv with the schemas of another package.


            """);
        foreach (var profile in Case.All.GroupBy(one => one.Profile))
        {
            var passed = profile.Count(one => one.Test is not null);
            text.Append(CultureInfo.InvariantCulture, $"## {profile.Key}: {passed} of {profile.Count()} pass\n\n")
                .Append("| Case | About | Passes | Test |\n|---|---|---|---|\n");
            foreach (var (one, test) in profile.Select(one => (one, one.Test)))
            {
                var name = test is null ? "—" : $"`{test.DeclaringType!.Name}.{test.Name}`";
                var passes = test is null ? "no" : "yes";
                text.Append(CultureInfo.InvariantCulture, $"| {one.Id} | {one.Name} | {passes} | {name} |\n");
            }

            text.Append('\n');
        }

        return $"{text.ToString().TrimEnd()}\n";
    }
}
