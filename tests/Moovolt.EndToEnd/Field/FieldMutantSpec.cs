using Moovolt.Rig;
using Xunit;
using Xunit.Abstractions;

namespace Moovolt.EndToEnd.Field;

/// <summary>
/// The test of the field list: a build in which the rule behind each item is taken out (<see cref="FieldRules"/>). Its
/// tests are green in a node of that build, and red in one that was started without the rules.
/// </summary>
[Collection(Processes.Name)]
public sealed class FieldMutantSpec(Mutant mutant, ITestOutputHelper output)
{
    private const int AtOnce = 8; // more of them would keep each other waiting
    private const int KillsItsNode = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(20);

    /// <summary>What no rule that is taken out has to do with: should it turn red, red means nothing there.</summary>
    private static readonly string[] Untouched =
    [
        nameof(TransactionsSpec.Item_25_A_stop_that_fits_nothing_is_answered_and_kept_in_suspense),
        nameof(MeterSpec.Item_39_A_time_in_any_form_is_read_and_none_is_refused),
        nameof(MeterSpec.Item_39_A_stop_from_before_its_start_or_a_start_from_tomorrow_is_recorded_and_said),
    ];

    [Fact]
    public async Task Every_item_turns_red_when_its_rule_is_taken_out()
    {
        var sane = await PlayAll([], Patience);
        var wrong = sane.Where(verdict => verdict.Failure is not null).ToList();
        foreach (var verdict in wrong) output.WriteLine($"{Line(verdict)}\n{verdict.Failure}");
        Assert.Empty(wrong.Select(Line)); // or nothing is proven

        var broken = await PlayAll(new() { [FieldRules.Switch] = "yes" }, Impatience);

        foreach (var verdict in broken) output.WriteLine(Line(verdict));
        var red = broken.Where(verdict => verdict.Failure is not null).Select(verdict => verdict.Scenario).ToList();
        Assert.DoesNotContain(red, scenario => Untouched.Contains(scenario.Test.Name));
        Assert.Empty(Enumerable.Range(14, 27).Except(red.Select(scenario => scenario.Item)));
    }

    private async Task<IReadOnlyList<Verdict>> PlayAll(Dictionary<string, string> environment, TimeSpan soon)
    {
        await using var node = new MoovoltProcess(environment) { Program = await mutant.Program() };
        var field = FieldNode.Of(node, soon);
        await field.InitializeAsync();
        using var turns = new SemaphoreSlim(AtOnce);
        var others = FieldScenario.All.ToLookup(scenario => scenario.Item != KillsItsNode);
        var together = await Task.WhenAll(others[true].Select(InTurn));
        var alone = await Task.WhenAll(others[false].Select(InTurn));
        return [.. together, .. alone];

        async Task<Verdict> InTurn(FieldScenario scenario)
        {
            await turns.WaitAsync();
            try
            {
                return new Verdict(scenario, await scenario.Play(field));
            }
            finally
            {
                turns.Release();
            }
        }
    }

    private static string Line(Verdict verdict) =>
        $"{(verdict.Failure is null ? "green" : "red  ")} {verdict.Scenario.Name}: {verdict.Failure?.Split('\n')[0]}";

    private sealed record Verdict(FieldScenario Scenario, string? Failure);
}
