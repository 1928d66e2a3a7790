using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>The same on two nodes: a password that is refused on one is refused on all, from the same moment on.</summary>
[Collection(Processes.Name)]
public sealed class ClusterRotationSpec(TwoNodes two) : IClassFixture<TwoNodes>
{
    private MoovoltProcess A => two.Cluster.Nodes[0];

    private MoovoltProcess B => two.Cluster.Nodes[1];

    [SkippableFact]
    public async Task SEC_17_the_old_password_is_refused_on_every_node_as_soon_as_the_new_one_is_taken()
    {
        var keeper = new KeyKeeper("TAKES");
        await A.Api.Register(keeper.Identity, KeyKeeper.First);
        await using var charger = await keeper.Boot(A, keeper.Old, says: "Accepted");
        var command = await keeper.Rotate(B.Api);
        await keeper.Given(charger);
        await KeyKeeper.Becomes(A.Api, command, "accepted");

        foreach (var node in two.Cluster.Nodes) Assert.False(await keeper.IsLetIn(node, keeper.Old));
        await using var back = await keeper.Boot(B, keeper.New, says: "Accepted");
        await KeyKeeper.Becomes(A.Api, command, "effective");
    }

    [SkippableTheory]
    [InlineData("CUT-STORED", true)]
    [InlineData("CUT-LOST", false)]
    public async Task SEC_17_after_a_cut_the_first_password_that_is_used_anywhere_decides_everywhere(
        string identity, bool storedIt)
    {
        var keeper = new KeyKeeper(identity);
        await A.Api.Register(identity, KeyKeeper.First);
        await using (var charger = await keeper.Boot(A, keeper.Old, says: null))
        {
            await keeper.Rotate(B.Api);
            await keeper.Given(charger);
            charger.Vanish();
        }

        var (has, has_not) = storedIt ? (keeper.New, keeper.Old) : (keeper.Old, keeper.New);
        Assert.True(await keeper.IsLetIn(B, has));
        foreach (var node in two.Cluster.Nodes) Assert.False(await keeper.IsLetIn(node, has_not));
        Assert.True(await keeper.IsLetIn(A, has));
    }

    [SkippableFact]
    public async Task SEC_18_no_table_of_the_database_holds_the_password()
    {
        var keeper = new KeyKeeper("DATABASE");
        await A.Api.Register(keeper.Identity, KeyKeeper.First);
        await using var charger = await keeper.Boot(A, keeper.Old, says: "Accepted");
        var command = await keeper.Rotate(B.Api);
        await keeper.Given(charger);
        await KeyKeeper.Becomes(B.Api, command, "accepted");
        await Eventually.Get(
            () => A.Api.All("charge-points/DATABASE/messages"),
            frames => frames.Any(frame => frame.ToJsonString().Contains("ChangeConfiguration", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(20));

        var leaks = await Leaks.InDatabase(two.Cluster.Database, keeper.New);
        Assert.Empty(leaks);
        Assert.Empty(Leaks.InText("output", two.Cluster.Printed, keeper.New));
    }
}
