using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>A charger's password is changed (security whitepaper, A01), and whatever breaks, the charger gets in.</summary>
public sealed class RotationSpec(OneNode one) : IClassFixture<OneNode>
{
    private MoovoltProcess Node => one.Node;

    [Fact]
    public async Task SEC_17_what_a_charger_refuses_changes_nothing()
    {
        var keeper = await Registered("REFUSES");
        await using var charger = await keeper.Boot(Node, keeper.Old, says: "Rejected");
        var command = await keeper.Rotate(Node.Api);
        await keeper.Given(charger);
        await KeyKeeper.Becomes(Node.Api, command, "rejected");

        Assert.False(await keeper.IsLetIn(Node, keeper.New));
        Assert.True(await keeper.IsLetIn(Node, keeper.Old));
    }

    [Theory]
    [InlineData("STORED-IT", true)]
    [InlineData("LOST-IT", false)]
    public async Task SEC_17_a_node_that_is_killed_before_the_answer_strands_no_charger(string identity, bool storedIt)
    {
        var keeper = await Registered(identity);
        string command;
        await using (var charger = await keeper.Boot(Node, keeper.Old, says: null))
        {
            command = await keeper.Rotate(Node.Api);
            await keeper.Given(charger);
            Node.Kill9();
        }

        await Node.Start().Ready();
        await using var back = await keeper.Boot(Node, storedIt ? keeper.New : keeper.Old, says: "Accepted");

        // The first one that was used has decided.
        await KeyKeeper.Becomes(Node.Api, command, storedIt ? "effective" : "noEffect");
        Assert.False(await keeper.IsLetIn(Node, storedIt ? keeper.Old : keeper.New));
        Assert.True(await keeper.IsLetIn(Node, storedIt ? keeper.New : keeper.Old));
    }

    [Fact]
    public async Task A_rotation_waits_for_a_charger_that_is_away_and_holds_no_secret_meanwhile()
    {
        var keeper = await Registered("AWAY");
        await (await keeper.Boot(Node, keeper.Old, says: null)).DisposeAsync();
        await Eventually.Get(
            () => Node.Api.Get("charge-points/AWAY"), seen => seen["connection"]?["online"]?.GetValue<bool>() == false,
            TimeSpan.FromSeconds(30));
        var command = await keeper.Rotate(Node.Api, "?queue=600");
        await using (var charger = await keeper.Boot(Node, keeper.Old, says: "Accepted"))
        {
            await keeper.Given(charger);
            await KeyKeeper.Becomes(Node.Api, command, "accepted");
            Assert.False(await keeper.IsLetIn(Node, keeper.Old));
        }

        await using var back = await keeper.Boot(Node, keeper.New, says: "Accepted");
        await KeyKeeper.Becomes(Node.Api, command, "effective");
    }

    [Fact]
    public async Task Who_has_no_password_is_told_so()
    {
        await using var charger = await RawCharger.Boot(Node.Ocpp, "OPEN");
        var answer = await Node.Api.Post("charge-points/OPEN/commands/rotate-password", new { });
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    private async Task<KeyKeeper> Registered(string identity)
    {
        await Node.Api.Register(identity, KeyKeeper.First);
        return new KeyKeeper(identity);
    }
}
