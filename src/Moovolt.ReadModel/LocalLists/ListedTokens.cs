using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.ReadModel.LocalLists;

/// <summary>Which tokens belong on a charger's local list, and what it shall think of them now?</summary>
public sealed class ListedTokens(TokenTable table)
{
    /// <summary>The longest token that every version can hold (OCPP 1.6, 7.26).</summary>
    public const int LongestToken = 20;

    private const int PageSize = 1000;

    /// <summary>All that may charge and fit; one more than a list may have, when there are so many.</summary>
    public async Task<ImmutableArray<LocalListEntry>> AllAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<LocalListEntry>();
        string? cursor = null;
        do
        {
            var page = await table.ListAsync(new TokenFilter("accepted"), PageSize, cursor, cancellation);
            entries.AddRange(page.Items
                .Where(row => row.Id.Length <= LongestToken && !(row.ExpiresAt <= now))
                .Select(row => Entry(row, now)));
            cursor = page.Next;
        }
        while (cursor is not null && entries.Count <= Domain.ChargePoints.LocalLists.Most);

        return [.. entries.Take(Domain.ChargePoints.LocalLists.Most + 1)];
    }

    /// <summary>These as they are now, each once; one that nobody knows has no status.</summary>
    public async Task<ImmutableArray<LocalListEntry>> NamedAsync(
        IEnumerable<string> tokens, DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<LocalListEntry>();
        foreach (var id in tokens.Select(token => new TokenId(token)).Distinct())
        {
            var row = await table.FindAsync(id, cancellation);
            entries.Add(row is null ? new LocalListEntry(id.Key, null) : Entry(row, now));
        }

        return entries.ToImmutable();
    }

    private static LocalListEntry Entry(TokenRow row, DateTimeOffset now) => new(
        row.Id,
        row.Status == "blocked" ? AuthorizationStatus.Blocked
            : row.ExpiresAt <= now ? AuthorizationStatus.Expired
            : AuthorizationStatus.Accepted,
        row.ExpiresAt,
        row.Parent is { Length: <= LongestToken } parent ? parent : null); // half of it would be another's
}
