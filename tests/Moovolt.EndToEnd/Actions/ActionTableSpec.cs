using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Actions.V2;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// The tables of the actions, as a running node shows them: ACTIONS-1.6.md and its like, which a run with
/// MOOVOLT_ACCEPT_ACTIONS=1 writes anew.
/// </summary>
[Collection(Scenarios.Name)]
public sealed class ActionTableSpec(Stage stage)
{
    private const string V16 = "ocpp1.6";
    private const string Hole = "—";

    private static readonly string Tests = Path.Combine(Tree.Root, "tests");

    public static TheoryData<string> Spoken => [V16, Versions.V201, Versions.V21];

    [Theory]
    [MemberData(nameof(Spoken))]
    public async Task The_table_of_actions_is_as_it_was_accepted(string version)
    {
        var stored = Path.Combine(Tests, "Moovolt.EndToEnd", $"ACTIONS-{Number(version)}.md");
        var table = await Table(version);
        if (Environment.GetEnvironmentVariable("MOOVOLT_ACCEPT_ACTIONS") == "1") await File.WriteAllTextAsync(stored, table);
        Assert.Equal(await File.ReadAllTextAsync(stored), table);
        Assert.DoesNotContain(table.Split('\n'), line => line.Contains(Hole, StringComparison.Ordinal));
    }

    [Fact]
    public void The_versions_have_as_many_actions_as_their_specifications() =>
        Assert.Equal((39, 64, 91), (Actions16.All.Length, Actions2.Of201.Length, Actions2.Of21.Length));

    [Fact]
    public void Every_meaning_is_one_of_an_action_that_is() => Assert.Empty(Meaning.All
        .Where(one => !KnownAction.Of(one.Version).Any(action => action.Name == one.Action && action.Ways.Contains(one.Way)))
        .Select(one => one.Name));

    private async Task<string> Table(string version)
    {
        var (charger, transaction) = await Boot(version);
        await using var _ = charger;
        var text = new StringBuilder($"""
            # The actions of OCPP {Number(version)}

            Written by a test (`ActionTableSpec`): do not edit, run it with `MOOVOLT_ACCEPT_ACTIONS=1`.

            - **Handled**: the charger's call is not answered that nobody knows it, and ours may be sent.
            - **Schema-checked**: a charger's payload that is not as its schema has it is an error (a transaction message
              is taken all the same, and kept whole), and an operator's is refused.
            - **Golden frames**: how many frames are stored in `tests/Moovolt.Ocpp.Tests/{Folder(version)}`.
            - **Meaning**: the end-to-end test that fails when the call, or the answer to ours, comes to nothing;
              `MutantSpec` tries that out for every one of them.

            | Action | Direction | Handled | Schema-checked | Golden frames | Meaning |
            |---|---|---|---|---|---|

            """);
        foreach (var action in KnownAction.Of(version))
        {
            var (handled, isChecked) = (true, true);
            foreach (var way in action.Ways)
            {
                var (isHandled, knowsSchema) = way == Way.FromCharger
                    ? await Call(charger, action.Name, transaction)
                    : await Ask(charger, action.Name);
                (handled, isChecked) = (handled && isHandled, isChecked && knowsSchema);
            }

            text.Append(
                CultureInfo.InvariantCulture,
                $"| {action.Name} | {Words(action)} | {Yes(handled)} | {Yes(isChecked)} | {Frames(version, action.Name)} ")
                .Append(CultureInfo.InvariantCulture, $"| {string.Join("<br>", action.Ways.Select(Test))} |\n");

            string Test(Way way) =>
                Meaning.All.SingleOrDefault(one => one.Version == version && one.Action == action.Name && one.Way == way)
                    is { } meaning
                        ? $"`{meaning.Name}`"
                        : Hole;
        }

        return text.ToString();
    }

    /// <summary>A charger that charges, and the number of that transaction where we give it one.</summary>
    private async Task<(RawCharger Charger, int? Transaction)> Boot(string version)
    {
        if (version != V16)
        {
            var station = await stage.Boot(version, "TABLE");
            await station.Begin(await stage.Card(version, "TABLE"));
            return (station, null);
        }

        var charger = await stage.Boot("TABLE");
        await stage.Sees(charger, "", seen => seen["vendor"] is not null);
        return (charger, await charger.Start(await stage.Token("TABLE"), 0));
    }

    /// <summary>Sends a call that is not as its schema has it.</summary>
    private async Task<(bool Handled, bool Checked)> Call(RawCharger charger, string action, int? transaction)
    {
        if (action == "NotifyPeriodicEventStream") return await Send(charger);
        var answer = await charger.Call(action, action switch
        {
            "Heartbeat" => new JsonArray(), // it has no members that could be wrong
            "StartTransaction" or "StopTransaction" or "MeterValues" or "TransactionEvent" => new JsonObject
            {
                ["marked"] = action, ["connectorId"] = "one", ["transactionId"] = transaction, ["timestamp"] = "then",
                ["evseId"] = 1, ["eventType"] = "Updated", ["seqNo"] = "two",
                ["transactionInfo"] = new JsonObject { ["transactionId"] = "t1" },
            },
            _ => new JsonObject(),
        });
        if (answer[0]!.GetValue<int>() == 3) return (true, await IsKept(charger, action));
        var code = answer[2]!.GetValue<string>();
        return (code is not ("NotImplemented" or "NotSupported"), code.EndsWith("Violation", StringComparison.Ordinal));
    }

    /// <summary>Sends what is never answered: once wrongly, which is ignored, and once as it should be.</summary>
    private async Task<(bool Handled, bool Checked)> Send(RawCharger charger)
    {
        const string text = """[6,"id","NotifyPeriodicEventStream",{"id":9,"basetime":"2026-01-01T12:00:00Z","data":[{"t":0,"v":"1"}]""";
        await charger.Call("OpenPeriodicEventStream", JsonNode.Parse(
            """{"constantStreamData":{"id":9,"variableMonitoringId":3,"params":{"interval":60}}}""")!);
        await stage.Sees(charger, "/event-streams", seen => Stage.Items(seen).Any());
        await charger.Send($"{text},\"pending\":\"none\"}}]");
        await charger.Send($"{text},\"pending\":0}}]");
        var values = await stage.Sees(charger, "/event-streams/9/values", seen => Stage.Items(seen).Any());
        return (true, Stage.Items(values).Count() == 1);
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

    private static string Words(KnownAction action) =>
        action.Ways.Length == 2 ? "both" : action.Ways[0] == Way.FromCharger ? "charger → CSMS" : "CSMS → charger";

    private static string Yes(bool isSo) => isSo ? "yes" : Hole;

    private static string Frames(string version, string action)
    {
        var stored = Path.Combine(Tests, "Moovolt.Ocpp.Tests", Folder(version), $"{action}.golden");
        if (!File.Exists(stored)) return Hole;
        var frames = File.ReadLines(stored).Count(line => line is ['<' or '>', ' ', ' ', '[', ..]);
        return frames.ToString(CultureInfo.InvariantCulture);
    }

    private static string Number(string version) => version["ocpp".Length..];

    private static string Folder(string version) => $"V{Number(version).Replace(".", "", StringComparison.Ordinal)}";
}
