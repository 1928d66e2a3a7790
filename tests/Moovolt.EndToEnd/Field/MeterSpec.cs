using System.Globalization;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;
using static Moovolt.EndToEnd.Field.FieldNode;

namespace Moovolt.EndToEnd.Field;

/// <summary>The field list, one test a pain: meters, clocks, and one truth for whoever asks.</summary>
public sealed class MeterSpec(FieldNode field) : IClassFixture<FieldNode>
{
    /// <summary>Start, samples, stop, and what it comes to, with the code that explains it and whether somebody must look.</summary>
    [Theory]
    [InlineData("relative-samples", 8_000_000L, "100 2500 5000", 8_005_200L, 5_200, "samples-session-relative", false)]
    [InlineData("relative-stop", 8_000_000L, "100 2500 5000", 5_200L, 5_200, "stop-session-relative", true)]
    [InlineData("no-start", null, "8000100 8002500", 8_005_000L, 4_900, "meter-start-missing", true)]
    [InlineData("start-of-0", 0L, "8000100 8002500", 8_005_000L, 4_900, "meter-start-implausible", true)]
    [InlineData("lifetime", 0L, "", 8_005_000L, 0, "energy-implausible", true)]
    [InlineData("backwards", 5_000L, "", 4_000L, 0, "meter-runs-backwards", true)]
    [InlineData("kwh-stop", 8_000_000L, "8002000 8004600", 8_005L, 5_000, "stop-in-kwh", false)]
    [InlineData("kwh-samples", 8_000_000L, "8000 8002 8004", 8_005_000L, 5_000, "samples-in-kwh", false)]
    [InlineData("reset", 8_000_000L, "8003000 0 1500", 2_000L, 5_000, "register-reset", true)]
    [InlineData("padded", 8_000_000L, " 8002500|8.002.600,5|8 004 600", 8_005_000L, 5_000, "localised-number", false)]
    public async Task Item_37_Energy_is_never_negative_nor_of_a_meters_life_and_every_correction_is_explained(
        string what, long? start, string samples, long stop, long wattHours, string code, bool suspect)
    {
        await field.Api.Accept("F37-TAG");
        var identity = $"F37-{what}";
        await using var charger = await RawCharger.Boot(field.Ocpp, identity);
        var number = await charger.StartsAt("F37-TAG", start, At(-4));
        var values = samples.Split(what == "padded" ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries);
        for (var n = 0; n < values.Length; n++)
        {
            await charger.Samples(number, values[n], At(-3 + (n * 0.5)));
            var running = await field.Transaction(identity, number);
            Assert.InRange(Number(running, "deliveredWh") ?? 0, 0, 10_000); // neither while it runs
        }

        await charger.Stops(number, stop, At(-1));
        await charger.Samples(number, "99999999", At(0)); // a closing reading after the stop counts for nothing

        var seen = await field.Annotated(identity, number, "samples-after-stop");
        Assert.Equal(wattHours, Number(seen, "deliveredWh"));
        Assert.Contains(code, Codes(seen));
        Assert.Equal(suspect, Is(seen, "suspect"));
    }

    [Fact]
    public async Task Item_37_A_meter_that_says_a_thousandth_of_its_power_is_held_and_not_guessed_at()
    {
        await field.Api.Accept("F37-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F37-POWER");
        var number = await charger.StartsAt("F37-TAG", 8_000, At(-60));
        foreach (var minute in new[] { -50, -30, -10 })
        {
            Charging.Result(await charger.Call("MeterValues", JsonNode.Parse(
                $$"""
                {"connectorId":1,"transactionId":{{number}},"meterValue":[{"timestamp":"{{At(minute)}}","sampledValue":[
                 {"value":"{{8_007 + (minute / 10)}}"},{"value":"7000","measurand":"Power.Active.Import","unit":"W"}]}]}
                """)!));
        }

        await charger.Stops(number, 8_007, At(0));

        var seen = await field.Annotated("F37-POWER", number, "energy-perhaps-in-kwh");
        Assert.Equal(7, Number(seen, "deliveredWh"));
        Assert.True(Is(seen, "suspect"));
    }

    [Fact]
    public async Task Item_38_Samples_find_their_session_by_connector_and_time_or_are_the_stations_and_none_is_dropped()
    {
        await field.Api.Accept("F38-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F38");
        var number = await charger.StartsAt("F38-TAG", 1_000, At(-10));

        await charger.Samples(null, "1100", At(-9)); // names none
        await charger.Samples(-1, "1200", At(-8)); // nor this
        await charger.Samples(424_242, "1300", At(-7)); // names another
        await charger.Samples(null, "1400", At(-6), context: "Sample.Clock");
        await charger.Samples(null, "777000", At(-6), connector: 0); // the station's own meter
        await charger.Samples(null, "900", At(-20), context: "Sample.Clock"); // from before it began
        await charger.Samples(null, "555", At(-5), connector: 2); // where nothing runs

        var seen = await field.Annotated("F38", number, "wrong-transaction-id");
        Assert.Contains("424242", Detail(seen, "wrong-transaction-id"), StringComparison.Ordinal);
        var samples = await Eventually.Get(
            () => field.Api.All($"transactions/F38/{number}/samples"), all => all.Count >= 4, field.Soon);
        Assert.Equal([1_100L, 1_200L, 1_300L, 1_400L], samples.Select(sample => Number(sample, "registerWh")!.Value));
        foreach (var value in new[] { "777000", "900", "555" })
        {
            await Eventually.Get(
                () => field.Api.All("charge-points/F38/messages"),
                kept => kept.Any(one => Word(one, "frame")!.Contains($"\"{value}\"", StringComparison.Ordinal)),
                field.Soon);
        }
    }

    [Fact]
    public async Task Item_39_A_clock_that_is_hours_off_is_estimated_and_both_times_are_kept()
    {
        await field.Api.Accept("F39-TAG");
        await using var charger = await RawCharger.Connect(field.Ocpp, "F39");
        var boot = await charger.Boots();
        Assert.EndsWith("Z", Word(boot, "currentTime"), StringComparison.Ordinal);
        await charger.Says("Available", 0, At(-180)); // local time, marked as UTC
        await charger.Says("Available", 1, At(-180));
        var known = await field.ChargePoint("F39", seen => seen["clockSkewSeconds"] is not null);
        Assert.InRange(Number(known, "clockSkewSeconds")!.Value, -180 * 60 - 60, -180 * 60 + 60);

        await using var listener = await Listener.To(field.Api, field.Node.Url, "F39");
        var (began, over) = (At(-180), At(-179));
        var number = await charger.StartsAt("F39-TAG", 1_000, began);
        await charger.Stops(number, 2_000, over);

        var transaction = await field.Ended("F39", number);
        Assert.Contains("3 h", Detail(transaction, "clock-skewed"), StringComparison.Ordinal);
        var apart = Moment(transaction, "startArrivedAt") - Moment(transaction, "startedAt");
        Assert.InRange(apart, TimeSpan.FromMinutes(179), TimeSpan.FromMinutes(182));
        Assert.False(Is(transaction, "replayed")); // it was told when it was, by a clock that is off
        Assert.Equal((Moment(over) - Moment(began)).TotalSeconds, transaction["durationSeconds"]!.GetValue<double>());
        await listener.Hears(change => change.Type == "transaction-began", field.Soon);
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T12:00:00+03:00", "2026-03-01T09:00:00Z")]
    [InlineData("20260301T120000Z", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01 12:00:00.1234567891Z", "2026-03-01T12:00:00.123456Z")]
    [InlineData("1970-01-01T00:00:05Z", "1970-01-01T00:00:05Z")]
    public async Task Item_39_A_time_in_any_form_is_read_and_none_is_refused(string text, string meant)
    {
        await field.Api.Accept("F39-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F39-FORMS");
        var number = await charger.StartsAt("F39-TAG", 1_000, text);
        await charger.Stops(number, 2_000, text);

        var seen = await field.Ended("F39-FORMS", number);
        Assert.Equal(DateTimeOffset.Parse(meant, CultureInfo.InvariantCulture), Moment(seen, "startedAt"), TimeSpan.FromMilliseconds(1));
        Assert.Equal(1_000, Number(seen, "deliveredWh"));
    }

    [Fact]
    public async Task Item_39_A_stop_from_before_its_start_or_a_start_from_tomorrow_is_recorded_and_said()
    {
        await field.Api.Accept("F39-TAG");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F39-ODD");
        var early = await charger.StartsAt("F39-TAG", 1_000, At(0));
        await charger.Stops(early, 2_000, At(-600));
        var seen = await field.Annotated("F39-ODD", early, "stop-before-start");
        Assert.True(Is(seen, "suspect"));
        Assert.Null(seen["durationSeconds"]);

        var tomorrow = await charger.StartsAt("F39-TAG", 3_000, At(24 * 60));
        await field.Annotated("F39-ODD", tomorrow, "start-in-the-future");
        var unreadable = Charging.Result(await charger.Call("StopTransaction", new { transactionId = tomorrow, meterStop = 3_500, timestamp = "half past nine" }));
        Assert.Empty(unreadable.AsObject());
        Assert.Equal(500, Number(await field.Ended("F39-ODD", tomorrow), "deliveredWh"));
    }

    [Fact]
    public async Task Item_40_Energy_and_duration_are_the_same_wherever_they_are_asked_for()
    {
        await field.Api.Accept("F40-TAG");
        await using var listener = await Listener.To(field.Api, field.Node.Url, "F40");
        await using var charger = await RawCharger.Boot(field.Ocpp, "F40");
        var (began, over) = (At(-4), At(-1));
        var number = await charger.StartsAt("F40-TAG", 1_000, began);
        await charger.Samples(number, "2234", At(-3));
        Assert.Equal(1_234, Number(await field.Transaction("F40", number, seen => seen["deliveredWh"] is not null), "deliveredWh"));
        await charger.Samples(number, "3468", At(-2));
        await charger.Stops(number, 3_468, over);

        var one = await field.Ended("F40", number);
        var duration = Moment(over) - Moment(began);
        Assert.Equal((2_468L, duration.TotalSeconds), (Number(one, "deliveredWh"), one["durationSeconds"]!.GetValue<double>()));
        Assert.Equal(duration, Moment(one, "endedAt") - Moment(one, "startedAt"));
        var listed = Assert.Single(await field.Transactions("F40", 1));
        Assert.Equal(one.ToJsonString(), listed.ToJsonString());
        await listener.Hears(
            change => change.Type == "transaction-ended" && Number(change.Body, "deliveredWh") == 2_468, field.Soon);
        var registers = (await field.Api.All($"transactions/F40/{number}/samples")).Select(sample => Number(sample, "registerWh")!.Value).ToList();
        Assert.Equal(2_468, registers.Max() - 1_000);
    }

    private static DateTimeOffset Moment(JsonNode node, string member) => Moment(Word(node, member)!);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
