using Moovolt.Cluster.Shards;

namespace Moovolt.Cluster.Tests;

public sealed class ShardKeySpec
{
    // For ever: an entity that changes its shard would live twice during a rolling upgrade. Lines may be added.
    [Theory]
    [InlineData("CP-1", 57)]
    [InlineData("CP-2", 64)]
    [InlineData("RDAM 123", 13)]
    [InlineData("CP-1/17", 71)]
    [InlineData("CP-1/3c8a5c1e-95a6-4b4e-8f2e-1f0f6f1d7a10", 49)]
    [InlineData("04A2B6C1D2E380", 55)]
    [InlineData("ÀÉÎ-TAG", 69)]
    public void A_shard_is_for_ever(string entityId, int shard) => Assert.Equal(shard, ShardKey.ShardOf(entityId));

    [Fact]
    public void Chargers_numbered_in_a_row_spread_evenly()
    {
        var perShard = Enumerable.Range(1, 10_000).CountBy(n => ShardKey.ShardOf($"BR-SP-{n:00000}")).ToDictionary();

        Assert.Equal(ShardKey.Shards, perShard.Count);
        Assert.InRange(perShard.Values.Max(), 100, 150);
        Assert.InRange(perShard.Values.Min(), 60, 100);
    }
}
