using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class BatterySwapSpec
{
    [Fact]
    public void A_step_of_a_swap_is_stored_once_and_the_same_an_hour_later_is_another()
    {
        var world = new World();
        world.Send(Step(SwapStep.In, 0));
        world.Send(Step(SwapStep.In, 1));
        world.Send(Step(SwapStep.Out, 1));
        world.Send(Step(SwapStep.In, 60));
        Assert.Equal([SwapStep.In, SwapStep.Out, SwapStep.In], world.Stored<BatteriesSwapped>().Select(e => e.Step));
    }

    [Fact]
    public void Each_wish_gets_a_number_of_its_own_above_those_that_were_agreed()
    {
        var state = ChargePoint.Initial with { LastSwap = 4 };
        var wish = Assert.IsType<SwapBattery>(new SwapBattery("CAFE").Complete(state));
        Assert.Equal(5, wish.Swap);
        Assert.Equal(1, ((SwapBattery)new SwapBattery("CAFE").Complete(ChargePoint.Initial)).Swap);
    }

    private static ReportBatterySwap Step(SwapStep step, int minute) =>
        new(Cp1, 1, 5, step, "CAFE", [new SwappedBattery(1, "B-1", 20, 95)], Noon.AddMinutes(minute));
}
