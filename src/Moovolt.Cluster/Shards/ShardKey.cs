using System.Collections.Immutable;
using System.Globalization;
using Akka.Cluster.Sharding;
using Moovolt.Domain;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Which shard an entity lives in: the same in every process and for ever, or an entity would live twice.
/// </summary>
internal sealed class ShardKey : IMessageExtractor
{
    /// <summary>Per kind. Never to be changed while any node of the cluster runs.</summary>
    public const int Shards = 100;

    private static readonly ImmutableArray<string> Names =
        [.. Enumerable.Range(0, Shards).Select(shard => shard.ToString(CultureInfo.InvariantCulture))];

    /// <summary>FNV-1a over UTF-16 code units, its bits then mixed as MurmurHash3 does.</summary>
    public static int ShardOf(string entityId)
    {
        unchecked
        {
            var hash = 2_166_136_261u;
            foreach (var unit in entityId) hash = (hash ^ unit) * 16_777_619u;
            hash = (hash ^ (hash >> 16)) * 0x85EB_CA6Bu;
            hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35u;
            return (int)((hash ^ (hash >> 16)) % Shards);
        }
    }

    /// <summary>What <see cref="ShardOf"/> said, from the name that Akka knows the shard by.</summary>
    public static int NumberOf(string name) => int.Parse(name, CultureInfo.InvariantCulture);

    // Null for what is no request, or could not be read on arrival: it is dropped, and whoever sent it asks again.
    public string? EntityId(object message) => (message as Request)?.Command.EntityId;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id) : null;

    public string ShardId(string entityId, object? messageHint = null) => Names[ShardOf(entityId)];
}
