using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// Monitoring, displays, tariffs, controls of the grid, customers and published firmware at a node that runs: asked for in
/// words, kept, and readable.
/// </summary>
public sealed class HeldThingsSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Api => fixture.Node.Api;

    public static TheoryData<string> Versions => ["ocpp2.0.1", "ocpp2.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Monitors_are_set_reported_and_cleared_and_what_they_see_is_listed(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"MONITORS-{version}", version);
        charger.Answers["SetVariableMonitoring"] = asked => new
        {
            setMonitoringResult = asked["setMonitoringData"]!.AsArray().Select((data, n) => new
            {
                id = 7 + n, status = "Accepted", type = data!["type"], severity = data["severity"],
                component = data["component"], variable = data["variable"],
            }),
        };
        var monitors = new[]
        {
            new { key = "Connector@1.Temperature", type = "UpperThreshold", value = 80, severity = 5 },
            new { key = "EVSE@1.Power", type = "Periodic", value = 60, severity = 8 },
        };
        await Asks(charger, "set-monitors", new { monitors }, "accepted");
        var kept = await Lists(charger, "monitors", 2);
        Assert.Equal(
            ("7", "Connector@1.Temperature", 80m),
            (Text(kept[0], "id"), Text(kept[0]["details"]!, "key"), kept[0]["details"]!["value"]!.GetValue<decimal>()));

        Charging.Result(await charger.Call("NotifyEvent", Event(cleared: false)));
        Charging.Result(await charger.Call("NotifyEvent", Event(cleared: false))); // told twice, kept once
        var seen = Assert.Single(await Lists(charger, "events?severity=5", 1));
        Assert.Equal(
            ("Connector@1", "Temperature", "95", "alert", false),
            (Text(seen, "component"), Text(seen, "variable"), Text(seen, "value"), Text(seen, "level"),
                seen["cleared"]!.GetValue<bool>()));
        Charging.Result(await charger.Call("NotifyEvent", Event(cleared: true)));
        await Lists(charger, "events?cleared=true", 1);

        charger.Says("GetMonitoringReport", "Accepted");
        var report = await Asks(charger, "get-monitors", new { }, "accepted");
        var number = Last(charger, "GetMonitoringReport")["requestId"]!.GetValue<int>();
        Charging.Result(await charger.Call("NotifyMonitoringReport", MonitorReport(number, 1, 12, last: true)));
        await Lists(charger, "monitors", 2); // half a report is none
        Charging.Result(await charger.Call("NotifyMonitoringReport", MonitorReport(number, 0, 11, last: false)));
        await Becomes(report, "effective");
        Assert.Equal(["11", "12"], (await Lists(charger, "monitors", 2)).Select(row => Text(row, "id")));

        charger.Answers["ClearVariableMonitoring"] = asked => new
        {
            clearMonitoringResult = asked["id"]!.AsArray().Select(id => new { status = "Accepted", id }),
        };
        await Asks(charger, "clear-monitors", new { ids = new[] { 11, 12 } }, "accepted");
        await Lists(charger, "monitors", 0);

        charger.Says("SetMonitoringBase", "Accepted");
        charger.Says("SetMonitoringLevel", "Accepted");
        await Asks(charger, "set-monitoring-base", new { @base = "HardWiredOnly" }, "accepted");
        await Asks(charger, "set-monitoring-level", new { severity = 4 }, "accepted");
        Assert.Equal(["base", "level"], (await Lists(charger, "monitoring", 2)).Select(row => Text(row, "id")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Messages_are_shown_reported_and_cleared(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"DISPLAY-{version}", version);
        charger.Says("SetDisplayMessage", "Accepted");
        charger.Says("GetDisplayMessages", "Accepted");
        charger.Says("ClearDisplayMessage", "Accepted");
        await Asks(charger, "set-display-message", new { id = 1, text = "Bom dia", language = "pt-BR" }, "accepted");
        Assert.Equal("Bom dia", Text(Assert.Single(await Lists(charger, "display-messages", 1))["details"]!, "text"));

        var report = await Asks(charger, "get-display-messages", new { }, "accepted");
        var number = Last(charger, "GetDisplayMessages")["requestId"]!.GetValue<int>();
        foreach (var (id, tbc) in new[] { (2, true), (2, true), (3, false) }) // the first part is told twice
        {
            Charging.Result(await charger.Call("NotifyDisplayMessages", new
            {
                requestId = number,
                tbc,
                messageInfo = new[] { new { id, priority = "InFront", message = new { format = "UTF8", content = $"text {id}" } } },
            }));
        }

        await Becomes(report, "effective");
        Assert.Equal(["2", "3"], (await Lists(charger, "display-messages", 2)).Select(row => Text(row, "id")));
        await Asks(charger, "clear-display-message", new { id = 2 }, "accepted");
        await Lists(charger, "display-messages", 1);

        charger.Says("GetDisplayMessages", "Unknown");
        await Asks(charger, "get-display-messages", new { }, "accepted");
        await Lists(charger, "display-messages", 0);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task What_a_charger_tells_of_a_customer_is_for_who_asked_and_in_no_frame_that_is_shown(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"CUSTOMER-{version}", version);
        charger.Says("CustomerInformation", "Accepted");
        var asked = await Asks(charger, "get-customer-information", new { token = "CAFE" }, "accepted");
        var number = Last(charger, "CustomerInformation")["requestId"]!.GetValue<int>();
        foreach (var part in new[] { 0, 1 })
        {
            Charging.Result(await charger.Call("NotifyCustomerInformation", new
            {
                data = $"Maria da Silva {part}", seqNo = part, generatedAt = Charging.Now, requestId = number, tbc = part == 0,
            }));
        }

        await Becomes(asked, "effective");
        Assert.Equal(
            ["Maria da Silva 0", "Maria da Silva 1"],
            (await Lists(charger, "customer-information", 2)).Select(row => Text(row["details"]!, "text")));
        var frames = await Eventually.Get(
            () => Api.All($"charge-points/{charger.Identity}/messages"),
            all => all.Any(row => row.ToJsonString().Contains("NotifyCustomerInformation", StringComparison.Ordinal)),
            Soon);
        Assert.DoesNotContain(frames, row => row.ToJsonString().Contains("Maria da Silva", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Published_firmware_is_followed_to_its_end(string version)
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, $"PUBLISH-{version}", version);
        charger.Says("PublishFirmware", "Accepted");
        var asked = await Asks(
            charger, "publish-firmware", new { location = "https://files.example.org/fw", checksum = "0cc175b9c0f1b6a8" },
            "accepted");
        var number = Last(charger, "PublishFirmware")["requestId"]!.GetValue<int>();
        foreach (var status in new[] { "Downloading", "ChecksumVerified", "Published" })
        {
            Charging.Result(await charger.Call("PublishFirmwareStatusNotification", new
            {
                status, requestId = number, location = new[] { "http://10.0.0.1/fw" },
            }));
        }

        await Becomes(asked, "effective");
        Assert.Equal("Published", Text(Assert.Single(await Lists(charger, "published-firmware", 1)), "status"));
        charger.Says("UnpublishFirmware", "NoFirmware");
        await Asks(charger, "unpublish-firmware", new { checksum = "0cc175b9c0f1b6a8" }, "rejected");
    }

    [Fact]
    public async Task Tariffs_and_controls_of_the_grid_are_held_reported_and_taken_away()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "GRID", "ocpp2.1");
        foreach (var action in new[] { "SetDefaultTariff", "SetDERControl", "GetDERControl", "ClearDERControl", "AFRRSignal", "UpdateDynamicSchedule" })
            charger.Says(action, "Accepted");
        var tariff = new { tariffId = "T1", currency = "BRL", energy = new { prices = new[] { new { priceKwh = 1.5 } } } };
        await Asks(charger, "set-default-tariff", new { tariff }, "accepted");
        await Asks(charger, "set-default-tariff", new { tariff = new { tariffId = "T2", currency = "BRL" } }, "accepted");
        Assert.Equal("T2", Text(Assert.Single(await Lists(charger, "tariffs", 1)), "id")); // one default at a place
        var wrong = await Api.Post("charge-points/GRID/commands/set-default-tariff", new { tariff = new { currency = "BRL" } });
        Assert.Contains("tariffId is required", wrong.Text, StringComparison.Ordinal);
        charger.Answers["GetTariffs"] = _ => new { status = "NoTariff" };
        await Asks(charger, "get-tariffs", new { }, "accepted");
        await Lists(charger, "tariffs", 0);
        charger.Answers["ClearTariffs"] = _ => new { clearTariffsResult = new[] { new { status = "NoTariff" } } };
        await Asks(charger, "clear-tariffs", new { }, "rejected");

        var control = new
        {
            isDefault = false, controlId = "C1", controlType = "FixedPFInject",
            fixedPFInject = new { priority = 1, displacement = 0.95, excitation = true },
        };
        await Asks(charger, "set-der-control", new { control }, "accepted");
        Charging.Result(await charger.Call("NotifyDERStartStop", new { controlId = "C1", started = true, timestamp = Charging.Now }));
        Charging.Result(await charger.Call("NotifyDERAlarm", new
        {
            controlType = "FixedPFInject", timestamp = Charging.Now, gridEventFault = "OverVoltage",
        }));
        Assert.Equal(
            ["derControl", "derState", "derAlarm"],
            (await Lists(charger, "der-controls", 3)).Select(row => Text(row, "kind")));
        var report = await Asks(charger, "get-der-controls", new { }, "accepted");
        Charging.Result(await charger.Call("ReportDERControl", new
        {
            requestId = Last(charger, "GetDERControl")["requestId"]!.GetValue<int>(),
            fixedPFInject = new[]
            {
                new
                {
                    id = "C2", isDefault = true, isSuperseded = false,
                    fixedPF = new { priority = 1, displacement = 0.9, excitation = false },
                },
            },
        }));
        await Becomes(report, "effective");
        await Asks(charger, "clear-der-controls", new { isDefault = true }, "accepted");
        Charging.Result(await charger.Call("NotifyDERAlarm", new { controlType = "FixedPFInject", timestamp = Charging.Now, alarmEnded = true }));
        Assert.Equal("derState", Text(Assert.Single(await Lists(charger, "der-controls", 1)), "kind"));

        await Asks(charger, "send-afrr-signal", new { signal = 3 }, "accepted");
        await Asks(charger, "update-schedule", new { profileId = 4, limit = 11 }, "accepted");
    }

    [Fact]
    public async Task What_a_version_has_no_words_for_is_refused_with_that_reason()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "NOWORDS", "ocpp2.0.1");
        foreach (var (verb, body) in new (string, object)[]
        {
            ("set-default-tariff", new { tariff = new { tariffId = "T", currency = "BRL" } }),
            ("get-tariffs", new { }),
            ("set-der-control", new { control = new { controlId = "C" } }),
            ("get-der-controls", new { }),
        })
        {
            var refused = await Api.Post($"charge-points/NOWORDS/commands/{verb}", body);
            Assert.Contains($"OCPP 2.0.1 has no words for {verb}", refused.Text, StringComparison.Ordinal);
        }
    }

    private static object Event(bool cleared) => new
    {
        generatedAt = "2026-01-01T12:00:00Z",
        seqNo = 0,
        eventData = new[]
        {
            new
            {
                eventId = cleared ? 2 : 1, timestamp = "2026-01-01T12:00:00Z", trigger = "Alerting", actualValue = cleared ? "60" : "95",
                cleared, variableMonitoringId = 7, eventNotificationType = "CustomMonitor",
                component = new { name = "Connector", evse = new { id = 1 } }, variable = new { name = "Temperature" },
            },
        },
    };

    private static object MonitorReport(int number, int part, int id, bool last) => new
    {
        requestId = number,
        seqNo = part,
        generatedAt = Charging.Now,
        tbc = !last,
        monitor = new[]
        {
            new
            {
                component = new { name = "EVSE", evse = new { id = 1 } },
                variable = new { name = "Power" },
                variableMonitoring = new[]
                {
                    new { id, transaction = false, value = 1, type = "Delta", severity = 6, eventNotificationType = "CustomMonitor" },
                },
            },
        },
    };

    private async Task<string> Asks(RawCharger charger, string verb, object body, string state)
    {
        var answer = await Api.Post($"charge-points/{charger.Identity}/commands/{verb}", body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{verb}: {answer}");
        Assert.True(answer["state"]!.GetValue<string>() == state, $"{verb}: {answer}");
        return answer["id"]!.GetValue<string>();
    }

    private Task<IReadOnlyList<JsonNode>> Lists(RawCharger charger, string list, int count) => Eventually.Get(
        () => Api.All($"charge-points/{charger.Identity}/{list}"), all => all.Count == count, Soon);

    private async Task Becomes(string command, string state)
    {
        var settled = await Eventually.Get(
            () => Api.Get($"commands/{command}"), seen => seen["state"]?.GetValue<string>() == state, Soon);
        Assert.Equal(state, settled["state"]!.GetValue<string>());
    }

    private static JsonNode Last(RawCharger charger, string action) =>
        charger.Asked.Last(frame => frame[2]!.GetValue<string>() == action)[3]!;

    private static string Text(JsonNode node, string member) => node[member]?.GetValue<string>() ?? "";
}
