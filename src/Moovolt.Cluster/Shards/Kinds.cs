namespace Moovolt.Cluster.Shards;

/// <summary>
/// The kinds of entities: the names of their shard regions, and the first part of their persistence ids. Stored for
/// ever.
/// </summary>
internal static class Kinds
{
    public const string ChargePoint = "charge-point";
    public const string Transaction = "transaction";
    public const string Token = "token";
}
