using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>What a station tells of itself: reports of any length, and notices.</summary>
[Collection(Processes.Name)]
public sealed class DeviceModelSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private const int Parts = 200;
    private const int VariablesOfAPart = 10;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_report_of_two_thousand_variables_counts_when_its_last_part_is_stored_and_never_before()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        string command;
        await using (var charger = await Stepping.Boot(node.Ocpp, "MODEL", "ocpp2.0.1"))
        {
            var first = await Asked(node.Api, charger);
            for (var part = 0; part < Parts / 2; part++) await Tell(charger, first.Number, part);
            Assert.Empty(await node.Api.All("charge-points/MODEL/device-model"));
            node.Kill9();
        }

        await node.Start().Ready();
        Assert.Empty(await node.Api.All("charge-points/MODEL/device-model"));
        var half = Assert.Single(await node.Api.All("charge-points/MODEL/device-model/reports"));
        Assert.Equal((Parts / 2, false), (half["parts"]!.GetValue<int>(), half["complete"]!.GetValue<bool>()));

        await using (var charger = await Stepping.Boot(node.Ocpp, "MODEL", "ocpp2.0.1"))
        {
            var again = await Asked(node.Api, charger);
            for (var part = 0; part < Parts; part++) await Tell(charger, again.Number, part);
            command = again.Command;
        }

        var told = await Eventually.Get(() => node.Api.All("charge-points/MODEL/device-model?limit=500"), all => all.Count > 0, Soon);
        Assert.Equal(Parts * VariablesOfAPart, told.Count);
        Assert.Contains(told, row => row["key"]!.GetValue<string>() == "EVSE@1.V7x3");
        var settled = await Eventually.Get(
            () => node.Api.Get($"commands/{command}"), seen => seen["state"]?.GetValue<string>() == "effective", Soon);
        Assert.Equal("effective", settled["state"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("ocpp2.0.1", "ReportChargingProfiles")]
    [InlineData("ocpp2.1", "NotifySettlement")]
    [InlineData("ocpp2.1", "NotifyWebPaymentStarted")]
    public async Task What_nothing_acts_on_is_kept_as_it_came(string version, string kind)
    {
        var (api, id) = (fixture.Node.Api, $"{kind}-{version}");
        await using var charger = await Stepping.BootKnown(fixture.Node, id, version);
        var payload = JsonNode.Parse(kind switch
        {
            "NotifySettlement" => """
                {"pspRef":"psp-1","status":"Settled","settlementAmount":12.34,"settlementTime":"2026-01-01T12:00:00Z",
                "transactionId":"b7d1","vatNumber":"11.222.333/0001-81"}
                """,
            "NotifyWebPaymentStarted" => """{"evseId":1,"timeout":120}""",
            _ => """
                {"requestId":1,"chargingLimitSource":"CSO","evseId":1,"chargingProfile":[{"id":1,"stackLevel":0,
                "chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":[{"id":1,
                "chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}]}],"customData":{"vendorId":"V"}}
                """,
        })!;

        Charging.Result(await charger.Call(kind, payload.DeepClone()));
        Charging.Result(await charger.Call(kind, payload.DeepClone())); // told twice, kept once

        var kept = await Eventually.Get(() => api.All($"charge-points/{id}/notices?kind={kind}"), all => all.Count > 0, Soon);
        var notice = Assert.Single(kept);
        Assert.True(JsonNode.DeepEquals(payload, notice["payload"]), notice.ToJsonString());
    }

    private static async Task<(int Number, string Command)> Asked(Api api, RawCharger charger)
    {
        charger.Says("GetBaseReport", "Accepted");
        var answer = await api.Post($"charge-points/{charger.Identity}/commands/get-configuration", new { });
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
        var asked = charger.Asked.Last(frame => frame[2]!.GetValue<string>() == "GetBaseReport")[3]!;
        return (asked["requestId"]!.GetValue<int>(), answer["id"]!.GetValue<string>());
    }

    private static async Task Tell(RawCharger charger, int number, int part) => Charging.Result(await charger.Call("NotifyReport", new
    {
        requestId = number,
        generatedAt = Charging.Now,
        seqNo = part,
        tbc = part < Parts - 1,
        reportData = Enumerable.Range(0, VariablesOfAPart).Select(n => new
        {
            component = new { name = "EVSE", evse = new { id = 1 } },
            variable = new { name = $"V{part}x{n}" },
            variableAttribute = new[] { new { type = "Actual", value = $"{n}", mutability = "ReadWrite" } },
            variableCharacteristics = new { dataType = "integer", supportsMonitoring = false, maxLimit = 10.5 },
        }),
    }));
}
