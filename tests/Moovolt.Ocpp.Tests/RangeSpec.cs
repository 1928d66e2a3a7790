using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Compliance;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>Numbers out of their range, in both directions and in every version.</summary>
public sealed class RangeSpec
{
    private const string Step = "\"eventType\":\"Updated\",\"timestamp\":\"2026-01-01T12:00:00Z\",\"triggerReason\":\"Trigger\"";

    [Theory]
    [InlineData("V21", "StatusNotification", """{"timestamp":"2026-01-01T12:00:00Z","connectorStatus":"Available","evseId":-1,"connectorId":1}""", "evseId must be at least 0, and is -1")]
    [InlineData("V201", "StatusNotification", """{"timestamp":"2026-01-01T12:00:00Z","connectorStatus":"Available","evseId":-1,"connectorId":1}""", "evseId must be at least 0, and is -1")]
    [InlineData("V16", "StatusNotification", """{"connectorId":-1,"errorCode":"NoError","status":"Available"}""", "connectorId must be at least 0, and is -1")]
    [InlineData("V21", "BatterySwap", """{"eventType":"BatteryIn","requestId":1,"idToken":{"idToken":"A","type":"Central"},"batteryData":[{"evseId":1,"serialNumber":"B","soC":900,"soH":99.5}]}""", "batteryData[0].soC must be at most 100, and is 900")]
    [InlineData("V201", "NotifyEVChargingNeeds", """{"evseId":1,"chargingNeeds":{"requestedEnergyTransfer":"DC","dcChargingParameters":{"evMaxCurrent":1,"evMaxVoltage":1,"stateOfCharge":101}}}""", "chargingNeeds.dcChargingParameters.stateOfCharge must be at most 100, and is 101")]
    [InlineData("V21", "NotifyEVChargingNeeds", """{"evseId":0,"chargingNeeds":{"requestedEnergyTransfer":"DC"}}""", "evseId must be at least 1, and is 0")]
    public void What_a_charger_says_out_of_range_is_a_fault_of_the_property(
        string version, string action, string payload, string words)
    {
        var fault = Assert.IsType<Ocpp.Step.Fail>(Handle(version, action, payload, Manner.Usual, out var deviations)).Fault;
        Assert.Equal(("PropertyConstraintViolation", words), (fault.Code, fault.Description));
        Assert.Equal("senseless-value", Assert.Single(deviations).Rule.Code);
    }

    [Theory]
    [InlineData("V201", "Authorize")]
    [InlineData("V21", "Authorize")]
    public void A_list_with_too_many_items_is_a_fault_of_the_occurrence(string version, string action)
    {
        const string one = """{"hashAlgorithm":"SHA256","issuerNameHash":"a","issuerKeyHash":"b","serialNumber":"1","responderURL":"http://x"}""";
        var payload = $$"""
            {"idToken":{"idToken":"A","type":"Central"},"iso15118CertificateHashData":[{{string.Join(',', Enumerable.Repeat(one, 5))}}]}
            """;
        var fault = Assert.IsType<Ocpp.Step.Fail>(Handle(version, action, payload, Manner.Usual, out var deviations)).Fault;
        Assert.Equal("OccurrenceConstraintViolation", fault.Code);
        Assert.Equal("iso15118CertificateHashData must have at most 4 items, and has 5", fault.Description);
        Assert.Equal("too-many-items", Assert.Single(deviations).Rule.Code);
    }

    [Fact]
    public void A_transaction_message_is_taken_as_it_is_and_says_what_is_out_of_range()
    {
        const string payload = "{" + Step + """
            ,"seqNo":-2,"numberOfPhasesUsed":4,"transactionInfo":{"transactionId":"T1"},"evse":{"id":-1}}
            """;
        var step = Assert.IsType<ReportStep>(Asked(Handle("V21", "TransactionEvent", payload, Manner.Usual, out _)));
        Assert.Equal((-2, ConnectorId.ChargePoint), (step.Step.Number, step.Connector)); // no EVSE is -1
        Assert.Equal(
            [
                "senseless-value: seqNo must be at least 0, and is -2.",
                "senseless-value: numberOfPhasesUsed must be at most 3, and is 4.",
                "senseless-value: evse.id must be at least 0, and is -1.",
            ],
            step.Oddities.Select(oddity => $"{oddity.Code}: {oddity.Detail}"));
        Assert.NotNull(step.Frame);

        var strict = Assert.IsType<Ocpp.Step.Fail>(Handle("V21", "TransactionEvent", payload, Manner.ToTheLetter, out _));
        Assert.Equal("PropertyConstraintViolation", strict.Fault.Code);
    }

    [Fact]
    public void What_only_a_later_schema_has_as_a_range_is_counted_of_an_earlier_charger_and_is_no_oddity()
    {
        const string payload = "{" + Step + ""","seqNo":-2,"transactionInfo":{"transactionId":"T1"},"evse":{"id":-1}}""";
        var step = Handle("V201", "TransactionEvent", payload, Manner.ToTheLetter, out var deviations);
        Assert.Empty(Assert.IsType<ReportStep>(Asked(step)).Oddities);
        Assert.Equal("senseless-value", Assert.Single(deviations).Rule.Code);
    }

    [Fact]
    public void An_event_that_names_minus_one_for_none_is_heard_and_its_rule_counted()
    {
        const string payload = """
            {"generatedAt":"2026-01-01T12:00:00Z","seqNo":0,"eventData":[{"eventId":1,"timestamp":"2026-01-01T12:00:00Z",
            "trigger":"Delta","cause":-1,"variableMonitoringId":-1,"actualValue":"true","component":{"name":"C"},
            "eventNotificationType":"HardWiredNotification","variable":{"name":"V"}}]}
            """;
        Assert.IsNotType<Ocpp.Step.Fail>(Handle("V21", "NotifyEvent", payload, Manner.Usual, out var deviations));
        Assert.Equal("senseless-value", Assert.Single(deviations).Rule.Code);
        Assert.IsType<Ocpp.Step.Fail>(Handle("V21", "NotifyEvent", payload, Manner.ToTheLetter, out _));
    }

    [Theory]
    [InlineData("V16", "SetChargingProfile", """{"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":-5,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":6}]}}}""", "csChargingProfiles.stackLevel must be at least 0, and is -5.")]
    [InlineData("V201", "SetChargingProfile", """{"evseId":1,"chargingProfile":{"id":1,"stackLevel":-5,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":[{"id":1,"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":6}]}]}}""", "chargingProfile.stackLevel must be at least 0, and is -5.")]
    [InlineData("V21", "SetChargingProfile", """{"evseId":1,"chargingProfile":{"id":1,"stackLevel":-5,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":[{"id":1,"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"dischargeLimit":1}]}]}}""", "chargingProfile.stackLevel must be at least 0, and is -5. chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].dischargeLimit must be at most 0, and is 1.")]
    [InlineData("V16", "UnlockConnector", """{"connectorId":0}""", "connectorId must be at least 1, and is 0.")]
    [InlineData("V201", "UnlockConnector", """{"evseId":-1,"connectorId":1}""", "evseId must be at least 0, and is -1.")]
    [InlineData("V201", "Reset", """{"type":"Immediate","evseId":-1}""", "evseId must be at least 0, and is -1.")]
    [InlineData("V201", "RequestStartTransaction", """{"remoteStartId":1,"evseId":0,"idToken":{"idToken":"A","type":"Central"}}""", "evseId must be at least 1, and is 0.")]
    [InlineData("V201", "GetReport", """{"requestId":1,"componentCriteria":["Active","Available","Enabled","Problem","Active"]}""", "componentCriteria must have at most 4 items, and has 5.")]
    [InlineData("V21", "ClearVariableMonitoring", """{"id":[1,-1]}""", "id[1] must be at least 0, and is -1.")]
    [InlineData("V21", "CancelReservation", """{"reservationId":-1}""", "reservationId must be at least 0, and is -1.")]
    [InlineData("V201", "CancelReservation", """{"reservationId":-1}""", "")] // lawful there
    public void What_we_are_to_send_out_of_range_is_no_payload_and_the_member_is_named(
        string version, string action, string payload, string words) =>
        Assert.Equal(words, string.Join(' ', Of(version).Problems(action, JsonElement.Parse(payload))));

    [Fact]
    public void A_wish_that_does_not_fit_the_words_of_a_version_is_told_before_it_is_said()
    {
        var update = new UpdateSchedule(1, null, null, 5);
        Assert.Equal(
            ["scheduleUpdate.dischargeLimit must be at most 0, and is 5."], Dialect.V21.Problems(update));
        Assert.Empty(Dialect.V16.Problems(update)); // no words for it: another matter
        Assert.Equal(
            ["reservationId must be at least 0, and is -1."], Dialect.V21.Problems(new CancelReservation(-1)));
        Assert.Empty(Dialect.V21.Problems(new RotatePassword()));
        Assert.Equal(
            "tariffId is required.",
            Assert.Single(Dialect.V21.Problems(new SetTariff("""{"currency":"BRL"}""", ConnectorId.ChargePoint, null))));
    }

    private static Dialect Of(string version) => Dialect.All.Single(dialect => $"{dialect.Version}" == version);

    private static Command Asked(Ocpp.Step step) => Assert.IsType<Ocpp.Step.Ask>(step).Command;

    private static Ocpp.Step Handle(
        string version, string action, string payload, Manner manner, out ImmutableArray<Deviation> deviations)
    {
        var dialect = Of(version);
        var frame = Frames.Parse(Encoding.UTF8.GetBytes($"[2,\"x\",\"{action}\",{payload}]"), dialect);
        var arrival = new Arrival(new ChargePointId("CP-1"), 1, Conversation.Now, UnknownTokens.Refuse, 600, [], null)
        {
            Manner = manner, Version = dialect.Version,
        };
        return dialect.Handle(Assert.IsType<Frame.Call>(frame), arrival, out deviations);
    }
}
