using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>Three processes with nothing but MOOVOLT_DB in common, and chargers that use any of them.</summary>
[Collection(Processes.Name)]
public sealed class ClusterSpec(ThreeNodes three) : IClassFixture<ThreeNodes>
{
    private const string Password = "a-password-of-16";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private MoovoltProcess A => three.Cluster.Nodes[0];

    private MoovoltProcess B => three.Cluster.Nodes[1];

    private MoovoltProcess C => three.Cluster.Nodes[2];

    [SkippableFact]
    public async Task They_form_one_cluster_with_one_leader_and_a_hundred_shards_of_each_kind()
    {
        var pictures = await Task.WhenAll(three.Cluster.Nodes.Select(node => node.Api.Get("cluster")));
        Assert.Single(pictures.Select(picture => picture["leader"]!.GetValue<string>()).Distinct());
        foreach (var kind in new[] { "charge-point", "transaction", "token" })
        {
            await Eventually.Get(
                () => A.Api.Get("cluster"),
                picture => picture["members"]!.AsArray().Sum(member => Shards(member!, kind)) == 100,
                TimeSpan.FromSeconds(30));
        }
    }

    [SkippableFact]
    public async Task A_charger_at_one_node_is_commanded_through_another_while_it_lives_on_a_third()
    {
        var identity = await WhoseEntityLivesOn(C);
        await using var charger = await RawCharger.Boot(A.Ocpp, identity, Password);
        charger.Answers["ClearCache"] = _ => new { status = "Accepted" };

        var command = await B.Api.Post($"charge-points/{identity}/commands/clear-cache", new { });

        Assert.Equal(HttpStatusCode.OK, command.Status);
        Assert.Contains(command["state"]!.GetValue<string>(), new[] { "accepted", "effective" });
        Assert.Single(charger.Asked);

        await using var again = await RawCharger.Boot(C.Ocpp, identity, Password);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await charger.Closed(Soon));
        Charging.Result(await again.Call("Heartbeat", new { }));
    }

    [SkippableFact]
    [Trait("sec", "SEC-20")]
    [Trait("sec", "SEC-21")]
    [Trait("sec", "SEC-22")]
    public async Task After_a_swap_to_another_node_only_the_new_socket_is_asked_and_the_old_ones_end_changes_nothing()
    {
        var identity = await WhoseEntityLivesOn(C);
        await using var old = await RawCharger.Boot(A.Ocpp, identity, Password);
        await using var renewed = await RawCharger.Boot(B.Ocpp, identity, Password);
        foreach (var charger in new[] { old, renewed }) charger.Answers["ClearCache"] = _ => new { status = "Accepted" };

        for (var n = 0; n < 5; n++)
            Assert.Equal(HttpStatusCode.OK, (await C.Api.Post($"charge-points/{identity}/commands/clear-cache", new { })).Status);

        Assert.Equal((0, 5), (old.Asked.Count, renewed.Asked.Count));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await old.Closed(Soon));
        Charging.Result(await renewed.Call("Heartbeat", new { }));
        var seen = await Eventually.Get(
            () => A.Api.Get($"charge-points/{identity}"), seen => seen["connection"]!["online"]!.GetValue<bool>(), Soon);
        Assert.Equal(HttpStatusCode.OK, seen.Status);
    }

    [SkippableFact]
    public async Task A_start_that_is_sent_again_to_another_node_is_the_same_transaction()
    {
        const string identity = "TWICE";
        await A.Api.Register(identity, Password);
        await A.Api.Accept("CAFE");
        var start = Charging.StartTransaction("CAFE", 100, at: Charging.Now);
        JsonNode first, second;
        await using (var charger = await RawCharger.Boot(A.Ocpp, identity, Password))
            first = Charging.Result(await charger.Call("StartTransaction", start, id: "one"));
        await using (var charger = await RawCharger.Boot(B.Ocpp, identity, Password))
            second = Charging.Result(await charger.Call("StartTransaction", start, id: "another"));

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        var all = await Eventually.Get(() => C.Api.All($"transactions?chargePoint={identity}"), all => all.Count > 0, Soon);
        Assert.Single(all);
    }

    [SkippableFact]
    public async Task A_fleet_of_all_versions_that_is_spread_over_them_charges_to_the_watt_hour()
    {
        await using var journey = new MixedJourney(three.Cluster.Nodes, Password);
        await journey.Come();
        await journey.ChargeFromAfar();
        await journey.ChargeHere();
        await journey.AddUp();
    }

    [SkippableFact]
    [Trait("sec", "SEC-30")]
    public async Task A_stop_for_the_transaction_of_another_charger_is_answered_and_changes_nothing_there()
    {
        await A.Api.Register("MINE", Password);
        await A.Api.Register("THEIRS", Password);
        await A.Api.Accept("CAFE");
        await using var mine = await RawCharger.Boot(A.Ocpp, "MINE", Password);
        await using var theirs = await RawCharger.Boot(B.Ocpp, "THEIRS", Password);
        var number = await mine.Start("CAFE", 100);

        Charging.Result(await theirs.Call("StopTransaction", Charging.StopTransaction(number, 999_999)));

        Charging.Result(await mine.Call("StopTransaction", Charging.StopTransaction(number, 250)));
        var ended = await Eventually.Get(
            () => B.Api.All("transactions?chargePoint=MINE&state=ended"), all => all.Count > 0, Soon);
        Assert.Equal(150, Assert.Single(ended)["deliveredWh"]!.GetValue<long>());
    }

    [SkippableFact]
    public async Task A_stop_of_a_million_bytes_through_a_node_that_does_not_own_it_is_whole_in_the_api()
    {
        const int size = 1_000_000;
        const string identity = "LONG-WINDED";
        await A.Api.Register(identity, Password);
        await A.Api.Accept("CAFE");
        int number;
        await using (var charger = await RawCharger.Boot(A.Ocpp, identity, Password)) number = await charger.Start("CAFE", 0);

        // Through all three in turn: two of them do not own the transaction, whichever does.
        var (frame, samples) = LongStop(number, size);
        foreach (var node in three.Cluster.Nodes)
        {
            await using var charger = await RawCharger.Boot(node.Ocpp, identity, Password);
            Charging.Result(await charger.Ask("long", frame));
        }

        var stored = await Eventually.Get(
            () => B.Api.All($"transactions/{identity}/{number}/samples?limit=500"), all => all.Count >= samples, Soon);
        Assert.Equal(samples, stored.Count);
        var transaction = await B.Api.Get($"transactions/{identity}/{number}");
        Assert.Equal(samples, transaction["deliveredWh"]!.GetValue<long>());
    }

    [SkippableFact]
    public async Task What_was_asked_of_a_charger_ends_although_its_node_was_killed_and_the_charger_stays_away()
    {
        const string identity = "ORPHAN";
        await A.Api.Register(identity, Password);
        await using var charger = await RawCharger.Boot(C.Ocpp, identity, Password); // answers no call at all
        var orphans = await Orphans.Leave(B.Api, charger);

        C.Kill9();
        try
        {
            await orphans.EndAt(A.Api, TimeSpan.FromSeconds(30));
        }
        finally
        {
            await C.Start().Ready(TimeSpan.FromSeconds(90));
            await three.Cluster.Sees(3, TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>An identity that is registered with <see cref="Password"/>, and whose entity lives on the given node.</summary>
    private static async Task<string> WhoseEntityLivesOn(MoovoltProcess node)
    {
        for (var i = 0; i < 60; i++)
        {
            var identity = $"SOMEWHERE-{i}";
            var before = await ChargePointsOn(node);
            await node.Api.Register(identity, Password);
            if (await ChargePointsOn(node) > before) return identity;
        }

        throw new InvalidOperationException("Of sixty chargers, none lives on that node.");
    }

    private static async Task<int> ChargePointsOn(MoovoltProcess node)
    {
        var picture = await node.Api.Get("cluster");
        var self = picture["members"]!.AsArray().Single(member => member!["address"]!.GetValue<string>() == picture["self"]!.GetValue<string>());
        return self!["shards"]?["charge-point"]?["entities"]?.GetValue<int>() ?? 0;
    }

    private static int Shards(JsonNode member, string kind) => member["shards"]?[kind]?["shards"]?.GetValue<int>() ?? 0;

    private static (string Frame, int Samples) LongStop(int transaction, int size)
    {
        var at = DateTimeOffset.UtcNow.AddDays(-1);
        string Sample(int i) =>
            $$"""{"timestamp":"{{at.AddSeconds(i):yyyy-MM-dd'T'HH:mm:ss'Z'}}","sampledValue":[{"value":"{{i}}","unit":"Wh"}]}""";

        var samples = 0;
        var text = new System.Text.StringBuilder(size);
        while (text.Length < size - 500) text.Append(text.Length == 0 ? "" : ",").Append(Sample(++samples));
        var frame = $$"""[2,"long","StopTransaction",{"transactionId":{{transaction}},"meterStop":{{samples}},"timestamp":"{{Charging.Now}}","transactionData":[{{text}}]}]""";
        return (frame.PadRight(size), samples); // what follows a frame is white space, and counts as its bytes
    }
}
