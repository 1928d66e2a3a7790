using Xunit;

namespace Moovolt.Api.Tests;

public sealed class TransactionSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task A_charging_session_is_seen_from_its_start_to_what_it_came_to()
    {
        var id = await bridge.Online("CP-T1");
        var localId = await Charging.Begin(bridge, id);
        var running = await _operator.Get($"transactions/CP-T1/{localId}");
        Assert.Equal("running", running.Text("state"));
        Assert.Equal([$"CP-T1/{localId}"], (await _operator.Get("charge-points/CP-T1"))["openTransactions"]!.AsArray().Select(each => each!.GetValue<string>()));

        await Charging.Meter(bridge, id, localId, 2000, 5000);
        await Charging.End(bridge, id, localId);

        var ended = await _operator.Get($"transactions/CP-T1/{localId}");
        Assert.Equal(200, ended.Status);
        Assert.Equal($"CP-T1/{localId}", ended.Text("id"));
        Assert.Equal("ended", ended.Text("state"));
        Assert.Equal("TAG", ended.Text("token"));
        Assert.Equal(1234, ended["meterStartWh"]!.GetValue<long>());
        Assert.Equal(8765, ended["meterStopWh"]!.GetValue<long>());
        Assert.Equal(7531, ended["deliveredWh"]!.GetValue<long>());
        Assert.Equal("2026-01-01T12:00:00Z", ended.Text("startedAt"));
        Assert.Equal("2026-01-01T13:00:00Z", ended.Text("endedAt"));
        Assert.Equal("Local", ended.Text("stopReason"));
        Assert.Equal("told-late", Assert.Single(ended["annotations"]!.AsArray())!["code"]!.GetValue<string>()); // it is long past
    }

    [Fact]
    public async Task Samples_come_in_pages_with_every_measurand()
    {
        var id = await bridge.Online("CP-T2");
        var localId = await Charging.Begin(bridge, id);
        await Charging.Meter(bridge, id, localId, 1300, 1400, 1500);

        var first = await _operator.Get($"transactions/CP-T2/{localId}/samples?limit=2");
        var second = await _operator.Get($"transactions/CP-T2/{localId}/samples?limit=2&cursor={first.Text("next")}");

        Assert.Equal([1300L, 1400, 1500], first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(each => each!["registerWh"]!.GetValue<long>()));
        Assert.Null(second["next"]);
        Assert.Equal("1300", first["items"]![0]!["readings"]![0]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_payload_that_could_not_be_read_in_full_is_kept_whole_as_evidence()
    {
        var id = await bridge.Online("CP-T3");
        var localId = await Charging.Begin(bridge, id);
        var frame = $$"""{"transactionId":{{localId}},"odd":"{{new string('x', 1_000_000)}}"}""";
        await Charging.End(bridge, id, localId, frame: frame);

        var said = await _operator.Get($"transactions/CP-T3/{localId}/frames");
        Assert.Equal(frame, said["items"]!.AsArray().Single()!["frame"]!.GetValue<string>());
        Assert.Equal("stop", said["items"]![0]!["what"]!.GetValue<string>());
        Assert.Single((await _operator.Get("charge-points/CP-T3/frames"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Transactions_are_found_by_charger_token_state_and_time()
    {
        var id = await bridge.Online("CP-T4");
        var early = await Charging.Begin(bridge, id, "FIND-A", at: Charging.Noon);
        var late = await Charging.Begin(bridge, id, "FIND-B", at: Charging.Noon.AddDays(1));
        await Charging.End(bridge, id, early);

        Assert.Equal([$"CP-T4/{late}", $"CP-T4/{early}"], await Ids("chargePoint=CP-T4"));
        Assert.Equal([$"CP-T4/{early}"], await Ids("chargePoint=CP-T4&state=ended"));
        Assert.Equal([$"CP-T4/{late}"], await Ids("chargePoint=CP-T4&state=running"));
        Assert.Equal([$"CP-T4/{late}"], await Ids("token=find-b"));
        Assert.Equal([$"CP-T4/{late}"], await Ids("chargePoint=CP-T4&from=2026-01-02T00:00:00Z"));
        Assert.Equal([$"CP-T4/{early}"], await Ids("chargePoint=CP-T4&from=2026-01-01T12:00:00Z&to=2026-01-02T12:00:00Z"));
    }

    [Theory]
    [InlineData("transactions/CP-T1/none")]
    [InlineData("transactions/CP-T1/none/samples")]
    [InlineData("transactions/CP-T1/none/frames")]
    public async Task A_transaction_that_never_was_is_404(string path) => Assert.Equal(404, (await _operator.Get(path)).Status);

    private async Task<IEnumerable<string>> Ids(string query) =>
        (await _operator.Get($"transactions?{query}"))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>());
}
