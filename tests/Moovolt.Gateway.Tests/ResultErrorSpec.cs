using System.Text.Json;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Doors;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>CALLRESULTERROR (OCPP 2.1 part 4, 4.2.4): who called could not use the result, in either direction.</summary>
public sealed class ResultErrorSpec
{
    private const string Refused = "moovolt_ocpp_refused_results";
    private const string Unmatched = "moovolt_ocpp_unmatched_results";

    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_charger_that_could_not_use_our_answer_is_counted_logged_and_shown_and_not_answered()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var counts = new Counts(rig.Gateway.Metrics);
        await using var charger = await InAsync(rig, "ocpp2.1");
        await charger.SendAsync("""[5,"in","FormatViolation","no\ncurrentTime",{}]""");
        Assert.True(await charger.IsSilentAsync(AWhile));

        await charger.CallAsync("more", "Heartbeat", "{}");
        Assert.Equal("more", (await charger.ReadFrameAsync())[1].GetString());
        Assert.Equal((1, 0), (counts[$"{Refused} Heartbeat in"], counts[Unmatched]));
        Assert.Contains(
            rig.Logs.From(Microsoft.Extensions.Logging.LogLevel.Warning),
            line => line.Contains("CP1 could not use our answer to its Heartbeat: FormatViolation: no currentTime", StringComparison.Ordinal));
        var kept = await rig.MessagesAsync("CP1", 5); // two heartbeats, each with its answer, and the refusal
        var shown = Assert.Single(kept, message => message.Frame.StartsWith("[5", StringComparison.Ordinal));
        Assert.Equal((FrameDirection.FromCharger, "Heartbeat"), (shown.Direction, shown.Action));
    }

    [Fact]
    public async Task One_that_belongs_to_no_answer_or_comes_twice_is_counted_and_ignored()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var counts = new Counts(rig.Gateway.Metrics);
        await using var charger = await InAsync(rig, "ocpp2.1");
        await charger.SendAsync("""[5,"nobody","FormatViolation","",{}]""");
        await charger.SendAsync("""[5,"in","FormatViolation","",{}]""");
        await charger.SendAsync("""[5,"in","FormatViolation","",{}]""");
        await charger.CallAsync("more", "Heartbeat", "{}");
        Assert.Equal("more", (await charger.ReadFrameAsync())[1].GetString());

        var rows = await rig.DeviationsAsync("CP1");
        Assert.Equal("unmatched-answer", Assert.Single(rows).Rule);
        Assert.Equal((1, 2), (counts[$"{Refused} Heartbeat in"], counts[Unmatched]));
    }

    [Fact]
    public async Task To_the_call_of_ours_that_has_its_id_it_is_no_answer()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig, "ocpp2.1");
        rig.Entities.Deliver(Clear("one"));
        var ours = await charger.ReadFrameAsync();
        await charger.SendAsync($"[5,\"{ours[1].GetString()}\",\"FormatViolation\",\"\",{{}}]");
        await charger.SendAsync($"[3,\"{ours[1].GetString()}\",{{\"status\":\"Accepted\"}}]");

        Assert.Equal(
            RequestState.Accepted, Assert.Single(await rig.Entities.UntilTold<AnswerRequest>()).Answer.State);
    }

    [Fact]
    public async Task A_result_that_breaks_the_schema_is_answered_so_and_counts_as_far_as_it_can_be_read()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var counts = new Counts(rig.Gateway.Metrics);
        await using var charger = await InAsync(rig, "ocpp2.1");
        rig.Entities.Deliver(Clear("one"));
        var ours = await charger.ReadFrameAsync();
        await charger.SendAsync(
            $"[3,\"{ours[1].GetString()}\",{{\"status\":\"Accepted\",\"statusInfo\":{{}}}}]");

        var said = await charger.ReadFrameAsync();
        Assert.Equal(
            $"[5,\"{ours[1].GetString()}\",\"OccurrenceConstraintViolation\",\"statusInfo.reasonCode is required\",{{}}]",
            said.GetRawText());
        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>()).Answer;
        Assert.Equal(RequestState.Accepted, answer.State);
        Assert.Contains("statusInfo.reasonCode", answer.ErrorDescription, StringComparison.Ordinal);
        Assert.Equal(1, counts[$"{Refused} ClearCache out"]);
    }

    [Theory]
    [InlineData("ocpp1.6", "{\"status\":\"Sure\"}")]
    [InlineData("ocpp2.0.1", "{\"status\":7}")]
    [InlineData("ocpp2.1", "{\"status\":\"Accepted\",\"more\":1}")] // forgiven
    public async Task Before_2_1_and_for_what_is_forgiven_nobody_is_told(string protocol, string payload)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await InAsync(rig, protocol);
        rig.Entities.Deliver(Clear("one"));
        var ours = await charger.ReadFrameAsync();
        await charger.SendAsync($"[3,\"{ours[1].GetString()}\",{payload}]");

        await rig.Entities.UntilTold<AnswerRequest>();
        Assert.True(await charger.IsSilentAsync(AWhile));
    }

    private static CallStation Clear(string requestId) => new(1, requestId, new ClearCache(), 30);

    private static async Task<RawCharger> InAsync(GatewayRig rig, string protocol)
    {
        var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", protocol);
        Assert.Equal(101, charger.Status);
        await charger.CallAsync("in", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        return charger;
    }
}
