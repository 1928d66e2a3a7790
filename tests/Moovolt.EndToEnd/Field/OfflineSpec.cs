using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;
using static Moovolt.EndToEnd.Field.FieldNode;

namespace Moovolt.EndToEnd.Field;

/// <summary>The field list, one test a pain: what a charger kept while it was alone, and two connectors at once.</summary>
public sealed class OfflineSpec(FieldNode field) : IClassFixture<FieldNode>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Item_30_Sessions_from_before_the_connection_come_in_any_order_and_are_history()
    {
        await field.Api.Accept("F30-TAG");
        await using var listener = await Listener.To(field.Api, field.Node.Url, "F30");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F30");
        await charger.Says("Charging", connector: 2);
        var live = await charger.StartsAt("F30-TAG", 50_000, connector: 2);

        // The later session first; and of the earlier one the samples only after its stop.
        var later = await charger.StartsAt("F30-TAG", 5_000, At(-120));
        await charger.Stops(later, 9_000, At(-60));
        var earlier = await charger.StartsAt("F30-TAG", 1_000, At(-300));
        await charger.Stops(earlier, 4_000, At(-240));
        await charger.Samples(earlier, "2000", At(-270));

        var (one, two) = (await field.Ended("F30", earlier), await field.Ended("F30", later));
        Assert.Equal((3_000L, 4_000L), (Number(one, "deliveredWh"), Number(two, "deliveredWh")));
        Assert.True(Is(one, "replayed") && Is(two, "replayed"));
        Assert.Contains("told-late", Codes(one));
        var listed = await field.Transactions("F30", 3);
        Assert.Equal([$"{live}", $"{later}", $"{earlier}"], listed.Select(item => Word(item, "localId"))); // by event time

        var seen = await field.ChargePoint("F30");
        Assert.Equal("Charging", Word(seen["connectors"]!.AsArray().Single(plug => plug!["evse"]!.GetValue<int>() == 2)!, "status"));
        Assert.Equal([$"F30/{live}"], seen["openTransactions"]!.AsArray().Select(id => id!.GetValue<string>()));

        await listener.Hears(change => change.Type == "transaction-ended" && Word(change.Body, "id") == $"F30/{earlier}", field.Soon);
        Assert.Equal(
            [$"F30/{live}"],
            listener.Heard.Where(change => change.Type == "transaction-began").Select(change => Word(change.Body, "id")));
        Assert.Equal(2, listener.Heard.Count(change => change.Type == "transaction-recorded"));
    }

    [Fact]
    public async Task Item_30_A_thousand_offline_sessions_at_the_first_connection_are_a_thousand_sessions_and_no_news()
    {
        const int Sessions = 1_000;
        await field.Api.Accept("F30K-TAG");
        await using var listener = await Listener.To(field.Api, field.Node.Url, "F30K");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F30K"); // connector 1 is Available
        await charger.Says("Faulted", connector: 2);
        var before = await field.ChargePoint("F30K", known => known["connectors"]!.AsArray().Count == 2);
        var first = DateTimeOffset.UtcNow.AddDays(-30);
        var expected = new ConcurrentDictionary<string, (string Start, string End, long Wh)>();

        for (var n = 0; n < Sessions; n++)
        {
            var (start, end) = (Stamp(first.AddMinutes(n * 40)), Stamp(first.AddMinutes((n * 40) + 25)));
            var connector = 1 + (n % 2);
            await charger.Says("Charging", connector, start);
            var number = await charger.StartsAt("F30K-TAG", n * 10_000L, start, connector);
            await charger.Stops(number, (n * 10_000L) + 5_000 + n, end);
            await charger.Says("Finishing", connector, end);
            expected[$"{number}"] = (start, end, 5_000 + n);
        }

        var all = await Eventually.Get(
            () => field.Api.All("transactions?chargePoint=F30K&state=ended&limit=200"), seen => seen.Count == Sessions, Patience);
        Assert.All(all, seen =>
        {
            var (start, end, wattHours) = expected[Word(seen, "localId")!];
            Assert.Equal(wattHours, Number(seen, "deliveredWh"));
            Assert.Equal(Moment(start), Moment(Word(seen, "startedAt")!));
            Assert.Equal(Moment(end), Moment(Word(seen, "endedAt")!));
            Assert.Equal(25 * 60, seen["durationSeconds"]!.GetValue<double>());
            Assert.True(Is(seen, "replayed"));
            Assert.False(Is(seen, "suspect"));
        });
        Assert.Equal(
            all.Select(seen => Moment(Word(seen, "startedAt")!)).OrderDescending(),
            all.Select(seen => Moment(Word(seen, "startedAt")!)));

        var after = await field.ChargePoint("F30K", known => known["openTransactions"]!.AsArray().Count == 0);
        Assert.Equal(before["connectors"]!.ToJsonString(), after["connectors"]!.ToJsonString());
        // The last thing said is a status, and the change that tells of it may come after everything else is seen.
        await Eventually.Is(
            () => listener.Heard.Count(change => change.Type == "connector-status-recorded") >= 2 * Sessions, Patience);
        Assert.Equal(Sessions, listener.Heard.Count(change => change.Type == "transaction-ended"));
        Assert.Equal(Sessions, listener.Heard.Count(change => change.Type == "transaction-recorded"));
        Assert.DoesNotContain(listener.Heard, change => change.Type == "transaction-began");
        Assert.Equal(2, listener.Heard.Count(change => change.Type == "connector-status")); // from before the history
        Assert.Equal(2 * Sessions, listener.Heard.Count(change => change.Type == "connector-status-recorded"));
    }

    [Fact]
    public async Task Item_30_A_status_from_before_the_connection_is_history_once_the_charger_has_said_how_it_is()
    {
        await using (var before = await RawCharger.Connect(field.Ocpp, "F30S"))
        {
            await before.Boots();
            await before.Says("Available", at: At(-60)); // so it is since an hour
        }

        await using var listener = await Listener.To(field.Api, field.Node.Url, "F30S");
        await using var charger = await RawCharger.Connect(field.Ocpp, "F30S");
        await charger.Boots();
        await charger.Says("Available", at: At(0)); // as before: no event
        var then = At(-30);
        await charger.Says("Faulted", at: then);
        await charger.Says("Faulted", at: then); // again

        await listener.Hears(
            change => change.Type == "connector-status-recorded" && Word(change.Body, "status") == "Faulted", field.Soon);
        var seen = await field.ChargePoint("F30S");
        Assert.Equal("Available", Word(Assert.Single(seen["connectors"]!.AsArray())!, "status"));
        await charger.Says("Charging", at: At(0));
        await listener.Hears(change => change.Type == "connector-status" && Word(change.Body, "status") == "Charging", field.Soon);
        Assert.Single(listener.Heard, change => change.Type == "connector-status-recorded");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Two_connectors_at_once_never_mix_whatever_order_their_messages_come_in(int seed)
    {
        var identity = $"DUAL-{seed}";
        await field.Api.Accept("DUAL-A");
        await field.Api.Accept("DUAL-B");
        await using var charger = await RawCharger.Boot(field.Ocpp, identity);
        var chance = new Random(seed);
        var expected = new Dictionary<int, long>();
        for (var round = 0; round < 8; round++)
        {
            var sides = new[]
            {
                new Side("DUAL-A", 1, 1_000 + (round * 10_000), chance.Next(1, 5_000), (round * 20) - 400),
                new Side("DUAL-B", 2, 900_000 + (round * 10_000), chance.Next(1, 5_000), (round * 20) - 400),
            };
            var steps = sides.Select(side => new Queue<Func<Task>>(side.Story(charger, expected, chance))).ToList();
            while (steps.Count > 0)
            {
                var next = steps[chance.Next(steps.Count)];
                await next.Dequeue()();
                if (next.Count == 0) steps.Remove(next);
            }
        }

        foreach (var (number, wattHours) in expected)
            Assert.Equal(wattHours, Number(await field.Ended(identity, number), "deliveredWh"));
        Assert.Empty((await field.ChargePoint(identity, known => known["openTransactions"]!.AsArray().Count == 0))["openTransactions"]!.AsArray());
    }

    private static string Stamp(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What one connector has to tell, in its own order; parts of it twice, and its samples with and without the number.</summary>
    private sealed record Side(string Token, int Connector, long MeterStart, long WattHours, double Minute)
    {
        public IEnumerable<Func<Task>> Story(RawCharger charger, Dictionary<int, long> expected, Random chance)
        {
            var number = 0;
            var (start, end) = (At(Minute), At(Minute + 15));
            yield return async () => number = await charger.StartsAt(Token, MeterStart, start, Connector);
            if (chance.Next(2) == 0)
                yield return async () => Assert.Equal(number, await charger.StartsAt(Token, MeterStart, start, Connector));
            foreach (var part in new[] { 3, 2 })
            {
                var named = chance.Next(2) == 0;
                yield return () => charger.Samples(
                    named ? number : null, $"{MeterStart + (WattHours / part)}", At(Minute + (15.0 / part)), Connector);
            }

            var bare = chance.Next(3) == 0;
            yield return async () =>
            {
                expected[number] = WattHours;
                await charger.Stops(bare ? -1 : number, MeterStart + WattHours, end, Token);
            };
            if (chance.Next(2) == 0)
                yield return () => charger.Stops(bare ? -1 : number, MeterStart + WattHours, end, Token);
        }
    }
}
