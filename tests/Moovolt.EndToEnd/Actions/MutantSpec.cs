using Moovolt.Rig;
using Xunit;
using Xunit.Abstractions;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// The test of the tests: a build in which a charger called MUTE-Reset (or MUTE-201-Reset, in 2.0.1) gets an empty answer
/// to each Reset, and nothing else comes of it; and in which the answers of one called DEAF-Reset to a Reset are a yes,
/// and nothing else.
/// </summary>
[Collection(Processes.Name)]
public sealed class MutantSpec(Mutant mutant, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Of a version so many scenarios are played unbroken beside the broken ones, with the same patience.</summary>
    private const int Controls = 6;

    // What is broken never comes, so a run waits no longer than it must: as long as the unbroken ones beside it need.
    private static readonly TimeSpan[] Impatience =
        [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40)];

    internal static readonly MutantBuild.Change[] Changes =
    [
        new("src/Moovolt.Gateway/Sessions/InboundCalls.cs",
            "return step;", "return Mutation.Answer(who.Id, call.Action) ?? step;"),
        new("src/Moovolt.Gateway/Sessions/Sends.cs",
            "if (step?.Values is { } values)",
            "if (step?.Values is { } values && Mutation.Answer(line.Who.Id, send.Action) is null)"),
        new("src/Moovolt.Gateway/Sessions/OutboundCalls.cs",
            "if (Rotating.Concerns(heard))",
            "heard = Mutation.Hear(line.Who.Id, wish.Action, heard); if (Rotating.Concerns(heard))"),
        new("src/Moovolt.Gateway/Sessions/Mutation.cs", null, """
            using Moovolt.Domain;
            using Moovolt.Domain.ChargePoints;
            using Moovolt.Ocpp;

            namespace Moovolt.Gateway.Sessions;

            internal static class Mutation
            {
                private static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;

                public static Step? Answer(ChargePointId who, string action) =>
                    Is(who, "MUTE-", action) ? new Step.Respond(Empty(action)) : null;

                public static StationAnswer Hear(ChargePointId who, string action, StationAnswer heard) =>
                    Is(who, "DEAF-", action) && heard.State is RequestState.Accepted or RequestState.Rejected
                        ? new StationAnswer(RequestState.Accepted, heard.Response)
                        : heard;

                private static bool Is(ChargePointId who, string prefix, string action) =>
                    who.Value.StartsWith(prefix, StringComparison.Ordinal) && who.Value.Split('-')[^1] == action;

                // What both families must hear, so that the charger goes on.
                private static object Empty(string action) => action switch
                {
                    "Authorize" => new { IdTagInfo = new { Status = "Accepted" }, IdTokenInfo = new { Status = "Accepted" } },
                    "BootNotification" => new { Status = "Accepted", CurrentTime = Never, Interval = 300 },
                    "Heartbeat" => new { CurrentTime = Never },
                    "StartTransaction" => new { TransactionId = 1, IdTagInfo = new { Status = "Accepted" } },
                    "DataTransfer" or "SignCertificate" => new { Status = "Accepted" },
                    _ => new { },
                };
            }
            """),
    ];

    [Fact]
    public async Task Every_action_that_comes_to_nothing_fails_the_test_of_its_meaning()
    {
        await using var node = await new MoovoltProcess { Program = await mutant.Program() }.Start().Ready();
        foreach (var version in Meaning.All.GroupBy(meaning => meaning.Version)) await Try(node, [.. version]);
    }

    private async Task Try(MoovoltProcess node, Meaning[] meanings)
    {
        // First the same scenarios on the same program under names that break nothing: what fails there proves nothing.
        var sane = await Task.WhenAll(meanings.Select(meaning =>
            Play(meaning, Stage.On(node, meaning.Way == Way.FromCharger ? "SANE-IN-" : "SANE-OUT-", Patience))));
        foreach (var (meaning, failure) in sane)
            Assert.True(failure is null, $"{meaning.Version}: {meaning.Name} fails although nothing is broken: {failure}");

        var verdicts = await Broken(node, meanings);

        foreach (var (meaning, failure) in verdicts)
            output.WriteLine($"{meaning.Version} {meaning.Name}: {failure?.Split('\n')[0]}");
        Assert.Empty(verdicts.Where(verdict => verdict.Failure is null)
            .Select(verdict => $"{verdict.Meaning.Version} {verdict.Meaning.Name}"));
    }

    // Slowness must not pass for a find: what fails counts only when the controls, played at the same time and as
    // impatiently, do not.
    private async Task<(Meaning Meaning, string? Failure)[]> Broken(MoovoltProcess node, Meaning[] meanings)
    {
        var controls = meanings.Where((_, n) => n % Math.Max(1, meanings.Length / Controls) == 0).ToArray();
        var slow = "";
        for (var round = 0; round < Impatience.Length; round++)
        {
            var patience = Impatience[round];
            var untouched = Task.WhenAll(controls.Select(meaning =>
                Play(meaning, Stage.On(node, meaning.Way == Way.FromCharger ? $"C{round}-IN-" : $"C{round}-OUT-", patience))));
            var verdicts = await Task.WhenAll(meanings.Select(meaning =>
                Play(meaning, Stage.On(node, meaning.Way == Way.FromCharger ? $"MUTE-{round}-" : $"DEAF-{round}-", patience))));
            if (Array.Find(await untouched, one => one.Failure is not null) is not { Failure: { } failure } late) return verdicts;
            slow = $"{late.Meaning.Version} {late.Meaning.Name}: {failure.Split('\n')[0]}";
            output.WriteLine($"Too slow for {patience.TotalSeconds} s: {slow}");
        }

        Assert.Fail($"Nothing can be told on this machine: unbroken, it fails too: {slow}");
        return [];
    }

    private static async Task<(Meaning Meaning, string? Failure)> Play(Meaning meaning, Stage stage)
    {
        try
        {
            await meaning.Play(stage);
            return (meaning, null);
        }
        catch (Exception failure) // whatever makes a test fail
        {
            return (meaning, failure.Message);
        }
    }
}
