using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>A charger that has never booted here is asked to. Time is virtual.</summary>
public sealed class AskingForBootSpec : IDisposable
{
    private readonly VirtualGateway gateway;
    private readonly FakeEntities entities;

    public AskingForBootSpec()
    {
        FakeEntities? fake = null;
        gateway = new VirtualGateway(system => (fake = new FakeEntities(system)).Door);
        entities = fake ?? throw new InvalidOperationException("The gateway asked for no entities.");
        entities.Registered = null;
    }

    public void Dispose() => gateway.Dispose();

    [Fact]
    public async Task It_is_asked_once_a_session_when_it_has_had_time_to_boot_by_itself()
    {
        await InAsync();
        await gateway.PassAsync(8);
        Assert.Empty(entities.ToldOf<AskForBoot>());
        await gateway.PassUntilAsync(() => entities.ToldOf<AskForBoot>().Count == 1, within: 5);
        Assert.Equal(1L, entities.ToldOf<AskForBoot>()[0].Epoch);

        await gateway.PassAsync(40);
        Assert.Single(entities.ToldOf<AskForBoot>());
    }

    [Fact]
    public async Task The_entity_is_told_until_it_answers_and_no_longer_than_the_charger_has_not_booted()
    {
        entities.Answers = command => command is AskForBoot ? FakeEntities.Nothing : null;
        var charger = await InAsync();
        await gateway.PassUntilAsync(() => entities.ToldOf<AskForBoot>().Count == 3, within: 40);

        charger.Call("boot", "BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        await gateway.PassUntilAsync(() => charger.AnswersTo("boot").Count == 1, within: 5);
        var told = entities.ToldOf<AskForBoot>().Count;
        await gateway.PassAsync(20);
        Assert.Equal(told, entities.ToldOf<AskForBoot>().Count);
    }

    [Theory]
    [InlineData(Registration.Accepted)]
    [InlineData(Registration.Pending)]
    public async Task One_that_has_booted_here_is_not_asked(Registration answered)
    {
        entities.Registered = answered;
        await InAsync();
        await gateway.PassAsync(30);

        Assert.Empty(entities.ToldOf<AskForBoot>());
    }

    private async Task<VirtualCharger> InAsync()
    {
        var charger = gateway.Connect("CP1");
        await VirtualGateway.UntilAsync(() => entities.ToldOf<OpenSession>().Count == 1);
        await gateway.PassAsync(0.1);
        return charger;
    }
}
