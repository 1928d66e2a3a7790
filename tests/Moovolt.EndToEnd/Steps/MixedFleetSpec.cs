using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>Chargers of 1.6, 2.0.1 and 2.1 at one node: one journey, one set of commands, one truth.</summary>
[Collection(Processes.Name)]
public sealed class MixedFleetSpec
{
    [Fact]
    public async Task A_fleet_of_all_versions_charges_to_the_watt_hour_and_a_killed_node_still_knows_it()
    {
        await using var node = await new MoovoltProcess().Start().Ready();
        await using (var journey = new MixedJourney([node], password: null))
        {
            await journey.Come();
            await journey.ChargeFromAfar();
            await journey.ChargeHere();
            node.Kill9();
            await node.Start().Ready();
            await journey.AddUp();
        }
    }
}
