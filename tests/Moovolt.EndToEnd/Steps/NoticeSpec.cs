using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>What a station tells and nothing acts on.</summary>
public sealed class NoticeSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

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
}
