using System.Text;
using CsCheck;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>A charger keeps a transaction message until it is answered: any JSON object is.</summary>
public sealed class LenienceSpec
{
    private const string Whole = """
        "connectorId":1,"idTag":"ABC","meterStart":1,"meterStop":2,"transactionId":17,"timestamp":"2026-01-01T12:00:00Z"
        """;

    private static readonly Gen<string> Names = Gen.OneOf(
        "connectorId", "idTag", "meterStart", "meterStop", "reservationId", "timestamp", "transactionId", "reason",
        "transactionData", "meterValue", "sampledValue", "value", "measurand", "unit", "other");

    // A meter value of the right shape and of wrong contents goes deeper than any value at random.
    private static readonly Gen<string> Values = Gen.Frequency(
        (3, Json.Values),
        (1, Json.Members(Names, Json.Values)),
        (1, Json.Members(Names, Json.Members(Names, Json.Values).List[0, 3].Select(Json.Array)).List[0, 3].Select(Json.Array)));

    [Theory]
    [InlineData("StartTransaction")]
    [InlineData("MeterValues")]
    [InlineData("StopTransaction")]
    public void Any_object_is_answered_with_a_result(string action) => Json.Members(Names, Values).Sample(payload =>
    {
        var answer = Answer(action, payload);
        Assert.NotEmpty(Dialect.V16.PrintResponse(answer.Payload, Conversation.Now));
    });

    [Theory]
    [InlineData("StartTransaction", "connectorId", "idTag", "meterStart", "timestamp")]
    [InlineData("MeterValues", "connectorId", "transactionId", "meterValue")]
    [InlineData("StopTransaction", "transactionId", "meterStop", "timestamp", "idTag", "reason", "transactionData")]
    public void One_wrong_member_is_forgiven(string action, params string[] members) =>
        Gen.Select(Gen.OneOf(members), Values).Sample((member, value) =>
            Assert.NotNull(Answer(action, $"{{{Whole},\"{member}\":{value}}}")));

    [Theory]
    [InlineData("BootNotification")]
    [InlineData("StatusNotification")]
    [InlineData("Authorize")]
    [InlineData("DataTransfer")]
    public void Other_actions_are_answered_one_way_or_the_other(string action)
    {
        var names = ActionCatalog.Find(OcppVersion.V16, action)!.Request.Members.Select(member => member.Name).ToArray();
        Json.Members(Gen.OneOf(names), Json.Values).Sample(payload => Assert.NotNull(Finish(Handle(action, payload))));
    }

    [Fact]
    public void A_payload_that_is_wrong_a_thousand_times_says_so_a_few_times()
    {
        var values = string.Join(',', Enumerable.Repeat("\"x\"", 1000));
        var ask = Assert.IsType<Step.Ask>(Handle("MeterValues", $"{{\"connectorId\":1,\"transactionId\":17,\"meterValue\":[{values}]}}"));
        var oddities = Assert.IsType<RecordSamples>(ask.Command).Oddities;
        Assert.Equal(17, oddities.Length);
        Assert.Equal(new Oddity("more-oddities", "984 more objections to the same payload."), oddities[^1]);
    }

    [Fact]
    public void A_text_that_fits_no_index_is_cut_and_the_payload_kept_whole()
    {
        var tag = new string('T', 100_000);
        var ask = Assert.IsType<Step.Ask>(Handle(
            "StartTransaction",
            $"{{\"connectorId\":1,\"idTag\":\"{tag}\",\"meterStart\":1,\"timestamp\":\"2026-01-01T12:00:00Z\"}}"));
        var start = Assert.IsType<NumberTransaction>(ask.Command); // and no token was asked
        Assert.Equal(TokenId.MaxLength + 1, start.Token.Length); // which is no token's
        Assert.Contains(tag, start.Frame, StringComparison.Ordinal);
    }

    private static Step.Respond Answer(string action, string payload) =>
        Assert.IsType<Step.Respond>(Finish(Handle(action, payload)));

    private static Step Handle(string action, string payload)
    {
        var frame = Frames.Parse(Encoding.UTF8.GetBytes($"[2,\"x\",\"{action}\",{payload}]"), Dialect.V16);
        return Dialect.V16.Handle(
            Assert.IsType<Frame.Call>(frame),
            new Arrival(new ChargePointId("CP-1"), 1, Conversation.Now, UnknownTokens.Refuse, 600, [], null));
    }

    private static Step Finish(Step step)
    {
        for (var tries = 0; step is Step.Ask ask && tries < 3; tries++) step = ask.Then(Reply(ask.Command));
        return step;
    }

    private static Reply Reply(Command command) => command switch
    {
        Authorize or Admit => new Judged(Verdict.Accepted),
        NumberTransaction start => new Began(new TransactionId(start.Id, "17"), start.Verdict),
        ReportBoot => new BootAnswered(Registration.Accepted),
        PlaceSamples => new StationReading(),
        _ => new Reply.Accepted(),
    };
}
