using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Steps;
using Moovolt.Rig;
using Xunit;
using static Moovolt.EndToEnd.Field.FieldNode;

namespace Moovolt.EndToEnd.Field;

/// <summary>
/// A charger that speaks of another one's transaction (CVE-2026-28230 is what comes of believing it): it is answered as
/// ever, nothing of the other's changes, and operators are told.
/// </summary>
public sealed class ForeignTransactionSpec(FieldNode field) : IClassFixture<FieldNode>
{
    [Theory]
    [Trait("sec", "SEC-30")]
    [InlineData("StopTransaction")]
    [InlineData("StopTransaction with the victim's card")]
    [InlineData("MeterValues")]
    [InlineData("MeterValues while it charges")]
    public async Task Another_chargers_number_gets_a_normal_answer_changes_nothing_there_and_is_said(string what)
    {
        await field.Api.Accept("SEC30-TAG");
        await field.Api.Accept("SEC30-OTHER");
        var name = $"SEC30-{what.Length}";
        await using var victim = await RawCharger.Boot(field.Ocpp, $"{name}-A");
        await using var charger = await RawCharger.Boot(field.Ocpp, $"{name}-B");
        var theirs = await victim.StartsAt("SEC30-TAG", 1_000);
        var before = await field.Transaction($"{name}-A", theirs);
        switch (what)
        {
            case "StopTransaction":
                Assert.Empty((await charger.Stops(theirs, 9_999)).AsObject());
                break;
            case "StopTransaction with the victim's card":
                var conf = await charger.Stops(theirs, 9_999, token: "SEC30-TAG");
                Assert.Equal("Accepted", conf["idTagInfo"]!["status"]!.GetValue<string>()); // of the card, and of nothing else
                break;
            case "MeterValues while it charges":
                await charger.StartsAt("SEC30-OTHER", 500);
                await charger.Samples(theirs, "9999");
                break;
            default:
                await charger.Samples(theirs, "9999");
                break;
        }

        await IsSaid($"{name}-B", $"{theirs}", $"{name}-A");
        Assert.Equal(before.ToJsonString(), (await field.Transaction($"{name}-A", theirs)).ToJsonString());
        Assert.Empty(await field.Api.All($"transactions/{name}-A/{theirs}/samples"));

        // And it ends as if nothing had been.
        await victim.Stops(theirs, 1_250);
        var ended = await field.Ended($"{name}-A", theirs);
        Assert.Equal((250L, 1_250L), (Number(ended, "deliveredWh"), Number(ended, "meterStopWh")));
        Assert.Empty(Codes(ended));
    }

    [Theory]
    [Trait("sec", "SEC-30")]
    [InlineData("ocpp2.0.1", "Updated")]
    [InlineData("ocpp2.0.1", "Ended")]
    [InlineData("ocpp2.1", "Updated")]
    [InlineData("ocpp2.1", "Ended")]
    public async Task Another_chargers_id_is_ones_own_unknown_transaction_and_is_said(string version, string kind)
    {
        await field.Api.Accept("SEC30-CAFE");
        var name = $"SEC30-{version[4..]}-{kind}";
        var id = $"{Guid.NewGuid()}";
        await using var victim = await Stepping.Boot(field.Ocpp, $"{name}-A", version);
        await using var charger = await Stepping.Boot(field.Ocpp, $"{name}-B", version);
        Assert.Equal("Accepted", await victim.Tell(Stepping.Step(id, "Started", 0, 1_000, "SEC30-CAFE", "Authorized")));
        var before = await Transaction($"{name}-A", id);

        var answer = Charging.Result(await charger.Call("TransactionEvent", Stepping.Step(id, kind, 5, 9_000)));
        Assert.Empty(answer.AsObject());

        await IsSaid($"{name}-B", id, $"{name}-A");
        Assert.Equal(kind == "Ended" ? "ended" : "running", Word(await Transaction($"{name}-B", id), "state"));
        Assert.Equal(before.ToJsonString(), (await Transaction($"{name}-A", id)).ToJsonString());

        Assert.Null(await victim.Tell(Stepping.Step(id, "Ended", 1, 1_250, trigger: "StopAuthorized")));
        var ended = await Transaction($"{name}-A", id, seen => Word(seen, "state") == "ended");
        Assert.Equal(250L, Number(ended, "deliveredWh"));
        Assert.Empty(Codes(ended));
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_no_security_event()
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "SEC30-NOBODYS");
        await charger.Stops(424_242, 2_500);
        await Eventually.Get(
            () => field.Api.All("transactions?chargePoint=SEC30-NOBODYS&state=suspended"), seen => seen.Count == 1, field.Soon);

        Assert.Empty(await field.Api.All("charge-points/SEC30-NOBODYS/security-events"));
    }

    private async Task IsSaid(string who, string localId, string whose)
    {
        var said = Assert.Single(await Eventually.Get(
            () => field.Api.All($"charge-points/{who}/security-events"), seen => seen.Count > 0, field.Soon));
        Assert.Equal("ForeignTransactionId", Word(said, "type"));
        Assert.Equal($"It named transaction {localId}, which never began there: it was running at {whose}.", Word(said, "details"));
        Assert.Contains(
            await field.Api.All("security-events?type=ForeignTransactionId"), seen => Word(seen, "chargePoint") == who);
        Assert.Empty(await field.Api.All($"charge-points/{whose}/security-events"));
    }

    private async Task<JsonNode> Transaction(string chargePoint, string id, Func<JsonNode, bool>? fits = null) =>
        (await Eventually.Get(
            () => field.Api.Get($"transactions/{chargePoint}/{id}"),
            seen => seen.Body is { } body && body["id"] is not null && (fits is null || fits(body)),
            field.Soon)).Body!; // fits says so
}
