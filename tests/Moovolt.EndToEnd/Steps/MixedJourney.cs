using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// What a fleet goes through in which a third speaks each version: the same for all, by the same calls of the API, and
/// exact to the watt-hour for each of them and in sum.
/// </summary>
internal sealed class MixedJourney(IReadOnlyList<MoovoltProcess> nodes, string? password) : IAsyncDisposable
{
    private const int OfEach = 3;
    private const string Prefix = "MIXED-";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // A charger is answered within 2 s whether its token was judged by then or not: a busy machine may need longer.
    private static readonly string[] LateVerdict = ["token-not-accepted", "energy-without-authorization"];

    private readonly List<Traveller> _fleet = [];
    private readonly Dictionary<string, (int Truth, int Samples)> _truth = [];

    private Api Api => nodes[^1].Api;

    /// <summary>Every charger comes, to all of the nodes in turn, and is known for what it speaks.</summary>
    public async Task Come()
    {
        await Api.Accept("CAFE");
        for (var n = 0; n < OfEach * Traveller.Versions.Length; n++)
        {
            var (id, version) = ($"{Prefix}{n}", Traveller.Versions[n % Traveller.Versions.Length]);
            if (password is not null) await Api.Register(id, password);
            _fleet.Add(await Traveller.Boot(nodes[n / OfEach % nodes.Count].Ocpp, id, version, password));
        }

        foreach (var charger in _fleet)
        {
            var seen = await Eventually.Get(
                () => Api.Get($"charge-points/{charger.Id}"), seen => seen["connection"]?["online"]?.GetValue<bool>() == true, Soon);
            Assert.Equal(charger.Version, seen["connection"]!["protocol"]!.GetValue<string>());
        }
    }

    /// <summary>An operator starts and stops all of them by the same words, and each hears its own.</summary>
    public Task ChargeFromAfar() => EachOf(async (charger, n) =>
    {
        var (from, to) = (1_000_000 + n, 1_000_000 + n + (n * 1_111) + 7);
        var start = await Ask(charger, "start-charging", new { token = "CAFE", evse = 1 });
        charger.WasAskedTo("Start");
        await charger.Begin("CAFE", from);
        await Becomes(start, "effective");
        await charger.Meter(from + 3);
        var stop = await Ask(charger, "stop-charging", new { transaction = charger.Transaction });
        charger.WasAskedTo("Stop");
        await charger.End(to);
        await Becomes(stop, "effective");
        await charger.TellAgain();
        Remember(charger, to - from, metered: 1);
    });

    /// <summary>A driver holds a card before each of them, and all is told twice.</summary>
    public Task ChargeHere() => EachOf(async (charger, n) =>
    {
        Assert.Equal("Accepted", await charger.Authorize("cafe"));
        var from = 2_000_000 + n;
        await charger.Begin("cafe", from);
        for (var meter = 1; meter <= 4; meter++) await charger.Meter(from + (meter * 250) + n);
        await charger.End(from + 1_013 + n);
        await charger.TellAgain();
        Remember(charger, 1_013 + n, metered: 4);
    });

    /// <summary>What people see is what the chargers know: nothing lost, nothing twice, each exact, and all in sum.</summary>
    public async Task AddUp()
    {
        var all = await Eventually.Get(Transactions, all => all.Count(Ended) >= _truth.Count, Soon);
        Assert.Equal(_truth.Keys.Order(), all.Select(Id).Order());
        foreach (var transaction in all)
        {
            Assert.True(Ended(transaction), transaction.ToJsonString());
            Assert.Equal(_truth[Id(transaction)].Truth, Delivered(transaction));
            Assert.Empty(transaction["missingSteps"]!.AsArray());
            Assert.True(Codes(transaction).All(code => LateVerdict.Contains(code)), transaction.ToJsonString());
            Assert.Equal(_truth[Id(transaction)].Samples, (await Api.All($"transactions/{Id(transaction)}/samples")).Count);
        }

        Assert.Equal(_truth.Values.Sum(truth => truth.Truth), all.Sum(Delivered));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var charger in _fleet) await charger.DisposeAsync();
    }

    private async Task<IReadOnlyList<JsonNode>> Transactions() =>
        [.. (await Api.All("transactions?limit=200")).Where(each => Id(each).StartsWith(Prefix, StringComparison.Ordinal))];

    private Task EachOf(Func<Traveller, int, Task> what) => Task.WhenAll(_fleet.Select(what));

    private void Remember(Traveller charger, int truth, int metered)
    {
        lock (_truth) _truth.Add(charger.Transaction, (truth, charger.Samples(metered)));
    }

    private async Task<string> Ask(Traveller charger, string verb, object body)
    {
        var answer = await Api.Post($"charge-points/{charger.Id}/commands/{verb}", body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{charger.Version}: {answer}");
        return answer["id"]!.GetValue<string>();
    }

    private async Task Becomes(string command, string state)
    {
        var seen = await Eventually.Get(
            () => Api.Get($"commands/{command}"), seen => seen["state"]?.GetValue<string>() == state, Soon);
        Assert.Equal(state, seen["state"]!.GetValue<string>());
    }

    private static IEnumerable<string> Codes(JsonNode transaction) =>
        transaction["annotations"]!.AsArray().Select(odd => odd!["code"]!.GetValue<string>());

    private static string Id(JsonNode transaction) => transaction["id"]!.GetValue<string>();

    private static bool Ended(JsonNode transaction) => transaction["state"]!.GetValue<string>() == "ended";

    private static int Delivered(JsonNode transaction) => transaction["deliveredWh"]!.GetValue<int>();
}
