using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>
/// The node that is under test, and what the cases begin with. Each case has a charger of its own name.
/// </summary>
public sealed class Bench : IAsyncLifetime
{
    public const string Valid = "VALID";
    public const string Expired = "EXPIRED";
    public const string Blocked = "BLOCKED";
    public const string Unknown = "UNKNOWN";

    /// <summary>Two tokens of one group.</summary>
    public const string Parent = "FAMILY";
    public const string Child = "CHILD";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public MoovoltProcess Node { get; } = new();

    public Api Api => Node.Api;

    public async Task InitializeAsync()
    {
        await Node.Start().Ready();
        await Api.Accept(Valid);
        await Define(Expired, new { expiresAt = "2020-01-01T00:00:00Z" });
        await Define(Blocked, new { status = "blocked" });
        await Define(Child, new { status = "accepted", parent = Parent });
    }

    public async Task DisposeAsync() => await Node.DisposeAsync();

    /// <summary>A charger that is booted, with itself and connector 1 available.</summary>
    internal async Task<ForeignCharger> Booted(string identity)
    {
        await Register(identity, new { unknownTokens = "refuse" }); // one that nobody registered may take them all
        var charger = await ForeignCharger.Connect(Node.Ocpp, identity);
        await Boots(charger);
        return charger;
    }

    /// <summary>Boots, and says how its connectors are.</summary>
    internal static async Task Boots(ForeignCharger charger, string connector1 = "Available")
    {
        Assert.Equal("Accepted", (await charger.Boot())["status"]!.GetValue<string>());
        await charger.Status("Available", connector: 0);
        await charger.Status(connector1);
    }

    /// <summary>A charger with a transaction of <see cref="Valid"/> on connector 1, and the number of that.</summary>
    internal async Task<(ForeignCharger Charger, int Transaction)> Charging(string identity)
    {
        var charger = await Booted(identity);
        var transaction = await charger.Start(Valid);
        await charger.Status("Charging");
        return (charger, transaction);
    }

    /// <summary>An operator asks by a verb, and the charger answers so; gives back what was sent, and the command.</summary>
    internal Task<(JsonNode Sent, Api.Answer Command)> Ask(
        ForeignCharger charger, string verb, object body, string action, object answer) =>
        Post(charger, $"commands/{verb}", body, action, answer);

    /// <summary>The same, where the answer is a status; the command must come to the given state.</summary>
    internal async Task<JsonNode> Ask(
        ForeignCharger charger, string verb, object body, string action, string status, string state) =>
        await Comes(await Ask(charger, verb, body, action, new { status }), state);

    /// <summary>An operator writes the payload of the call himself.</summary>
    internal Task<(JsonNode Sent, Api.Answer Command)> Call(
        ForeignCharger charger, string action, object payload, object answer) =>
        Post(charger, $"calls/{action}", payload, action, answer);

    /// <summary>The same, where the answer is a status; the command must come to the given state.</summary>
    internal async Task<JsonNode> Call(
        ForeignCharger charger, string action, object payload, string status, string state) =>
        await Comes(await Call(charger, action, payload, new { status }), state);

    /// <summary>Waits until a command has come to a state; one whose effect is seen was accepted before.</summary>
    internal Task<Api.Answer> Becomes(Api.Answer command, string state) => Sees(
        $"commands/{command["id"]}",
        seen => seen["state"]!.GetValue<string>() is var now && (now == state || (state, now) is ("accepted", "effective")));

    /// <summary>Waits until the charger's transaction is in a state; gives back the transaction.</summary>
    internal Task<Api.Answer> Transaction(ForeignCharger charger, int number, string state) =>
        Sees($"transactions/{charger.Identity}/{number}", seen => seen["state"]!.GetValue<string>() == state);

    /// <summary>Waits until connector 1 is seen in a status.</summary>
    internal Task<Api.Answer> Connector(ForeignCharger charger, string status) => Sees(
        $"charge-points/{charger.Identity}",
        seen => seen["connectors"]!.AsArray().Any(plug =>
            plug!["evse"]!.GetValue<int>() == 1 && plug["status"]!.GetValue<string>() == status));

    internal Task<Api.Answer> Sees(string path, Func<Api.Answer, bool> fits) =>
        Eventually.Get(() => Api.Get(path), seen => seen.Status == HttpStatusCode.OK && fits(seen), Patience);

    /// <summary>Registers a charger.</summary>
    internal Task Register(string identity, object body) => Put($"charge-points/{identity}", body);

    /// <summary>The last step of a case: no frame was wrong until then.</summary>
    internal static async Task Judged(ForeignCharger charger) => await charger.Close();

    private async Task<(JsonNode Sent, Api.Answer Command)> Post(
        ForeignCharger charger, string path, object body, string action, object answer)
    {
        await charger.Answers(action, answer);
        var command = await Api.Post($"charge-points/{charger.Identity}/{path}", body);
        Assert.True(command.Status == HttpStatusCode.OK, $"{path}: {command}");
        return (await charger.Asked(action), command);
    }

    private async Task<JsonNode> Comes((JsonNode Sent, Api.Answer Command) asked, string state)
    {
        await Becomes(asked.Command, state);
        return asked.Sent;
    }

    private Task Define(string token, object body) => Put($"tokens/{token}", body);

    private async Task Put(string path, object body)
    {
        var answer = await Api.Put(path, body);
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{answer}");
    }
}

/// <summary>One node for all the cases, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class Certification : ICollectionFixture<Bench>
{
    public const string Name = "certification";
}
