using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>
/// What a station tells of itself, in reports of any length: one counts when its last part is stored, and one that breaks
/// off is asked for anew by Moovolt itself.
/// </summary>
public sealed class DeviceModelSpec
{
    private const int Parts = 200;
    private const int VariablesOfAPart = 10;
    private const string Version = "ocpp2.0.1";
    private const string Model = "charge-points/MODEL/device-model";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_report_of_two_thousand_variables_whose_node_is_killed_in_the_middle_is_asked_for_anew_and_never_half_shown()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        string command;
        await using (var charger = await Stepping.Boot(node.Ocpp, "MODEL", Version))
        {
            command = await Wish(node.Api, charger);
            var first = await Asked(charger, 1);
            for (var part = 0; part < Parts / 2; part++) await Tell(charger, first, part);
            Assert.Empty(await node.Api.All(Model));
            node.Kill9();
        }

        await node.Start().Ready();
        Assert.Empty(await node.Api.All(Model));
        var half = Assert.Single(await node.Api.All($"{Model}/reports"));
        Assert.Equal((Parts / 2, false), (half["parts"]!.GetValue<int>(), half["complete"]!.GetValue<bool>()));

        await using var again = await RawCharger.Connect(node.Ocpp, "MODEL", subprotocol: Version);
        again.Says("GetBaseReport", "Accepted");
        await Introduce(again);
        var second = await Asked(again, 1);
        Assert.NotEqual(1, second);
        for (var part = 0; part < Parts - 1; part++) await Tell(again, second, part);
        Assert.Empty(await node.Api.All(Model));
        await Tell(again, second, Parts - 1);

        var told = await Told(node.Api);
        Assert.Equal(Parts * VariablesOfAPart, told.Count);
        Assert.Contains(told, row => row["key"]!.GetValue<string>() == "EVSE@1.V7x3");
        await IsShown(node.Api, command, second, "started anew when 100 parts had come");
    }

    [Fact]
    public async Task A_station_that_comes_back_to_a_killed_node_and_goes_on_is_not_asked_again()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        await using (var charger = await Stepping.Boot(node.Ocpp, "MODEL", Version))
        {
            await Wish(node.Api, charger);
            for (var part = 0; part < 3; part++) await Tell(charger, await Asked(charger, 1), part, of: 6);
            node.Kill9();
        }

        await node.Start().Ready();
        await using var back = await RawCharger.Connect(node.Ocpp, "MODEL", subprotocol: Version); // it did not start anew
        for (var part = 2; part < 6; part++) await Tell(back, 1, part, of: 6); // the third was not heard answered

        Assert.Equal(6 * VariablesOfAPart, (await Told(node.Api)).Count);
        var report = Assert.Single(await node.Api.All($"{Model}/reports"));
        Assert.True(report["complete"]!.GetValue<bool>());
        Assert.Empty(back.Asked);
    }

    [SkippableFact]
    public async Task A_foreign_station_that_is_killed_in_the_middle_of_its_report_is_asked_for_it_anew()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        string command;
        await using (var charger = await ForeignCharger.Connect(node.Ocpp, "MODEL", protocols: Version))
        {
            await charger.Answers("GetBaseReport", new { status = "Accepted" });
            await charger.Call("BootNotification", Stepping.Introduction);
            command = await Wish(node.Api, charger.Identity);
            var first = (await charger.Asked("GetBaseReport"))["requestId"]!.GetValue<int>();
            for (var part = 0; part < 4; part++) await charger.Call("NotifyReport", Part(first, part, of: 8));
        } // kill -9 of its process

        await using var again = await ForeignCharger.Connect(node.Ocpp, "MODEL", protocols: Version);
        await again.Answers("GetBaseReport", new { status = "Accepted" });
        await again.Call("BootNotification", Stepping.Introduction);
        var asked = await again.Asked("GetBaseReport");
        Assert.Equal("FullInventory", asked["reportBase"]!.GetValue<string>());
        var second = asked["requestId"]!.GetValue<int>();
        for (var part = 0; part < 8; part++) await again.Call("NotifyReport", Part(second, part, of: 8));

        Assert.Equal(8 * VariablesOfAPart, (await Told(node.Api)).Count);
        await IsShown(node.Api, command, second, "started anew when 4 parts had come");
        await again.Close();
    }

    [Fact]
    public async Task A_report_of_which_a_part_is_lost_is_asked_for_anew_when_nothing_came_for_too_long()
    {
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, "moovolt.device-model.report-silent-for = 10s");
        await using var node = new MoovoltProcess(new Dictionary<string, string> { ["MOOVOLT_CONFIG"] = config });
        await node.Start().Ready();
        await using var charger = await Stepping.Boot(node.Ocpp, "MODEL", Version);
        var command = await Wish(node.Api, charger);
        await Tell(charger, 1, 0, of: 3);
        await Tell(charger, 1, 2, of: 3);

        var second = await Asked(charger, 2);
        Assert.Empty(await node.Api.All(Model));
        for (var part = 0; part < 3; part++) await Tell(charger, second, part, of: 3);

        Assert.Equal(3 * VariablesOfAPart, (await Told(node.Api)).Count);
        await IsShown(node.Api, command, second, "2 of 3 parts had come (1 had not)");
        File.Delete(config);
    }

    /// <summary>The first report has its reason, and so has the wish for it; the second is Moovolt's own, and complete.</summary>
    private static async Task IsShown(Api api, string command, int second, string why)
    {
        var reports = await api.All($"{Model}/reports");
        var (whole, broken) = (reports[0], reports[1]);
        Assert.Equal((second, true, 1), (whole["number"]!.GetValue<int>(), whole["complete"]!.GetValue<bool>(), whole["tries"]!.GetValue<int>()));
        Assert.False(broken["complete"]!.GetValue<bool>());
        Assert.Equal(second, broken["askedAs"]!.GetValue<int>());
        Assert.Contains(why, broken["reason"]!.GetValue<string>(), StringComparison.Ordinal);

        var asked = await api.Get($"commands/{command}");
        Assert.Equal("noEffect", asked["state"]!.GetValue<string>());
        Assert.Contains(why, asked["error"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
        await Eventually.Get(
            () => api.All("commands?chargePoint=MODEL&state=effective"),
            all => all.Any(own => own["requestedBy"]!.GetValue<string>() == "moovolt"), Soon);
    }

    private static Task<IReadOnlyList<JsonNode>> Told(Api api) =>
        Eventually.Get(() => api.All($"{Model}?limit=500"), all => all.Count > 0, Soon);

    private static Task<string> Wish(Api api, RawCharger charger)
    {
        charger.Says("GetBaseReport", "Accepted");
        return Wish(api, charger.Identity);
    }

    private static async Task<string> Wish(Api api, string identity)
    {
        var answer = await api.Post($"charge-points/{identity}/commands/get-configuration", new { });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
        return answer["id"]!.GetValue<string>();
    }

    /// <summary>Waits until it was asked that often; the number of the last wish.</summary>
    private static async Task<int> Asked(RawCharger charger, int times)
    {
        var asked = await Eventually.Get(
            () => Task.FromResult(charger.Asked.Where(frame => frame[2]!.GetValue<string>() == "GetBaseReport").ToList()),
            frames => frames.Count >= times, Soon);
        return asked[^1][3]!["requestId"]!.GetValue<int>();
    }

    private static async Task Introduce(RawCharger charger) =>
        Charging.Result(await charger.Call("BootNotification", Stepping.Introduction));

    private static async Task Tell(RawCharger charger, int number, int part, int of = Parts) =>
        Charging.Result(await charger.Call("NotifyReport", Part(number, part, of)));

    private static object Part(int number, int part, int of) => new
    {
        requestId = number,
        generatedAt = Charging.Now,
        seqNo = part,
        tbc = part < of - 1,
        reportData = Enumerable.Range(0, VariablesOfAPart).Select(n => new
        {
            component = new { name = "EVSE", evse = new { id = 1 } },
            variable = new { name = $"V{part}x{n}" },
            variableAttribute = new[] { new { type = "Actual", value = $"{n}", mutability = "ReadWrite" } },
            variableCharacteristics = new { dataType = "integer", supportsMonitoring = false, maxLimit = 10.5 },
        }),
    };
}
