using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Moovolt.Architecture;

/// <summary>
/// The list of what the door must withstand, and which test shows it: a test carries <c>[Trait("sec", "SEC-16")]</c>, or
/// its name begins with SEC_16. The table is tests/SECURITY.md, which a run with MOOVOLT_ACCEPT_SECURITY=1 writes anew.
/// </summary>
public sealed class SecuritySpec
{
    private const string Stored = "tests/SECURITY.md";

    private static readonly SortedDictionary<string, string> Demands = new(StringComparer.Ordinal)
    {
        ["SEC-01"] = "No password: 401 with WWW-Authenticate, no socket, no entity, on record",
        ["SEC-02"] = "A wrong password, then the right one; 200 tries take as long as those of an unknown identity, within 10 %",
        ["SEC-03"] = "An unknown identity: the same 401, or 404 where it is set so",
        ["SEC-04"] = "Another charger's valid password opens nobody else's door",
        ["SEC-05"] = "A user name that differs by case or by a space is another one",
        ["SEC-06"] = "What is no identity reaches no entity",
        ["SEC-07"] = "A key of OCPP 1.6 is bytes that need not be text; its hex is not the key",
        ["SEC-08"] = "Passwords that no version has are refused at the API",
        ["SEC-09"] = "A broken Authorization header, two of them, another scheme, another case of the scheme",
        ["SEC-10"] = "Credentials in an address get nobody in and are in no log",
        ["SEC-11"] = "TLS 1.0 and 1.1: an alert, on record",
        ["SEC-12"] = "The four suites and TLS 1.3 work, weak ones and compression do not",
        ["SEC-13"] = "Client certificates: whose, by whom, for what, until when, revoked, too short",
        ["SEC-14"] = "An expired client certificate gets nobody in; where it is set so, in to renew it and for nothing else",
        ["SEC-15"] = "A boot with another serial number than the certificate's closes the socket",
        ["SEC-16"] = "Who has come at a higher security profile does not come at a lower one again",
        ["SEC-17"] = "A rotated password: the old one is refused at once everywhere, or both hold until one is used",
        ["SEC-18"] = "No secret is in logs, journal, messages or metrics",
        ["SEC-19"] = "What a proxy would say of addresses and certificates is believed from nobody",
        ["SEC-20"] = "After a swap only the new socket is asked",
        ["SEC-21"] = "The late end of an old socket changes nothing",
        ["SEC-22"] = "A half-open old socket does not keep the charger out for a second, and is cut within five",
        ["SEC-23"] = "Two that fight for one identity are slowed down, and said",
        ["SEC-24"] = "A thousand guesses are slowed down; the real charger gets in from elsewhere",
        ["SEC-25"] = "5,000 half-done handshakes and 5,000 headers at a byte a second disturb nobody, and cost under 200 MiB",
        ["SEC-26"] = "Bombs (too large, too many parts, binary, no UTF-8, compressed, pings, nesting) are closed and not held, and no neighbour notices",
        ["SEC-27"] = "A flood of calls is read more slowly, nothing of it is dropped, and neighbours are answered all the while",
        ["SEC-28"] = "Who guesses tokens is answered slowly, and said",
        ["SEC-30"] = "Another charger's transaction number is answered, touches nothing of it, and is said to operators",
    };

    private static readonly Regex Marked = new(
        """(?:\[Trait\("sec", "(?<id>SEC-\d\d)"\)\]\s*)(?=(?:\[[^\n]*\]\s*(?://[^\n]*\n\s*)?)*public (?:async )?(?:Task|void) (?<test>\w+))""",
        RegexOptions.None,
        TimeSpan.FromSeconds(10));

    private static readonly Regex Named = new(
        """^ +public (?:async )?(?:Task|void) (?<test>SEC_(?<id>\d\d)_\w+)""", RegexOptions.Multiline, TimeSpan.FromSeconds(10));

    private static readonly ILookup<string, string> Tests = (
        from file in Repository.Files()
        where file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith("Spec.cs", StringComparison.Ordinal)
        from mark in Marks(Repository.Read(file))
        select (mark.Id, Test: $"{file.Split('/')[1]}: `{Path.GetFileNameWithoutExtension(file)}.{mark.Test}`"))
        .ToLookup(mark => mark.Id, mark => mark.Test);

    [Fact]
    public void Every_demand_has_a_test() => Offenders.None(Demands.Keys.Where(id => !Tests[id].Any()));

    [Fact]
    public void Every_mark_is_of_a_demand_and_of_a_test()
    {
        Offenders.None(Tests.Select(tests => tests.Key).Where(id => !Demands.ContainsKey(id)));
        var written = Repository.Files()
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Sum(file => Regex.Count(Repository.Read(file), """^ +\[Trait\("sec", """, RegexOptions.Multiline));
        var read = Repository.Files()
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith("Spec.cs", StringComparison.Ordinal))
            .Sum(file => Marked.Count(Repository.Read(file)));
        Assert.Equal(written, read);
    }

    [Fact]
    public void The_table_is_as_it_was_accepted()
    {
        var table = Table();
        if (Environment.GetEnvironmentVariable("MOOVOLT_ACCEPT_SECURITY") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, Stored), table);
        Assert.Equal(Repository.Read(Stored), table);
    }

    private static IEnumerable<(string Id, string Test)> Marks(string code) =>
    [
        .. Marked.Matches(code).Select(match => (match.Groups["id"].Value, match.Groups["test"].Value)),
        .. Named.Matches(code).Select(match => ($"SEC-{match.Groups["id"].Value}", match.Groups["test"].Value)),
    ];

    private static string Table()
    {
        var text = new StringBuilder("""
            # What the door withstands, and which test shows it

            Written by a test (`SecuritySpec`): do not edit, run it with `MOOVOLT_ACCEPT_SECURITY=1`. A test is marked with
            `[Trait("sec", "SEC-16")]`, or its name begins with `SEC_16`.

            | Id | What | Tests |
            |---|---|---|

            """);
        foreach (var (id, what) in Demands)
        {
            var tests = string.Join("<br>", Tests[id].Distinct().Order(StringComparer.Ordinal));
            text.Append(CultureInfo.InvariantCulture, $"| {id} | {what} | {tests} |\n");
        }

        return text.ToString();
    }
}
