using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;
using static Moovolt.EndToEnd.Field.FieldNode;

namespace Moovolt.EndToEnd.Field;

/// <summary>The field list, one test a pain: starts and stops, as they come.</summary>
public sealed class TransactionsSpec(FieldNode field) : IClassFixture<FieldNode>
{
    [Fact]
    public async Task Item_22_A_start_that_is_repeated_gets_the_same_number_and_takes_no_second_place()
    {
        await field.Api.Put("tokens/F22-TAG", new { status = "accepted", maxConcurrent = 1 });
        await using var charger = await RawCharger.Boot(field.Ocpp, "F22");
        var start = Charging.StartTransaction("F22-TAG", 1_000, At(0));

        var first = Charging.Result(await charger.Call("StartTransaction", start, "same-id"));
        var sameId = Charging.Result(await charger.Call("StartTransaction", start, "same-id"));
        var otherId = Charging.Result(await charger.Call("StartTransaction", start, "other-id"));

        Assert.Equal("Accepted", first["idTagInfo"]!["status"]!.GetValue<string>());
        Assert.Equal(first.ToJsonString(), sameId.ToJsonString());
        Assert.Equal(first.ToJsonString(), otherId.ToJsonString());
        Assert.Single(await field.Transactions("F22", 1));
    }

    [Fact]
    public async Task Item_23_A_start_that_is_repeated_after_its_stop_brings_no_ghost_to_life()
    {
        await field.Api.Accept("F23-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F23");
        var at = At(0);
        var number = await charger.StartsAt("F23-TAG", 1_000, at);
        await charger.Stops(number, 3_000);

        Assert.Equal(number, await charger.StartsAt("F23-TAG", 1_000, at));

        await field.Ended("F23", number);
        Assert.Empty((await field.ChargePoint("F23"))["openTransactions"]!.AsArray());
        Assert.Single(await field.Transactions("F23", 1));
    }

    [Fact]
    public async Task Item_24_The_first_of_two_stops_is_the_truth_and_the_second_is_kept_beside_it()
    {
        await field.Api.Accept("F24-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F24");
        var number = await charger.StartsAt("F24-TAG", 1_000);
        var at = At(1);
        await charger.Stops(number, 4_000, at);
        await charger.Stops(number, 4_000, at);
        await charger.Stops(number, 9_000, At(2));

        var seen = await field.Annotated("F24", number, "stop-contradicted");
        Assert.Equal(3_000, Number(seen, "deliveredWh"));
        Assert.Equal(4_000, Number(seen, "meterStopWh"));
        Assert.Single(Codes(seen));
        Assert.Contains("9000", Detail(seen, "stop-contradicted"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("999999")]
    [InlineData("9223372036854775807")]
    [InlineData("\"session-4711\"")]
    public async Task Item_25_A_stop_that_names_no_transaction_of_ours_ends_the_one_of_its_card(string id)
    {
        await field.Api.Accept("F25-TAG");
        await field.Api.Accept("F25-OTHER");
        var identity = $"F25-{Math.Abs(id.GetHashCode(StringComparison.Ordinal))}";
        await using var charger = await RawCharger.Boot(field.Ocpp, identity);
        var number = await charger.StartsAt("F25-TAG", 1_000, At(-2));
        var other = await charger.StartsAt("F25-OTHER", 7_000, At(-2), connector: 2);
        var at = At(-1);

        await charger.Stops(JsonNode.Parse(id), 2_500, at, "F25-TAG");
        await charger.Stops(JsonNode.Parse(id), 2_500, at, "F25-TAG"); // and again

        var seen = await field.Ended(identity, number);
        Assert.Equal(1_500, Number(seen, "deliveredWh"));
        Assert.Contains(Codes(seen), code => code is "stop-without-transaction" or "wrong-transaction-id");
        Assert.Equal("running", Word(await field.Transaction(identity, other), "state"));
        Assert.DoesNotContain(await field.Api.All($"charge-points/{identity}/frames"), kept => Word(kept, "what") == "unplaced-stop");
        Assert.Empty(await field.Api.All($"transactions?chargePoint={identity}&state=suspended"));
    }

    [Fact]
    public async Task Item_25_A_stop_that_fits_nothing_is_answered_and_kept_in_suspense()
    {
        await using var charger = await RawCharger.Boot(field.Ocpp, "F25-NONE");
        await charger.Stops(-1, 2_500, null, "F25-NOBODY");
        await charger.Stops(424_242, 2_500);

        Assert.Single(await Eventually.Get(
            () => field.Api.All("transactions?chargePoint=F25-NONE&state=suspended"), seen => seen.Count > 0, field.Soon));
        await Eventually.Get(
            () => field.Api.All("charge-points/F25-NONE/frames"),
            seen => seen.Any(kept => Word(kept, "what") == "unplaced-stop" && Word(kept, "why") is not null),
            field.Soon);
    }

    [Fact]
    [Trait("sec", "SEC-30")]
    public async Task Item_26_A_stop_with_another_chargers_number_stops_nothing_there_nor_what_it_does_not_fit_here()
    {
        await field.Api.Accept("F26-TAG");
        await using var victim = await RawCharger.Boot(field.Ocpp, "F26-A");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F26-B");
        var theirs = await victim.StartsAt("F26-TAG", 1_000);
        var mine = await charger.StartsAt("F26-TAG", 5_000);

        await charger.Stops(theirs, 9_999); // names nobody
        await charger.Stops(theirs + 1_000, 9_999, At(-60), "F26-TAG"); // of a time before anything began here

        await Eventually.Get(
            () => field.Api.All("transactions?chargePoint=F26-B&state=suspended"), seen => seen.Count == 2, field.Soon);
        Assert.Equal("running", Word(await field.Transaction("F26-A", theirs), "state"));
        Assert.Equal("running", Word(await field.Transaction("F26-B", mine), "state"));
    }

    [Fact]
    public async Task Item_27_A_stop_that_never_comes_is_inferred_by_the_next_start_and_corrected_by_the_real_one()
    {
        await field.Api.Accept("F27-A");
        await field.Api.Accept("F27-B");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F27");
        var lost = await charger.StartsAt("F27-A", 1_000, At(-3));
        await charger.Samples(lost, "1800", At(-2));
        var next = await charger.StartsAt("F27-B", 2_000, At(0));

        var inferred = await field.Annotated("F27", lost, "stop-inferred");
        Assert.Equal(("ended", 800L), (Word(inferred, "state"), Number(inferred, "deliveredWh")));
        Assert.True(Is(inferred, "inferred"));
        Assert.True(Is(inferred, "suspect"));
        Assert.Equal(1_800, Number(inferred, "meterStopWh"));

        await charger.Stops(lost, 1_950, At(-1), "F27-A");

        var corrected = await Eventually.Get(
            () => field.Annotated("F27", lost, "stop-corrected"), seen => Number(seen, "deliveredWh") == 950, field.Soon);
        Assert.False(Is(corrected, "inferred"));
        Assert.False(Is(corrected, "suspect"));
        Assert.Equal("running", Word(await field.Transaction("F27", next), "state"));
        var open = (await field.ChargePoint("F27"))["openTransactions"]!.AsArray().Select(id => id!.GetValue<string>());
        Assert.Equal([$"F27/{next}"], open);
    }

    [Fact]
    public async Task Item_28_The_limit_is_the_cards_own_and_a_ghost_does_not_count()
    {
        await field.Api.Put("tokens/F28-TAG", new { status = "accepted", maxConcurrent = 1 });
        await field.Api.Put("tokens/F28-FLEET", new { status = "accepted" });
        await using var charger = await RawCharger.Boot(field.Ocpp, "F28");
        var ghost = await charger.Starts("F28-TAG", 1_000, At(-3));
        Assert.Equal("Accepted", ghost["idTagInfo"]!["status"]!.GetValue<string>());
        var elsewhere = await charger.Starts("F28-TAG", 1_000, At(-2), connector: 2);
        Assert.Equal("ConcurrentTx", elsewhere["idTagInfo"]!["status"]!.GetValue<string>());

        // The ghost's connector is used again: what was there is over, for the card too.
        var again = await charger.Starts("F28-TAG", 2_000, At(0));
        Assert.Equal("Accepted", again["idTagInfo"]!["status"]!.GetValue<string>());
        await field.Annotated("F28", ghost["transactionId"]!.GetValue<int>(), "stop-inferred");

        foreach (var connector in new[] { 3, 4, 5 }) // a fleet's card without a limit
        {
            var start = await charger.Starts("F28-FLEET", 1_000, connector: connector);
            Assert.Equal("Accepted", start["idTagInfo"]!["status"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Item_29_To_close_a_record_is_another_button_than_to_stop_the_charging()
    {
        await field.Api.Accept("F29-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F29");
        charger.Answers["RemoteStopTransaction"] = _ => new { status = "Accepted" };
        var number = await charger.StartsAt("F29-TAG", 1_000, At(-2));
        await charger.Samples(number, "1500", At(-1));
        await field.Transaction("F29", number, seen => Number(seen, "deliveredWh") == 500);

        var stopped = await field.Api.Post("charge-points/F29/commands/stop-charging", new { transaction = $"{number}" });
        Assert.Equal("accepted", Word(stopped.Body!, "state"));
        await charger.IsAsked("RemoteStopTransaction");
        Assert.Equal("running", Word(await field.Transaction("F29", number), "state")); // a promise, and no fact yet

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await field.Api.Post($"transactions/F29/{number}/close", new { reason = " " })).Status);
        var closed = await field.Api.Post($"transactions/F29/{number}/close", new { reason = "The charger was stolen." });
        Assert.Equal(HttpStatusCode.OK, closed.Status);
        Assert.Equal(("ended", 500L), (Word(closed.Body!, "state"), Number(closed.Body!, "deliveredWh")));
        Assert.NotNull(Word(closed.Body!, "closedBy"));
        Assert.Contains("stolen", Detail(closed.Body!, "closed-by-operator"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await field.Api.Post($"transactions/F29/{number}/close", new { reason = "Again." })).Status);
        Assert.Single(charger.Asked);

        await charger.Stops(number, 1_700);
        var real = await field.Annotated("F29", number, "stop-corrected");
        Assert.Equal(700, Number(real, "deliveredWh"));
        Assert.Null(Word(real, "closedBy"));
    }

    [Fact]
    public async Task Item_31_A_message_without_a_connector_is_not_put_on_connector_1_and_what_has_ended_stays_so()
    {
        await field.Api.Accept("F31-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F31");
        var number = await charger.StartsAt("F31-TAG", 1_000, At(-3));

        Charging.Result(await charger.Call("MeterValues", JsonNode.Parse(
            $$"""{"meterValue":[{"timestamp":"{{At(-2)}}","sampledValue":[{"value":"9000"}]}]}""")!));
        await charger.Stops(number, 2_000, At(-1));
        await charger.Samples(number, "2000", At(-1));
        await charger.Samples(number, "2100", At(0));

        var seen = await field.Annotated("F31", number, "samples-after-stop");
        Assert.Equal(("ended", 1_000L), (Word(seen, "state"), Number(seen, "deliveredWh")));
        var samples = await field.Api.All($"transactions/F31/{number}/samples");
        Assert.Equal([2_000L, 2_100L], samples.Select(sample => Number(sample, "registerWh")!.Value).Order());
    }

    [Fact]
    public async Task Item_32_Numbers_go_on_after_the_node_was_killed_and_are_never_given_twice()
    {
        await field.Api.Accept("F32-TAG");
        var numbers = new List<int>();
        for (var round = 0; round < 3; round++)
        {
            await using var charger = await RawCharger.Boot(field.Ocpp, "F32");
            for (var start = 0; start < 3; start++)
            {
                var number = await charger.StartsAt("F32-TAG", 1_000 + (round * 100) + start, At(0));
                numbers.Add(number);
                await charger.Stops(number, 2_000);
            }

            if (round == 2) break;
            field.Node.Kill9();
            await field.Node.Start().Ready();
        }

        Assert.All(numbers, number => Assert.InRange(number, 1, int.MaxValue));
        Assert.Equal(numbers, numbers.Distinct().Order());
        Assert.Equal(9, (await field.Transactions("F32", 9)).Count);
    }
}
