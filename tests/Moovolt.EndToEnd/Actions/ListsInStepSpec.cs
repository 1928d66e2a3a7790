using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions;

/// <summary>
/// A local list that is managed follows the tokens (OCPP 1.6, 3.5.2; OCPP 2.0.1, D01): nobody asks, and the charger gets
/// what has changed.
/// </summary>
public sealed class ListsInStepSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Api => fixture.Node.Api;

    public static TheoryData<string> Versions => ["ocpp1.6", "ocpp2.0.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_token_that_is_blocked_or_removed_reaches_the_lists_that_it_is_on(string version)
    {
        var (card, other) = ($"LIST-{version[4..]}-A", $"LIST-{version[4..]}-B");
        await Api.Accept(card);
        await Api.Accept(other);
        await using var holder = await Holder.Boot(fixture.Node.Ocpp, $"FOLLOWS-{version}", version);
        await using var stranger = await Holder.Boot(fixture.Node.Ocpp, $"STAYS-{version}", version);
        await Sends(holder, new { mode = "full", tokens = new[] { card, other }, managed = true });
        await Sends(stranger, new { mode = "full", tokens = new[] { card, other } });

        await Api.Put($"tokens/{card}", new { status = "blocked" });
        await holder.Holds($"Differential: {card} Blocked");
        await Api.Delete($"tokens/{other}");
        await holder.Holds($"Differential: {other} gone");

        var list = await Eventually.Get(
            () => Api.Get($"charge-points/{holder.Charger.Identity}/local-list"),
            seen => seen["inStep"]!.GetValue<bool>() && seen["items"]!.AsArray().Count == 1, Soon);
        Assert.True(list["managed"]!.GetValue<bool>());
        Assert.Equal(card, list["items"]![0]!["token"]!.GetValue<string>());
        var commands = await Api.All($"commands?chargePoint={holder.Charger.Identity}");
        Assert.Equal(2, commands.Count(command => command["requestedBy"]!.GetValue<string>() == "moovolt"));
        Assert.Single(stranger.Sent);
    }

    [Fact]
    public async Task A_list_of_all_tokens_gets_new_ones_many_at_once_and_when_its_charger_comes_back()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        await node.Api.Accept("ALL-0");
        await using (var holder = await Holder.Boot(node.Ocpp, "ALL", "ocpp1.6"))
        {
            await Sends(node.Api, holder, new { managed = true });
            await Task.WhenAll(Enumerable.Range(1, 20).Select(n => node.Api.Accept($"ALL-{n}")));
            await Eventually.Is(() => Held(node.Api, 21), Soon);
            Assert.InRange(holder.Sent.Count, 2, 10); // the first, and hardly more than one for all of them
        }

        await node.Api.Put("tokens/ALL-7", new { status = "blocked" });
        node.Kill9(); // whoever was to tell the charger is gone, too
        await node.Start().Ready();
        await using var back = await Holder.Boot(node.Ocpp, "ALL", "ocpp1.6");
        await back.Holds("Differential: ALL-7 gone"); // one that may not charge is not among all that may
    }

    private static async Task<bool> Held(Api api, int tokens) =>
        (await api.Get("charge-points/ALL/local-list"))["items"]!.AsArray().Count == tokens;

    private Task Sends(Holder holder, object body) => Sends(Api, holder, body);

    private static async Task Sends(Api api, Holder holder, object body)
    {
        var answer = await api.Post($"charge-points/{holder.Charger.Identity}/commands/send-local-list", body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
    }

    /// <summary>A charger that takes every list, and says in one line what it was sent.</summary>
    private sealed class Holder(RawCharger charger) : IAsyncDisposable
    {
        public RawCharger Charger => charger;

        public ConcurrentQueue<string> Sent { get; } = new();

        public static async Task<Holder> Boot(Uri ocpp, string identity, string version)
        {
            var charger = await RawCharger.Connect(ocpp, identity, subprotocol: version);
            var holder = new Holder(charger);
            var held = 0;
            var word = version == "ocpp1.6" ? "listVersion" : "versionNumber";
            charger.Answers["GetLocalListVersion"] = _ => new JsonObject { [word] = held };
            charger.Answers["SendLocalList"] = call =>
            {
                held = call[word]!.GetValue<int>();
                holder.Sent.Enqueue(Line(call));
                return new { status = "Accepted" };
            };
            // What waits for it comes right after its boot.
            var boot = version == "ocpp1.6"
                ? new { chargePointVendor = "Raw", chargePointModel = "One" }
                : Stepping.Introduction;
            Assert.Equal("Accepted", Charging.Result(await charger.Call("BootNotification", boot))["status"]!.GetValue<string>());
            return holder;
        }

        public async Task Holds(string line) => Assert.True(
            await Eventually.Is(() => Sent.Contains(line), Soon), $"{line} was never sent, only {string.Join("; ", Sent)}");

        public ValueTask DisposeAsync() => charger.DisposeAsync();

        private static string Line(JsonNode call)
        {
            var entries = (call["localAuthorizationList"]?.AsArray() ?? [])
                .Select(entry => entry!["idTag"] is { } tag
                    ? $"{tag} {entry["idTagInfo"]?["status"] ?? "gone"}"
                    : $"{entry["idToken"]!["idToken"]} {entry["idTokenInfo"]?["status"] ?? "gone"}");
            return $"{call["updateType"]}: {string.Join(' ', entries)}";
        }
    }
}
