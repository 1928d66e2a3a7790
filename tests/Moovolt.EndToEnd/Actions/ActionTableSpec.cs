using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// The table of the actions, as a running node shows them: ACTIONS-1.6.md, which a run with MOOVOLT_ACCEPT_ACTIONS=1
/// writes anew.
/// </summary>
[Collection(Scenarios.Name)]
public sealed class ActionTableSpec(Stage stage)
{
    private const string Hole = "—";

    private static readonly string Stored = Path.Combine(Tree.Root, "tests", "Moovolt.EndToEnd", "ACTIONS-1.6.md");

    [Fact]
    public async Task The_table_of_actions_is_as_it_was_accepted()
    {
        var table = await Table();
        if (Environment.GetEnvironmentVariable("MOOVOLT_ACCEPT_ACTIONS") == "1")
            await File.WriteAllTextAsync(Stored, table);
        Assert.Equal(await File.ReadAllTextAsync(Stored), table);
        Assert.DoesNotContain(Hole, table, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_meaning_is_one_of_an_action_that_is() => Assert.Empty(Meaning.All
        .Where(one => !Action16.All.Any(action => action.Name == one.Action && action.Ways.Contains(one.Way)))
        .Select(one => one.Name));

    private async Task<string> Table()
    {
        await using var charger = await stage.Boot("TABLE");
        await stage.Sees(charger, "", seen => seen["vendor"] is not null);
        var transaction = await charger.Start(await stage.Token("TABLE"), 0);
        var text = new StringBuilder("""
            # The actions of OCPP 1.6

            Written by a test (`ActionTableSpec`): do not edit, run it with `MOOVOLT_ACCEPT_ACTIONS=1`.

            - **Handled**: the charger's call is not answered that nobody knows it, and ours may be sent.
            - **Schema-checked**: a charger's payload that is not as its schema has it is an error (a transaction message
              is taken all the same, and kept whole), and an operator's is refused.
            - **Golden frames**: how many frames are stored in `tests/Moovolt.Ocpp.Tests/V16`.
            - **Meaning**: the end-to-end test that fails when the call, or the answer to ours, comes to nothing;
              `MutantSpec` tries that out for every one of them.

            | Action | Direction | Handled | Schema-checked | Golden frames | Meaning |
            |---|---|---|---|---|---|

            """);
        foreach (var action in Action16.All)
        {
            var (handled, isChecked) = (true, true);
            foreach (var way in action.Ways)
            {
                var (isHandled, knowsSchema) = way == Way.FromCharger
                    ? await Call(charger, transaction, action.Name)
                    : await Ask(charger, action.Name);
                (handled, isChecked) = (handled && isHandled, isChecked && knowsSchema);
            }

            text.Append(
                CultureInfo.InvariantCulture,
                $"| {action.Name} | {Words(action)} | {Yes(handled)} | {Yes(isChecked)} | {Frames(action.Name)} ")
                .Append(CultureInfo.InvariantCulture, $"| {string.Join("<br>", action.Ways.Select(Test))} |\n");

            string Test(Way way) =>
                Meaning.All.SingleOrDefault(one => one.Action == action.Name && one.Way == way) is { } meaning
                    ? $"`{meaning.Name}`"
                    : Hole;
        }

        return text.ToString();
    }

    /// <summary>Sends a call that is not as its schema has it.</summary>
    private async Task<(bool Handled, bool Checked)> Call(RawCharger charger, int transaction, string action)
    {
        var answer = await charger.Call(action, action switch
        {
            "Heartbeat" => new JsonArray(), // it has no members that could be wrong
            "StartTransaction" or "StopTransaction" or "MeterValues" => new JsonObject
            {
                ["marked"] = action, ["connectorId"] = "one", ["transactionId"] = transaction, ["timestamp"] = "then",
            },
            _ => new JsonObject(),
        });
        if (answer[0]!.GetValue<int>() == 3) return (true, await IsKept(charger, action));
        var code = answer[2]!.GetValue<string>();
        return (code is not ("NotImplemented" or "NotSupported"), code.EndsWith("Violation", StringComparison.Ordinal));
    }

    /// <summary>Wants a call to be sent with a member that is in no schema.</summary>
    private async Task<(bool Handled, bool Checked)> Ask(RawCharger charger, string action)
    {
        var refusal = await stage.Api.Post($"charge-points/{charger.Identity}/calls/{action}", new { nonsense = true });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.Status);
        return (!refusal.Text.Contains("no action that", StringComparison.Ordinal),
            refusal.Text.Contains("nonsense is no member of this action", StringComparison.Ordinal));
    }

    // Transaction messages are always taken; the frame is kept whole when something is wrong with it.
    private async Task<bool> IsKept(RawCharger charger, string action) => await Eventually.Is(
        async () => (await stage.Api.All($"charge-points/{charger.Identity}/frames"))
            .Any(kept => kept["frame"]!.GetValue<string>().Contains($"\"{action}\"", StringComparison.Ordinal)),
        stage.Patience);

    private static string Words(Action16 action) =>
        action.Ways.Length == 2 ? "both" : action.Ways[0] == Way.FromCharger ? "charger → CSMS" : "CSMS → charger";

    private static string Yes(bool isSo) => isSo ? "yes" : Hole;

    private static string Frames(string action)
    {
        var stored = Path.Combine(Tree.Root, "tests", "Moovolt.Ocpp.Tests", "V16", $"{action}.golden");
        if (!File.Exists(stored)) return Hole;
        var frames = File.ReadLines(stored).Count(line => line is ['<' or '>', ' ', ' ', '[', ..]);
        return frames.ToString(CultureInfo.InvariantCulture);
    }
}
