using System.Diagnostics;
using System.Text.RegularExpressions;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>What the front pages say to type is typed, and works.</summary>
[Collection(Processes.Name)]
public sealed class ReadmeSpec
{
    [SkippableTheory]
    [InlineData("README.md")]
    [InlineData("README.pt-BR.md")]
    public async Task Every_call_on_the_front_page_works_as_it_stands(string page)
    {
        Needs.Bash();
        await using var node = await new MoovoltProcess().Start().Ready();
        await using var charger = await RawCharger.Boot(node.Ocpp, "CP-1");
        charger.Answers["RemoteStartTransaction"] = _ => new { status = "Accepted" };

        var calls = Calls(page).ToList();

        Assert.Contains(calls, call => call.Contains("start-charging", StringComparison.Ordinal));
        foreach (var call in calls)
        {
            var (exit, output) = await Bash($"cd '{Path.GetDirectoryName(node.DataDirectory)}'\nKEY=$(cat data/operator.key)\n{Here(call, node)}");
            Assert.True(exit == 0, $"{call}\nended with {exit}: {output}");
        }

        Assert.Contains(charger.Asked, frame => frame[2]!.GetValue<string>() == "RemoteStartTransaction");
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.pt-BR.md")]
    public void The_first_commands_are_the_two_that_matter(string page)
    {
        var commands = Blocks(page).SelectMany(block => block.Split('\n'))
            .Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).Take(2);
        Assert.Equal(["dotnet run --project src/Moovolt.Node", "dotnet test"], commands);
    }

    /// <summary>The curl lines of the page, continued lines joined.</summary>
    private static IEnumerable<string> Calls(string page) => Blocks(page)
        .SelectMany(block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .Where(line => line.StartsWith("curl ", StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string page) => Regex
        .Matches(File.ReadAllText(Path.Combine(Tree.Root, page)), @"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)
        .Select(match => match.Groups[1].Value);

    /// <summary>The same call at this test's own node; a refusal makes curl fail, and a stream is watched for a second.</summary>
    private static string Here(string call, MoovoltProcess node)
    {
        var here = call.Replace("http://127.0.0.1:5080", node.Url.ToString().TrimEnd('/'), StringComparison.Ordinal);
        return here.StartsWith("curl -N", StringComparison.Ordinal)
            ? $"{here} --fail-with-body -sS --max-time 1 || [ $? = 28 ]"
            : $"{here} --fail-with-body -sS";
    }

    private static async Task<(int Exit, string Output)> Bash(string script)
    {
        using var bash = Children.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var output = new Output();
        output.Follow(bash);
        await bash.WaitForExitAsync();
        var exit = bash.ExitCode;
        Children.Kill(bash);
        return (exit, $"{output}");
    }
}
