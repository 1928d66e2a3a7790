using Xunit;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Remote triggers, as the certification programme has it.</summary>
[Collection(Certification.Name)]
public sealed class TriggerCases(Bench bench)
{
    [SkippableFact, Case("TC_054")]
    public async Task A_charger_says_what_it_is_asked_to_say()
    {
        await using var charger = await bench.Booted("TC_054");
        await Trigger(charger, "MeterValues");
        var value = new { value = "100", unit = "Wh" };
        await charger.Call("MeterValues", new
        {
            connectorId = 1,
            meterValue = new[] { new { timestamp = Charging.Now, sampledValue = new[] { value } } },
        });
        await Trigger(charger, "Heartbeat");
        await charger.Call("Heartbeat");
        await Trigger(charger, "StatusNotification");
        await charger.Status("Available");
        await Trigger(charger, "DiagnosticsStatusNotification");
        await charger.Call("DiagnosticsStatusNotification", new { status = "Idle" });
        await Trigger(charger, "FirmwareStatusNotification");
        await charger.Call("FirmwareStatusNotification", new { status = "Idle" });
        await Bench.Judged(charger);
    }

    [SkippableFact, Case("TC_055")]
    public async Task A_charger_does_not_want_to_say_it()
    {
        await using var charger = await bench.Booted("TC_055");
        await bench.Call(
            charger, "TriggerMessage", new { requestedMessage = "MeterValues", connectorId = 1 }, "Rejected", "rejected");
        await Bench.Judged(charger);
    }

    // Its effect is seen at once, so it is accepted for a moment only.
    private async Task Trigger(ForeignCharger charger, string requestedMessage)
    {
        var (sent, _) = await bench.Call(charger, "TriggerMessage", new { requestedMessage }, ForeignCharging.Accepted);
        Assert.Equal(requestedMessage, sent["requestedMessage"]!.GetValue<string>());
    }
}
