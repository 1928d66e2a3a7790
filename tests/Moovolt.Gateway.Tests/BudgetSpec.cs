using System.Net;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Moovolt.Domain;
using Moovolt.Gateway.Handshakes;
using Moovolt.Gateway.Listeners;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>The counting behind the limits, on a clock of its own.</summary>
public sealed class BudgetSpec
{
    private static readonly ChargePointId Charger = new("CP1");

    [Fact]
    public void What_happens_more_often_than_is_usual_within_the_window_is_said_once_a_window() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 40].Array[1, 80]).Sample((most, pauses) =>
        {
            var time = new FakeTimeProvider();
            var recurrences = new Recurrences(most, TimeSpan.FromSeconds(60), time);
            var (seen, told) = (new List<double>(), double.NegativeInfinity);
            var now = 0.0;
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromSeconds(pause));
                now += pause;
                seen.Add(now);
                var tooOften = seen.Count(at => now - at < 60) > most;
                var expected = !tooOften ? Recurrence.Usual : now - told < 60 ? Recurrence.TooOften : Recurrence.Alarming;
                if (expected == Recurrence.Alarming) told = now;

                Assert.Equal(expected, recurrences.Saw(Charger));
            }
        });

    [Fact]
    public void No_key_ever_takes_more_than_its_burst_and_what_was_refilled_and_none_takes_anothers() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 5], Gen.Select(Gen.Int[0, 3], Gen.Int[0, 10]).Array[1, 200]).Sample((most, refill, takes) =>
        {
            var time = new FakeTimeProvider();
            var buckets = new Buckets<int>(most, TimeSpan.FromSeconds(refill), time);
            var taken = new Dictionary<int, int>();
            var now = 0;
            foreach (var (key, pause) in takes)
            {
                time.Advance(TimeSpan.FromSeconds(pause));
                now += pause;
                var had = taken.GetValueOrDefault(key);
                var may = buckets.TryTake(key);
                if (may && pause == 10)
                {
                    buckets.GiveBack(key);
                    Assert.True(buckets.TryTake(key)); // as if it had not been taken
                }

                if (may) taken[key] = had + 1;
                else Assert.True(had >= most, $"{had} of {most} were taken, and no more was given");
                Assert.True(taken.GetValueOrDefault(key) <= most + (now / (double)refill) + 1e-6);
            }
        });

    [Fact]
    public void Who_counts_is_not_made_to_count_without_end()
    {
        var time = new FakeTimeProvider();
        var buckets = new Buckets<int>(1, TimeSpan.FromDays(1), time);
        var recurrences = new Recurrences(1, TimeSpan.FromDays(1), time);
        for (var n = 0; n < Buckets<int>.Kept + 5_000; n++)
        {
            buckets.TryTake(n);
            recurrences.Saw(new ChargePointId($"CP{n}"));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(buckets.Count, 1, Buckets<int>.Kept);
        Assert.InRange(recurrences.Count, 1, Recurrences.Kept);
        Assert.False(buckets.TryTake(Buckets<int>.Kept + 4_999)); // the latest are not forgotten
        Assert.NotEqual(Recurrence.Usual, recurrences.Saw(new ChargePointId($"CP{Recurrences.Kept + 4_999}")));
    }

    [Fact]
    public void Two_thousand_chargers_behind_one_address_may_all_return_at_once_and_again_after_five_seconds()
    {
        var time = new FakeTimeProvider();
        using var budget = new UpgradeBudget(GatewayRig.SettingsFrom(""), time);
        var router = IPAddress.Parse("198.51.100.7");

        for (var storm = 0; storm < 2; storm++)
        {
            Assert.All(Enumerable.Range(0, 2000), _ => Assert.True(budget.Allows(router)));
            time.Advance(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task Two_thousand_chargers_that_come_in_one_moment_all_get_their_turn_and_none_is_sent_away()
    {
        using var budget = new UpgradeBudget(GatewayRig.SettingsFrom(""), TimeProvider.System);
        var turns = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => budget.TurnAsync(CancellationToken.None)));

        Assert.DoesNotContain(false, turns);
    }

    [Fact]
    public void An_address_has_its_own_share_and_an_ipv6_network_has_one()
    {
        var settings = GatewayRig.SettingsFrom("address-upgrades-per-second = 1, address-upgrades-burst = 1");
        using var budget = new UpgradeBudget(settings, new FakeTimeProvider());
        bool Allows(string address) => budget.Allows(IPAddress.Parse(address));

        Assert.True(Allows("198.51.100.7"));
        Assert.False(Allows("198.51.100.7"));
        Assert.False(Allows("::ffff:198.51.100.7"));
        Assert.True(Allows("198.51.100.8"));
        Assert.True(Allows("2001:db8::1"));
        Assert.False(Allows("2001:db8::2"));
        Assert.True(Allows("2001:db8:0:1::1"));
    }

    [Fact]
    public void Without_a_budget_every_address_may_come_as_often_as_it_likes()
    {
        using var budget = new UpgradeBudget(GatewayRig.SettingsFrom("address-upgrades-per-second = 0"), new FakeTimeProvider());

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(budget.Allows(IPAddress.Loopback)));
    }

    [Fact]
    [Trait("sec", "SEC-23")]
    public void Who_fights_for_an_identity_without_waiting_is_let_in_twice_a_minute_and_no_more()
    {
        var time = new FakeTimeProvider();
        var settings = GatewayRig.SettingsFrom("");
        var flapping = new Flapping(settings, time);
        var swaps = new List<double>();
        var now = 0.0;
        while (now < 300)
        {
            var delay = flapping.DelayOf(Charger);
            time.Advance(delay + TimeSpan.FromMilliseconds(10));
            now += delay.TotalSeconds + 0.01;
            var alarmed = flapping.Displaced(Charger);
            swaps.Add(now);
            Assert.Equal(swaps.Count(at => now - at <= 60) > settings.FlappingDisplacements, alarmed);
        }

        // At first some that are normal, and then ever fewer: in no minute as many as the 20 of a fight without end.
        Assert.All(swaps, from => Assert.InRange(swaps.Count(at => at >= from && at < from + 60), 1, 9));
        Assert.Equal(TimeSpan.Zero, flapping.DelayOf(new ChargePointId("CP2")));
    }

    [Fact]
    [Trait("sec", "SEC-24")]
    public async Task Who_guesses_waits_and_the_real_charger_from_elsewhere_does_not()
    {
        var time = new FakeTimeProvider();
        var throttle = new FailureThrottle(GatewayRig.SettingsFrom(""), time);
        var (guesser, home) = (IPAddress.Parse("203.0.113.1"), IPAddress.Parse("203.0.113.2"));
        for (var tries = 0; tries < 10; tries++) Assert.True(await FailsAsync(throttle, guesser, Charger));

        Assert.False(await FailsAsync(throttle, guesser, Charger));
        Assert.True(await PassesAsync(throttle, guesser, new ChargePointId("CP2")));
        Assert.True(await PassesAsync(throttle, home, Charger));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await PassesAsync(throttle, guesser, Charger));
        Assert.True(await FailsAsync(throttle, guesser, Charger));
        Assert.False(await PassesAsync(throttle, guesser, Charger));
    }

    [Fact]
    public async Task A_scanner_of_many_identities_waits_too_and_guesses_from_everywhere_are_an_alarm()
    {
        var throttle = new FailureThrottle(GatewayRig.SettingsFrom(""), new FakeTimeProvider());
        var scanner = IPAddress.Parse("203.0.113.1");
        for (var n = 0; n < 100; n++) Assert.True(await FailsAsync(throttle, scanner, new ChargePointId($"CP{n}")));
        Assert.False(await PassesAsync(throttle, scanner, new ChargePointId("CP99")));
        using (var neighbour = await BeginAsync(throttle, scanner, new ChargePointId("ANOTHER"))) Assert.True(neighbour!.IsCrowded);

        var seen = new List<Recurrence>();
        for (var n = 0; n < 22; n++)
        {
            using var guess = await BeginAsync(throttle, IPAddress.Parse($"198.51.100.{n}"), new ChargePointId("ONE"));
            seen.Add(guess!.Fail()); // each from another place
        }

        Assert.All(seen[..20], recurrence => Assert.Equal(Recurrence.Usual, recurrence));
        Assert.Equal([Recurrence.Alarming, Recurrence.TooOften], seen[20..]);
        Assert.True(await PassesAsync(throttle, IPAddress.Parse("192.0.2.1"), new ChargePointId("ONE")));
    }

    [Fact]
    public async Task Where_addresses_are_not_counted_only_who_guesses_itself_must_wait()
    {
        var throttle = new FailureThrottle(GatewayRig.SettingsFrom("failures-per-address = 0"), new FakeTimeProvider());
        var balancer = IPAddress.Parse("203.0.113.1");
        for (var n = 0; n < 1_000; n++) Assert.True(await FailsAsync(throttle, balancer, new ChargePointId($"CP{n / 10}")));

        using var neighbour = await BeginAsync(throttle, balancer, new ChargePointId("ANOTHER"));
        Assert.False(neighbour!.IsCrowded);
        Assert.False(await PassesAsync(throttle, balancer, new ChargePointId("CP99")));
    }

    [Fact]
    public async Task In_a_crowd_one_password_is_checked_at_a_time_and_so_many_wait_at_most()
    {
        using var crowd = new Crowd(TimeProvider.System);
        var (go, under, most) = (new TaskCompletionSource(), 0, 0);
        var checks = Enumerable.Range(0, Crowd.MostInLine + 7).Select(_ => crowd.InTurnAsync(
            async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref under));
                await go.Task;
                Interlocked.Decrement(ref under);
                return "checked";
            },
            default)).ToList();

        Assert.Equal(7, checks.Count(check => check.IsCompletedSuccessfully && check.Result is null));
        go.SetResult();
        Assert.Equal(Crowd.MostInLine, (await Task.WhenAll(checks)).Count(answer => answer is not null));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task No_more_guesses_are_judged_at_once_than_may_fail_and_the_others_learn_what_became_of_them()
    {
        var time = new FakeTimeProvider();
        var throttle = new FailureThrottle(GatewayRig.SettingsFrom(""), time);
        var source = IPAddress.Parse("203.0.113.1");
        var all = Enumerable.Range(0, 50).Select(_ => BeginAsync(throttle, source, Charger)).ToArray();
        var judged = all.Where(guess => guess.IsCompleted).Select(guess => guess.Result!).ToArray(); // nobody was refused
        Assert.Equal(10, judged.Length);

        foreach (var guess in judged[..9]) guess.Fail();
        foreach (var guess in judged) guess.Dispose(); // one was right
        time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.True(await Eventually.Is(() => all.Count(guess => guess.IsCompleted) == 11, TimeSpan.FromSeconds(20)));
        var last = all.Where(guess => guess.IsCompleted).Select(guess => guess.Result!).Except(judged).Single();
        last.Fail();
        last.Dispose();

        time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(39, (await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(20))).Count(guess => guess is null));
    }

    [Fact]
    public async Task A_fleet_behind_one_router_comes_in_however_many_it_is()
    {
        var throttle = new FailureThrottle(GatewayRig.SettingsFrom(""), TimeProvider.System);
        var router = IPAddress.Parse("203.0.113.1");
        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 500 }, async (n, _) =>
        {
            using var entry = await BeginAsync(throttle, router, new ChargePointId($"CP{n}"));
            Assert.NotNull(entry);
            await Task.Delay(5, CancellationToken.None);
        });
    }

    [Fact]
    public void Handshakes_are_counted_by_the_network_that_an_address_of_IPv6_is_in()
    {
        var budget = new HandshakeBudget(most: 10, mostPerAddress: 2);
        Assert.NotNull(budget.TryEnter(IPAddress.Parse("2001:db8:1:2::1")));
        Assert.NotNull(budget.TryEnter(IPAddress.Parse("2001:db8:1:2:3::2")));
        Assert.Null(budget.TryEnter(IPAddress.Parse("2001:db8:1:2:ffff::3")));
        Assert.NotNull(budget.TryEnter(IPAddress.Parse("2001:db8:1:3::1")));
    }

    private static Task<FailureThrottle.Try?> BeginAsync(FailureThrottle throttle, IPAddress source, ChargePointId id) =>
        throttle.BeginAsync(source, id, CancellationToken.None);

    // True when it was judged at all.
    private static async Task<bool> FailsAsync(FailureThrottle throttle, IPAddress source, ChargePointId id)
    {
        using var guess = await BeginAsync(throttle, source, id);
        guess?.Fail();
        return guess is not null;
    }

    private static async Task<bool> PassesAsync(FailureThrottle throttle, IPAddress source, ChargePointId id)
    {
        using var entry = await BeginAsync(throttle, source, id);
        return entry is not null;
    }
}
