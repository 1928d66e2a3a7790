using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

public sealed class CommandSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    public static TheoryData<string, string, string> Verbs => new()
    {
        { "start-charging", """{"token":"TAG","evse":2}""", """{"token":"TAG","evse":2,"connector":1}""" },
        { "start-charging", """{"token":"TAG"}""", """{"token":"TAG"}""" },
        { "reset", """{"kind":"hard"}""", """{"kind":"hard"}""" },
        { "unlock", """{"evse":1}""", """{"evse":1,"connector":1}""" },
        { "change-availability", """{"operative":false}""", """{"operative":false}""" },
        { "change-availability", """{"operative":true,"evse":1,"connector":2}""", """{"operative":true,"evse":1,"connector":2}""" },
        { "get-configuration", "{}", "{}" },
        { "get-configuration", """{"keys":["HeartbeatInterval"]}""", """{"keys":["HeartbeatInterval"]}""" },
        { "set-configuration", """{"key":"HeartbeatInterval","value":"60"}""", """{"key":"HeartbeatInterval","value":"60"}""" },
        { "clear-cache", "{}", "{}" },
        { "get-local-list-version", "{}", "{}" },
        { "cancel-reservation", """{"reservationId":5}""", """{"reservationId":5}""" },
        { "clear-charging-profile", "{}", "{}" },
        { "clear-charging-profile", """{"id":3,"evse":0}""", """{"id":3,"evse":0}""" },
        { "get-composite-schedule", """{"evse":1,"durationSeconds":60}""", """{"evse":1,"connector":1,"durationSeconds":60}""" },
        { "data-transfer", """{"vendorId":"br.moovolt","data":"olá"}""", """{"vendorId":"br.moovolt","data":"olá"}""" },
    };

    [Theory, MemberData(nameof(Verbs))]
    public async Task Each_verb_reaches_the_charger_and_its_answer_the_operator(string verb, string body, string request)
    {
        await bridge.Online("VERB-1", Bridge.Willing);

        var said = await _operator.Post($"charge-points/VERB-1/commands/{verb}", body);

        Assert.Equal(200, said.Status);
        Assert.Equal("accepted", said.Text("state"));
        Assert.Equal("VERB-1", said.Text("chargePoint"));
        Assert.Equal(verb, said.Text("action"));
        Assert.Equal(request, said["request"]!.ToJsonString(Relaxed));
        Assert.Equal("""{"status":"Accepted"}""", said["response"]!.ToJsonString());
        Assert.Null(said["error"]);
        Assert.Equal("ana", said.Text("requestedBy"));
        Assert.False(said["late"]!.GetValue<bool>());
        foreach (var time in new[] { "createdAt", "sentAt", "finishedAt" })
            Assert.EndsWith("Z", said.Text(time), StringComparison.Ordinal);

        await bridge.Shown("charge-point/VERB-1");
        var later = await _operator.Get($"commands/{said.Text("id")}"); // from the table, in the same words
        Assert.Equal(said.Body!.ToJsonString(), later.Body!.ToJsonString());
    }

    [Fact]
    public async Task A_body_that_has_nothing_to_say_may_be_left_out()
    {
        await bridge.Online("EMPTY-1", Bridge.Willing);

        Assert.Equal(200, (await _operator.Post("charge-points/EMPTY-1/commands/clear-cache")).Status);
        Assert.Equal(200, (await _operator.Post("charge-points/EMPTY-1/commands/get-configuration")).Status);
        Assert.Equal(400, (await _operator.Post("charge-points/EMPTY-1/commands/clear-cache", """{"all":true}""")).Status);
    }

    [Theory]
    [InlineData("start-charging", """{"token":""}""")]
    [InlineData("start-charging", """{"token":"TAG","connector":2}""")]
    [InlineData("start-charging", """{"token":"TAG","evse":0}""")]
    [InlineData("unlock", """{"evse":1,"connector":0}""")]
    [InlineData("set-configuration", """{"key":"","value":"x"}""")]
    [InlineData("set-configuration", """{"key":"authorizationkey","value":"0001020304050607"}""")]
    [InlineData("data-transfer", """{"vendorId":""}""")]
    [InlineData("stop-charging", """{"transaction":"OTHER-CP/17"}""")]
    [InlineData("stop-charging", """{"transaction":"no-such-one"}""")]
    [InlineData("stop-charging", """{"transaction":""}""")]
    public async Task What_cannot_be_asked_is_refused_before_the_charger_hears_of_it(string verb, string body)
    {
        await bridge.Online("WRONG-2", Bridge.Willing);
        var calls = bridge.World.Calls.Count;

        var said = await _operator.Post($"charge-points/WRONG-2/commands/{verb}", body);

        Assert.Equal(422, said.Status);
        Assert.Equal(calls, bridge.World.Calls.Count);
    }

    [Theory]
    [InlineData("reset", """{"kind":"gently"}""")]
    [InlineData("reset", """{"kind":"hard","when":"now"}""")]
    [InlineData("unlock", "{}")]
    public async Task A_body_that_is_not_the_verbs_own_is_400(string verb, string body)
    {
        await bridge.Online("WRONG-3", Bridge.Willing);

        Assert.Equal(400, (await _operator.Post($"charge-points/WRONG-3/commands/{verb}", body)).Status);
    }

    [Fact]
    public async Task A_transaction_is_stopped_by_its_local_id_or_by_its_whole_id()
    {
        var id = await bridge.Online("STOP-1", Bridge.Willing);
        var localId = await Charging.Begin(bridge, id);

        var local = await _operator.Post("charge-points/STOP-1/commands/stop-charging", new { transaction = localId });
        var whole = await _operator.Post("charge-points/STOP-1/commands/stop-charging", new { transaction = $"STOP-1/{localId}" });

        Assert.Equal(200, local.Status);
        Assert.Equal($"STOP-1/{localId}", local["request"]!["transaction"]!.GetValue<string>());
        Assert.Equal(200, whole.Status);
    }

    [Fact]
    public async Task Any_action_of_the_version_is_sent_member_for_member_as_given()
    {
        await bridge.Online("RAW-1", Bridge.Willing);
        const string payload = """{"connectorId": 2, "type":"Inoperative"}""";

        var said = await _operator.Post("charge-points/RAW-1/calls/ChangeAvailability", payload);

        Assert.Equal(200, said.Status);
        Assert.Equal("ChangeAvailability", said.Text("action"));
        Assert.Contains(bridge.World.Calls, call => call.Request == new RawCall("ChangeAvailability", payload));
    }

    [Fact]
    public async Task A_charger_is_called_as_soon_as_it_is_here_before_any_table_shows_it()
    {
        await using var tables = await bridge.Stores.ReadModel.OpenAsync(CancellationToken.None);
        await using var held = await tables.BeginTransactionAsync(); // begins IMMEDIATE: nothing is projected meanwhile
        await bridge.Online("RAW-4", Bridge.Willing, shown: false);

        var said = await _operator.Post("charge-points/RAW-4/calls/Reset", """{"type":"Soft"}""");

        Assert.Equal(200, said.Status);
    }

    [Theory]
    [InlineData("ChangeAvailability", """{"connectorId":2}""")]
    [InlineData("ChangeAvailability", """{"connectorId":"two","type":"Inoperative"}""")]
    [InlineData("ChangeAvailability", """{"connectorId":2,"type":"Sideways"}""")]
    [InlineData("ChangeAvailability", """{"connectorId":2,"type":"Inoperative","colour":"red"}""")]
    [InlineData("changeAvailability", """{"connectorId":2,"type":"Inoperative"}""")]
    [InlineData("StopTransaction", """{"transactionId":1,"meterStop":1,"timestamp":"2026-01-01T00:00:00Z"}""")]
    public async Task A_payload_that_breaks_the_versions_schema_is_refused_with_every_problem(string action, string payload)
    {
        await bridge.Online("RAW-2", Bridge.Willing);

        var said = await _operator.Post($"charge-points/RAW-2/calls/{action}", payload);

        Assert.Equal(422, said.Status);
        Assert.NotEmpty(said["reasons"]!.AsArray());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"key":"AuthorizationKey","value":"0001020304050607"}""")]
    public async Task A_payload_that_is_no_object_or_holds_a_password_is_refused(string payload)
    {
        await bridge.Online("RAW-3", Bridge.Willing);

        Assert.Equal(422, (await _operator.Post("charge-points/RAW-3/calls/ChangeConfiguration", payload)).Status);
    }

    public static TheoryData<string> Signs() => [.. SecretKeys.Signs];

    [Theory]
    [MemberData(nameof(Signs))]
    public async Task A_call_that_would_set_a_secret_of_any_name_is_refused_and_written_down_nowhere(string sign)
    {
        await bridge.Online("RAW-4", Bridge.Willing);

        var said = await _operator.Post(
            "charge-points/RAW-4/calls/ChangeConfiguration", new { key = $"Wifi{sign}", value = "hunter2" });

        Assert.Equal(422, said.Status);
        Assert.Contains($"Wifi{sign}", $"{said["detail"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_charger_whose_version_nobody_knows_yet_is_409_and_one_that_is_none_is_404()
    {
        await _operator.Put("charge-points/NEVER-1", new { });

        Assert.Equal(409, (await _operator.Post("charge-points/NEVER-1/calls/Reset", """{"type":"Soft"}""")).Status);
        Assert.Equal(404, (await _operator.Post("charge-points/NOBODY/calls/Reset", """{"type":"Soft"}""")).Status);
        Assert.Equal(404, (await _operator.Post("charge-points/NOBODY/commands/reset", """{"kind":"soft"}""")).Status);
        Assert.Equal(404, (await _operator.Post("charge-points/NOBODY/commands/dance", "{}")).Status);
    }

    [Theory]
    [InlineData(RequestState.Rejected, "rejected")]
    [InlineData(RequestState.Failed, "failed")]
    public async Task A_no_is_an_answer_too(RequestState state, string word)
    {
        await bridge.Online("NO-1", _ => new StationAnswer(state, null, "NotSupported", "not here"));

        var said = await _operator.Post("charge-points/NO-1/commands/clear-cache");

        Assert.Equal(200, said.Status);
        Assert.Equal(word, said.Text("state"));
        Assert.Equal("NotSupported", said["error"]!["code"]!.GetValue<string>());
        Assert.Equal("not here", said["error"]!["description"]!.GetValue<string>());
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_transaction_that_runs_is_stopped_though_no_table_shows_it_yet()
    {
        var id = await bridge.Online("STOP-2", Bridge.Willing);
        await using (await bridge.Behind())
        {
            var localId = await Charging.Begin(bridge, id, shown: false);

            Assert.Equal(200, (await _operator.Post("charge-points/STOP-2/commands/stop-charging", new { transaction = localId })).Status);
        }
    }

    [Theory]
    [InlineData("""ftp:\/\/user:SECRET@files.example.com\/a""")]
    [InlineData("""ftp://user:SECRET\u0040files.example.com/a""")]
    [InlineData("""ftp\u003a\u002f\u002fuser:SECRET@files.example.com/a""")]
    public async Task A_password_in_an_address_is_shown_to_nobody_however_it_is_written(string location)
    {
        await bridge.Online("RAW-5", Bridge.Willing);
        var payload = $$"""{"location":"{{location}}","retries":1}""";

        var said = await _operator.Post("charge-points/RAW-5/calls/GetDiagnostics", payload);
        await bridge.Shown("charge-point/RAW-5");
        var listed = await _operator.Get("commands?chargePoint=RAW-5");

        Assert.Equal("""{"location":"ftp://files.example.com/a","retries":1}""", said["request"]!.ToJsonString(Relaxed));
        Assert.DoesNotContain("SECRET", said.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", listed.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(bridge.World.Calls, call => call.Request is RawCall raw && raw.Payload == payload); // the charger needs it
    }
}
