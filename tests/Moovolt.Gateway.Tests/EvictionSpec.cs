using Microsoft.Extensions.Time.Testing;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Gateway.Sessions;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>In which order and at what pace sockets are closed, so that other nodes can take their chargers.</summary>
public sealed class EvictionSpec
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<int> _closed = [];

    [Theory]
    [InlineData(200, 20)]
    [InlineData(20, 2)]
    public async Task Each_tenth_of_a_second_a_tenth_of_the_rate_is_closed(int rate, int each)
    {
        var evicting = Evict(Enumerable.Range(0, 4 * each), rate, charges: _ => false);

        for (var beat = 1; beat <= 4; beat++)
        {
            Assert.Equal(beat * each, _closed.Count);
            _clock.Advance(Beat);
        }

        await evicting.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(Enumerable.Range(0, 4 * each), _closed.Order());
    }

    [Fact]
    public void A_rate_below_ten_is_kept_too()
    {
        _ = Evict(Enumerable.Range(0, 100), perSecond: 5, charges: _ => false);

        for (var beat = 0; beat < 20; beat++) _clock.Advance(Beat);

        Assert.InRange(_closed.Count, 10, 11); // two seconds
    }

    [Fact]
    public void What_a_stalled_process_has_missed_is_not_made_up_for_at_once()
    {
        _ = Evict(Enumerable.Range(0, 1000), perSecond: 20, charges: _ => false);

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.InRange(_closed.Count, 20, 24);
    }

    [Fact]
    public async Task Those_that_charge_are_the_last_and_the_rest_goes_as_chance_has_it()
    {
        var evicting = Evict(Enumerable.Range(0, 100), perSecond: 100, charges: socket => socket < 30);

        while (!evicting.IsCompleted) _clock.Advance(Beat);
        await evicting;

        Assert.Equal(70, _closed.TakeWhile(socket => socket >= 30).Count());
        Assert.NotEqual(Enumerable.Range(30, 70), _closed.Take(70));
    }

    [Fact]
    public async Task A_node_that_serves_again_closes_no_more()
    {
        using var undrained = new CancellationTokenSource();
        var evicting = Evict(Enumerable.Range(0, 100), perSecond: 20, charges: _ => false, undrained.Token);

        await undrained.CancelAsync();
        for (var beat = 0; beat < 20; beat++) _clock.Advance(Beat);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evicting);
        Assert.Equal(2, _closed.Count);
    }

    [Fact]
    public async Task A_charger_whose_transaction_is_open_is_moved_after_the_one_that_is_idle()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Answers = command => command is OpenSession { Id.Value: "BUSY" } open
            ? new SessionOpen(Math.Max(1, open.Epoch), Registration.Accepted, null, Charges: true)
            : null;
        await using var busy = await rig.ConnectAsync("BUSY");
        await rig.Entities.UntilTold<OpenSession>();
        await using var idle = await rig.ConnectAsync("IDLE");
        await rig.Entities.UntilTold<OpenSession>(2);
        await Until(() => rig.Gateway.Charging == 1);

        var drained = rig.Gateway.DrainAsync(1, CancellationToken.None);

        Assert.Equal(1012, await idle.ReadCloseAsync());
        await idle.CloseAsync(1012);
        Assert.Equal(1012, await busy.ReadCloseAsync());
        await busy.CloseAsync(1012);
        await drained.WaitAsync(TimeSpan.FromSeconds(20));
        var goodbyes = await rig.Entities.UntilTold<CloseSession>(2);
        Assert.Equal(["IDLE", "BUSY"], goodbyes.Select(goodbye => goodbye.Id.Value));
    }

    [Fact]
    public async Task A_message_of_a_transaction_makes_a_charger_one_that_charges()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.ReadFrameAsync();
        Assert.Equal(0, rig.Gateway.Charging);

        await charger.CallAsync("2", "StartTransaction", "{}");

        await Until(() => rig.Gateway.Charging == 1);
    }

    [Fact]
    public async Task A_surplus_is_closed_once_and_not_of_those_that_charge_while_the_door_stays_open()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Entities.Answers = command => command is OpenSession { Id.Value: "BUSY" } open
            ? new SessionOpen(Math.Max(1, open.Epoch), Registration.Accepted, null, Charges: true)
            : null;
        await using var busy = await rig.ConnectAsync("BUSY");
        await using var one = await rig.ConnectAsync("ONE");
        await using var two = await rig.ConnectAsync("TWO");
        await Until(() => rig.Gateway.Charging == 1);

        var given = rig.Gateway.GiveUpAsync(5, 100, CancellationToken.None);
        foreach (var charger in new[] { one, two })
        {
            Assert.Equal(1012, await charger.ReadCloseAsync());
            await charger.CloseAsync(1012);
        }

        Assert.Equal(2, await given.WaitAsync(TimeSpan.FromSeconds(20)));
        await using var back = await rig.ConnectAsync("ONE");
        await busy.CallAsync("1", "Heartbeat", "{}");
        Assert.Equal("1", (await busy.ReadFrameAsync())[1].GetString());
    }

    private Task Evict(
        IEnumerable<int> sockets, int perSecond, Func<int, bool> charges, CancellationToken cancellation = default)
    {
        var all = sockets.ToArray();
        var eviction = new Eviction<int>(_clock, perSecond, charges, _closed.Contains, _closed.Add);
        return eviction.RunAsync(() => _closed.Count == all.Length ? null : all, cancellation);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 1000, "It did not come to be within 20 s.");
            await Task.Delay(20);
        }
    }
}
