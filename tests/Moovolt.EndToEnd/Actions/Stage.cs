using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// A node, and the names that chargers have on it. The same scenario is played on the product, and on a mutant that
/// makes nothing of the action whose name the charger bears.
/// </summary>
public sealed class Stage : IAsyncLifetime
{
    /// <summary>The node; another's when it is given.</summary>
    public MoovoltProcess Node { get; private init; } = new();

    /// <summary>What is put before a charger's name.</summary>
    public string Prefix { get; private init; } = "";

    /// <summary>How long a scenario waits for what must come.</summary>
    public TimeSpan Patience { get; private init; } = TimeSpan.FromSeconds(30);

    public Api Api => Node.Api;

    /// <summary>The same scenarios, on another node and under other names.</summary>
    public static Stage On(MoovoltProcess node, string prefix, TimeSpan patience) =>
        new() { Node = node, Prefix = prefix, Patience = patience };

    public Task InitializeAsync() => Node.Start().Ready();

    public async Task DisposeAsync() => await Node.DisposeAsync();

    /// <summary>The charger of a scenario, booted, with connector 1 available; it is called as the action is.</summary>
    internal Task<RawCharger> Boot(string action) => RawCharger.Boot(Node.Ocpp, Prefix + action);

    /// <summary>A token that may charge, and that no other scenario has.</summary>
    internal async Task<string> Token(string name, object? with = null)
    {
        var token = $"{Prefix}{name}";
        var answer = await Api.Put($"tokens/{token}", with ?? new { status = "accepted" });
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{answer}");
        return token;
    }

    /// <summary>Asks the charger by a verb; gives back the command as it is when the charger has answered.</summary>
    internal async Task<Api.Answer> Ask(RawCharger charger, string verb, object body)
    {
        var command = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(command.Status is HttpStatusCode.OK, $"{verb}: {command}");
        return command;
    }

    /// <summary>Asks the charger by a verb, and waits until the command has come to this state.</summary>
    internal async Task<Api.Answer> Ask(RawCharger charger, string verb, object body, string state)
    {
        var command = await Ask(charger, verb, body);
        return await Sees($"commands/{command["id"]}", seen => State(seen) == state);
    }

    /// <summary>What an operator sees of the charger, and below it.</summary>
    internal Task<Api.Answer> Sees(RawCharger charger, string below, Func<Api.Answer, bool> fits) =>
        Sees($"charge-points/{charger.Identity}{below}", fits);

    /// <summary>Looks until it fits; fails with what was seen last.</summary>
    internal Task<Api.Answer> Sees(string path, Func<Api.Answer, bool> fits) =>
        Eventually.Get(() => Api.Get(path), seen => seen.Status == HttpStatusCode.OK && fits(seen), Patience);

    internal static string? State(Api.Answer command) => command["state"]?.GetValue<string>();

    /// <summary>The items of a list.</summary>
    internal static IEnumerable<JsonNode> Items(Api.Answer list) => list["items"]!.AsArray().Select(item => item!);
}

/// <summary>One node for all the scenarios, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class Scenarios : ICollectionFixture<Stage>
{
    public const string Name = "scenarios";
}
