using System.Text.Json;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What scenarios of OCPP 2.0.1 and 2.1 have in common.</summary>
internal static class StagePlay
{
    /// <summary>The charger of a scenario, booted, with its connector free; it is called as the action is.</summary>
    public static Task<RawCharger> Boot(this Stage stage, string version, string action) =>
        Stepping.Boot(stage.Node.Ocpp, $"{stage.Prefix}{Digits(version)}-{action}", version);

    /// <summary>A token that may charge, and that no other scenario has.</summary>
    public static Task<string> Card(this Stage stage, string version, string name, object? with = null) =>
        stage.Token($"{Digits(version)}-{name}", with);

    /// <summary>Sends the action raw; gives back the command as it is when the charger has answered.</summary>
    public static async Task<Api.Answer> Raw(this Stage stage, RawCharger charger, string action, object payload)
    {
        var command = await stage.Api.Post($"charge-points/{charger.Identity}/calls/{action}", payload);
        Assert.True(command.Status == System.Net.HttpStatusCode.OK, $"{action}: {command}");
        return command;
    }

    /// <summary>
    /// An operator is told a yes as a yes and a no as a no; and which no. That is what there is to an action that only
    /// the charger does something about.
    /// </summary>
    /// <param name="payload">What is asked.</param>
    /// <param name="yes">An answer of the charger that is willing.</param>
    /// <param name="no">One of the charger that is not.</param>
    /// <param name="word">How that one says so.</param>
    public static async Task IsToldNo(
        this Stage stage, string version, string action, object payload, object yes, object no, string word)
    {
        await using var charger = await stage.Boot(version, action);
        charger.Answers[action] = _ => yes;
        Assert.Equal("accepted", Stage.State(await stage.Raw(charger, action, payload)));
        Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(payload), charger.Asked.Last()[3]), $"{charger.Asked.Last()}");

        charger.Answers[action] = _ => no;
        var command = await stage.Raw(charger, action, payload);
        Assert.Equal("rejected", Stage.State(command));
        Assert.Contains($"\"{word}\"", command.Text, StringComparison.Ordinal);
    }

    /// <summary>The same for an action whose answer is a status and nothing else.</summary>
    public static Task IsToldNo(this Stage stage, string version, string action, object payload, string no) =>
        stage.IsToldNo(version, action, payload, new { status = "Accepted" }, new { status = no }, no);

    /// <summary>What a charger tells is answered, and shown to operators word for word, once.</summary>
    public static async Task IsKept(this Stage stage, string version, string action, string payload)
    {
        await using var charger = await stage.Boot(version, action);
        var told = JsonNode.Parse(payload)!;
        Charging.Result(await charger.Call(action, told.DeepClone()));
        Charging.Result(await charger.Call(action, told.DeepClone()));

        var kept = Assert.Single(Stage.Items(await stage.Sees(
            charger, $"/notices?kind={action}", seen => Stage.Items(seen).Any())));
        Assert.True(JsonNode.DeepEquals(told, kept["payload"]), kept.ToJsonString());
    }

    /// <summary>What a charger tells is answered, and is one row of a list, though it is told twice.</summary>
    /// <param name="list">Where, below the charge point.</param>
    /// <param name="word">What the row says.</param>
    public static async Task IsListed(
        this Stage stage, string version, string action, string payload, string list, string word)
    {
        await using var charger = await stage.Boot(version, action);
        foreach (var told in new[] { payload, payload }) Charging.Result(await charger.Call(action, JsonNode.Parse(told)!));

        var row = Assert.Single(Stage.Items(await stage.Sees(charger, $"/{list}", seen => Stage.Items(seen).Any())));
        Assert.Contains(word, row.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>What a charger tells of how transaction t1 charges is shown with it.</summary>
    public static async Task IsShownWithItsTransaction(
        this Stage stage, string version, string action, string payload, string kind)
    {
        await using var charger = await stage.Boot(version, action);
        var transaction = await charger.Begin(await stage.Card(version, action));
        Charging.Result(await charger.Call(action, JsonNode.Parse(payload)!));
        await stage.SeesCharging(transaction, kind);
    }

    /// <summary>Looks until that is known of how a transaction charges.</summary>
    public static Task SeesCharging(this Stage stage, string transaction, string kind) => stage.Sees(
        $"transactions/{transaction}/charging",
        seen => Stage.Items(seen).Any(item => item["kind"]!.GetValue<string>() == kind));

    /// <summary>Begins transaction t1 on EVSE 1; gives back its whole id.</summary>
    public static async Task<string> Begin(this RawCharger charger, string token)
    {
        await charger.Tell(Stepping.Step("t1", "Started", 0, 1_000, token, "Authorized", state: "Charging"));
        return $"{charger.Identity}/t1";
    }

    private static string Digits(string version) => version.Replace("ocpp", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
}
