using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>A charger sets its clock by what it is told at its boot and its heartbeats. Time is virtual.</summary>
public sealed class TimeToldSpec
{
    [Theory]
    [InlineData("ocpp1.6", """{"chargePointVendor":"V","chargePointModel":"M"}""")]
    [InlineData("ocpp2.0.1", """{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}""")]
    public async Task A_boot_that_waited_to_be_stored_is_told_the_time_of_its_answer(string version, string boot)
    {
        FakeEntities? fake = null;
        using var gateway = new VirtualGateway(system => (fake = new FakeEntities(system)).Door);
        var entities = fake ?? throw new InvalidOperationException("The gateway asked for no entities.");
        entities.Answers = command => command is ReportBoot ? FakeEntities.Nothing : null;
        var charger = gateway.Connect("CP1", Dialect.Find(version));
        await VirtualGateway.UntilAsync(() => entities.ToldOf<OpenSession>().Count == 1);
        charger.Call("boot", "BootNotification", boot);
        await gateway.PassAsync(20);
        Assert.Empty(charger.AnswersTo("boot"));

        entities.Answers = _ => null;
        await gateway.PassUntilAsync(() => charger.AnswersTo("boot").Count == 1, within: 20);
        var told = charger.AnswersTo("boot")[0][2].GetProperty("currentTime").GetDateTimeOffset();
        Assert.InRange(told, VirtualGateway.Noon.AddSeconds(20), VirtualGateway.Noon + gateway.Now);
    }
}
