using System.Text.Json.Nodes;

namespace Moovolt.Faults.Checker;

/// <summary>Which shards live on one node at a moment, as <c>GET /cluster</c> says.</summary>
internal sealed class Homes
{
    private readonly HashSet<(string Kind, int Shard)> _shards = [];

    /// <param name="member">The node, of the members of <c>GET /cluster</c>.</param>
    public Homes(JsonNode member)
    {
        foreach (var (kind, shards) in member["shards"]!.AsObject())
            foreach (var number in shards!["numbers"]!.AsArray()) _shards.Add((kind, number!.GetValue<int>()));
    }

    /// <summary>
    /// The samples of chargers none of whose entities lived there: not the charge point, not its driver's token, and none
    /// of the transactions that it spoke of, since it speaks of one after the other.
    /// </summary>
    public IEnumerable<Ledger.Message> Without(IReadOnlyList<Ledger.Message> samples, IReadOnlyList<Ledger.Session> sessions)
    {
        var tokens = sessions.ToLookup(session => session.Station, session => session.Token);
        return samples.GroupBy(sample => sample.Station)
            .Where(charger => !Has("charge-point", charger.Key)
                && !tokens[charger.Key].Any(token => Has("token", token))
                && !charger.Any(sample => Has("transaction", sample.Transaction)))
            .SelectMany(charger => charger);
    }

    private bool Has(string kind, string entity) => _shards.Contains((kind, ShardOf(entity)));

    // FNV-1a over UTF-16 code units, mixed as MurmurHash3 does; a hundred shards. It never changes: entities would move.
    private static int ShardOf(string entity)
    {
        unchecked
        {
            var hash = 2_166_136_261u;
            foreach (var unit in entity) hash = (hash ^ unit) * 16_777_619u;
            hash = (hash ^ (hash >> 16)) * 0x85EB_CA6Bu;
            hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35u;
            return (int)((hash ^ (hash >> 16)) % 100);
        }
    }
}
