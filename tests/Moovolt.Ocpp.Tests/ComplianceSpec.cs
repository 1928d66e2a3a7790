using System.Collections.Immutable;
using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Compliance;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>What a charger does not keep to is said by rule, and costs who keeps to it nothing.</summary>
public sealed class ComplianceSpec
{
    private const string Start = "\"connectorId\":1,\"idTag\":\"ABC\",\"meterStart\":5,\"timestamp\":\"2026-01-01T12:00:00Z\"";

    [Theory]
    [InlineData("StartTransaction", "{" + Start + "}", "")]
    [InlineData("Heartbeat", "{}", "")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""", "")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"Error","status":"Available"}""", "unknown-word")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available","info":null}""", "null-member")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available","info":"iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"}""", "too-long")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Asleep"}""", "unknown-word")]
    [InlineData("StatusNotification", """{"connectorId":"1","errorCode":"NoError","status":"Available"}""", "number-as-text")]
    [InlineData("StatusNotification", """{"connectorId":[],"errorCode":"NoError","status":"Available"}""", "wrong-type")]
    [InlineData("StatusNotification", """{"connectorId":-1,"errorCode":"NoError","status":"Available"}""", "senseless-value")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError"}""", "missing-member")]
    [InlineData("StatusNotification", """{"connectorId":1,"connectorId":1,"errorCode":"NoError","status":"Available"}""", "duplicate-member")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2026-01-01T12:00:00"}""", "time-without-offset")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"noon"}""", "unreadable-time")]
    [InlineData("StatusNotification", "[]", "payload-no-object")]
    [InlineData("StopTransaction", """{"transactionId":-1,"meterStop":1,"timestamp":"2026-01-01T12:00:00Z"}""", "transaction-id-not-ours")]
    [InlineData("StopTransaction", """{"transactionId":1,"connectorId":1,"meterStop":1,"timestamp":"2026-01-01T12:00:00Z"}""", "unknown-member")]
    [InlineData("MeterValues", """{"connectorId":1,"transactionId":0,"meterValue":[]}""", "transaction-id-not-ours")]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":[{"timestamp":"2026-01-01T12:00:00Z","sampledValue":[{"value":7,"unit":"Hz"}]}]}""", "number-as-text unknown-word")]
    [InlineData("FlyToTheMoon", "{}", "unknown-action")]
    public void Each_deviation_has_its_rule(string action, string payload, string rules)
    {
        Handle(action, payload, Manner.Usual, out var deviations);
        Assert.Equal(rules, string.Join(' ', deviations.Select(one => one.Rule.Code).Order(StringComparer.Ordinal)));
        Assert.All(deviations, one => Assert.InRange(one.Example.Length, 10, 255));
    }

    [Theory]
    [InlineData("[2,\"x\",\"Heartbeat\",{}]", "")]
    [InlineData("[2,1,\"Heartbeat\",{}]", "message-id-not-text")]
    [InlineData("\uFEFF[2,\"x\",\"Heartbeat\",{}]\0", "byte-order-mark trailing-nul")]
    [InlineData("[2,\"1234567890123456789012345678901234567\",\"Heartbeat\",{}]", "message-id-too-long")]
    [InlineData("[4,\"x\",\"GenericError\",\"why\",{}]", "")]
    [InlineData("[4,\"x\",\"GenericError\",\"why\"]", "short-callerror")]
    [InlineData("[4,\"x\",\"GenericError\"]", "short-callerror")]
    public void Each_flaw_of_a_frame_has_its_rule(string frame, string rules)
    {
        Frames.Parse(Encoding.UTF8.GetBytes(frame), Framing.V16, out var flaws);
        Assert.Equal(rules, string.Join(' ', RuleBook.Of(flaws).Select(rule => rule.Code)));
    }

    [Theory]
    [InlineData("""[3,"c1",{"status":"Accepted"}]""", "")]
    [InlineData("""[3,"c1",{"status":"Sure","by":"me"}]""", "unknown-member unknown-word")]
    [InlineData("""[4,"c1","NotSupported","",{}]""", "")]
    [InlineData("""[4,"c1","Nope","",{}]""", "unknown-error-code")]
    public void What_a_charger_answers_is_held_to_its_rules_too(string frame, string rules)
    {
        var answer = Frames.Parse(Encoding.UTF8.GetBytes(frame), Dialect.V16);
        Dialect.V16.Hear(new ClearCache(), "ClearCache", answer, out var deviations, out _);
        Assert.Equal(rules, string.Join(' ', deviations.Select(one => one.Rule.Code).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("StartTransaction", "{\"connectorId\":1}", "OccurenceConstraintViolation")]
    [InlineData("StartTransaction", "{" + Start + ",\"reservationId\":null}", "TypeConstraintViolation")]
    [InlineData("StartTransaction", "{" + Start + ",\"extra\":1}", "FormationViolation")]
    [InlineData("StopTransaction", """{"transactionId":1,"meterStop":1,"timestamp":"2026-01-01T12:00:00"}""", "FormationViolation")]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":[{"timestamp":"2026-01-01T12:00:00Z","sampledValue":[{"value":7}]}]}""", "TypeConstraintViolation")]
    [InlineData("BootNotification", """{"chargePointVendor":"V","chargePointModel":"a model that is much too long"}""", "PropertyConstraintViolation")]
    [InlineData("Heartbeat", """{"extra":1}""", "FormationViolation")]
    public void To_the_letter_every_message_that_is_not_as_specified_is_refused_and_only_so(
        string action, string payload, string code)
    {
        Assert.Equal(code, Assert.IsType<Step.Fail>(Handle(action, payload, Manner.ToTheLetter)).Fault.Code);
        Assert.IsNotType<Step.Fail>(Handle(action, payload, Manner.Usual));
    }

    [Theory]
    [InlineData("StartTransaction", "{" + Start + "}")]
    [InlineData("StopTransaction", """{"transactionId":-1,"meterStop":1,"timestamp":"2026-01-01T12:00:00Z"}""")] // errata 3.18
    [InlineData("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""")]
    public void Who_keeps_to_the_letter_is_heard_the_same_in_every_manner(string action, string payload)
    {
        var every = new Manner(false, (Tolerances)31, TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"));
        var usual = Printed.Words(Assert.IsType<Step.Ask>(Handle(action, payload, Manner.Usual)).Command);
        Assert.Equal(usual, Printed.Words(Assert.IsType<Step.Ask>(Handle(action, payload, Manner.ToTheLetter)).Command));
        Assert.Equal(usual, Printed.Words(Assert.IsType<Step.Ask>(Handle(action, payload, every)).Command));
    }

    [Theory]
    [InlineData("StatusNotification", """{"connectorId":"1","errorCode":"NoError","status":"Available"}""", true)]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"Hot","status":"Available"}""", true)]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"noon"}""", true)]
    [InlineData("StatusNotification", """{"connectorId":[],"errorCode":"NoError","status":"Available"}""", false)]
    [InlineData("StatusNotification", """{"errorCode":"NoError","status":"Available"}""", false)]
    public void With_loose_schema_what_can_be_read_is_taken_and_without_it_is_refused(string action, string payload, bool taken)
    {
        var loose = new Manner(false, Tolerances.LooseSchema, null);
        Assert.Equal(taken, Handle(action, payload, loose) is not Step.Fail);
        Assert.IsType<Step.Fail>(Handle(action, payload, Manner.Usual));
    }

    [Theory]
    [InlineData("2026-01-01T09:00:00", true, "2026-01-01T12:00:00Z")]
    [InlineData("2026-01-01T09:00:00", false, "2026-01-01T09:00:00Z")]
    [InlineData("2026-01-01T09:00:00Z", true, "2026-01-01T09:00:00Z")]
    [InlineData("2026-01-01T09:00:00-03:00", true, "2026-01-01T12:00:00Z")]
    public void With_local_time_a_time_without_an_offset_is_the_sites_and_any_other_is_what_it_says(
        string said, bool local, string meant)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");
        var manner = local ? new Manner(false, Tolerances.LocalTime, zone) : Manner.Usual;
        var step = Handle("StopTransaction", $$"""{"transactionId":1,"meterStop":1,"timestamp":"{{said}}"}""", manner);
        var stop = Assert.IsType<Domain.Transactions.EndTransaction>(Assert.IsType<Step.Ask>(step).Command);
        Assert.Equal(DateTimeOffset.Parse(meant, System.Globalization.CultureInfo.InvariantCulture), stop.At);
        Assert.Empty(stop.Oddities);
    }

    [Theory]
    [InlineData("2026-03-29T01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:30:00Z")] // skipped: half past three
    [InlineData("2026-03-29T03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T01:59:59", "2026-10-24T23:59:59Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T01:30:00Z")] // there twice: the second
    [InlineData("2026-10-25T03:00:00", "2026-10-25T02:00:00Z")]
    public void Where_a_charger_stands_says_what_its_times_mean_also_on_the_days_when_clocks_are_changed(
        string said, string meant)
    {
        var profile = new QuirkProfile("local", null, null, null, Tolerances.LocalTime, TimeZoneInfo.Utc, "a test");
        var berlin = Manner.Of(false, profile, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(At(meant), Stop(berlin, said));

        Assert.Equal(At($"{said}Z"), Stop(Manner.Of(false, profile), said)); // nobody said: the profile's zone
        Assert.Equal(At($"{said}Z"), Stop(Manner.Of(false, null, TimeZoneInfo.Local), said)); // not tolerated

        static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        static DateTimeOffset? Stop(Manner manner, string at) => Assert.IsType<Domain.Transactions.EndTransaction>(
            Assert.IsType<Step.Ask>(Handle(
                "StopTransaction", $$"""{"transactionId":1,"meterStop":1,"timestamp":"{{at}}"}""", manner)).Command).At;
    }

    [Fact]
    public void With_kwh_as_wh_registers_are_a_thousand_times_what_they_say_and_nothing_else_is()
    {
        const string payload = """
            {"transactionId":1,"meterStop":12,"timestamp":"2026-01-01T12:00:00Z","transactionData":[{"timestamp":
            "2026-01-01T12:00:00Z","sampledValue":[{"value":"11"},{"value":"7","measurand":"Energy.Active.Import.Register",
            "unit":"Wh"},{"value":"3","measurand":"Power.Active.Import","unit":"W"}]}]}
            """;
        var (asIs, meant) = (Stop(Manner.Usual), Stop(new Manner(false, Tolerances.KwhAsWh, null)));

        Assert.Equal((new Energy(12), new Energy(12_000)), (asIs.MeterStop, meant.MeterStop));
        Assert.Equal([null, "Wh", "W"], asIs.Samples[0].Readings.Select(reading => reading.Unit));
        Assert.Equal(["kWh", "kWh", "W"], meant.Samples[0].Readings.Select(reading => reading.Unit));

        static Domain.Transactions.EndTransaction Stop(Manner manner) => Assert.IsType<Domain.Transactions.EndTransaction>(
            Assert.IsType<Step.Ask>(Handle("StopTransaction", payload, manner)).Command);
    }

    [Theory]
    [InlineData(null, "Acme", "X", "1.0", "vendor")]
    [InlineData(null, "ACME Ltd", "X9", "1.0", "vendor-model")]
    [InlineData(null, "Acme", "X9", "2.1-beta", "vendor-model-firmware")]
    [InlineData(null, "Other", "X9", "2.1", null)]
    [InlineData(null, null, null, null, null)]
    [InlineData("chosen", "Acme", "X9", "2.1", "chosen")]
    [InlineData("none", "Acme", "X9", "2.1", null)]
    [InlineData("gone", "Acme", "X9", "2.1", null)]
    public void The_profile_is_the_chosen_one_or_else_the_most_precise_that_fits(
        string? chosen, string? vendor, string? model, string? firmware, string? name)
    {
        var profiles = new QuirkProfiles(1, [
            Profile("chosen", null, null, null), Profile("vendor", "acme*", null, null),
            Profile("vendor-model", "acme*", "*9", null), Profile("vendor-model-firmware", "acme*", "x9", "2.*b*a"),
        ]);
        Assert.Equal(name, profiles.Choose(chosen, vendor, model, firmware)?.Name);
    }

    [Fact]
    public void Strict_mode_leaves_no_room_for_a_profile() =>
        Assert.Equal(Manner.ToTheLetter, Manner.Of(strict: true, Profile("any", "*", null, null)));

    [Fact]
    public void Every_rule_has_a_code_words_and_a_citation()
    {
        Assert.InRange(RuleBook.All.Count, 25, 60);
        Assert.Distinct(RuleBook.All.Select(rule => rule.Code));
        Assert.All(RuleBook.All, rule =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", rule.Code);
            Assert.EndsWith(".", rule.Words, StringComparison.Ordinal);
            Assert.Matches("OCPP|RFC", rule.Specification);
            Assert.Same(rule, RuleBook.Find(rule.Code));
        });
        Assert.All(Enum.GetValues<Tolerances>().Except([Tolerances.None]), tolerance =>
            Assert.Equal(tolerance, ToleranceNames.Find(Assert.Single(ToleranceNames.Of(tolerance)))));
    }

    private static QuirkProfile Profile(string name, string? vendor, string? model, string? firmware) =>
        new(name, vendor, model, firmware, Tolerances.NoPings, TimeZoneInfo.Utc, "a test");

    private static Step Handle(string action, string payload, Manner manner) => Handle(action, payload, manner, out _);

    private static Step Handle(string action, string payload, Manner manner, out ImmutableArray<Deviation> deviations)
    {
        var frame = Frames.Parse(Encoding.UTF8.GetBytes($"[2,\"x\",\"{action}\",{payload}]"), Dialect.V16);
        var arrival = new Arrival(new ChargePointId("CP-1"), 1, Conversation.Now, UnknownTokens.Refuse, 600, [], null);
        return Dialect.V16.Handle(Assert.IsType<Frame.Call>(frame), arrival with { Manner = manner }, out deviations);
    }
}
