using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.ReadModel.LocalLists;

/// <summary>Which tokens belong on a charger's local list, and what it shall think of them now?</summary>
public sealed class ListedTokens(TokenTable table)
{
    /// <summary>The longest token that a charger of any version can hold (OCPP 1.6, 7.26).</summary>
    public const int LongestAnywhere = 20;

    private const int PageSize = 1000;

    /// <summary>All that may charge and fit; one more than a list may have, when there are so many.</summary>
    /// <param name="longest">Characters that the charger's version has for a token; a longer one is left out.</param>
    public async Task<ImmutableArray<LocalListEntry>> AllAsync(
        int longest, DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<LocalListEntry>();
        string? cursor = null;
        do
        {
            var page = await table.ListAsync(new TokenFilter("accepted"), PageSize, cursor, cancellation);
            entries.AddRange(page.Items
                .Where(row => row.Id.Length <= longest && !(row.ExpiresAt <= now))
                .Select(row => Entry(row, longest, now)));
            cursor = page.Next;
        }
        while (cursor is not null && entries.Count <= Domain.ChargePoints.LocalLists.Most);

        return [.. entries.Take(Domain.ChargePoints.LocalLists.Most + 1)];
    }

    /// <summary>How many that may charge are too long for a list of tokens of so many characters.</summary>
    public Task<long> LeftOutAsync(int longest, DateTimeOffset now, CancellationToken cancellation) =>
        table.CountLongerAsync(longest, now, cancellation);

    /// <summary>These as they are now, each once; one that nobody knows has no status.</summary>
    /// <param name="longest">Characters that the charger's version has for a group; a longer one is left out.</param>
    public async Task<ImmutableArray<LocalListEntry>> NamedAsync(
        IEnumerable<string> tokens, int longest, DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<LocalListEntry>();
        foreach (var id in tokens.Select(token => new TokenId(token)).Distinct())
        {
            var row = await table.FindAsync(id, cancellation);
            entries.Add(row is null ? new LocalListEntry(id.Key, null) : Entry(row, longest, now));
        }

        return entries.ToImmutable();
    }

    private static LocalListEntry Entry(TokenRow row, int longest, DateTimeOffset now) => new(
        row.Id,
        row.Status == "blocked" ? AuthorizationStatus.Blocked
            : row.ExpiresAt <= now ? AuthorizationStatus.Expired
            : AuthorizationStatus.Accepted,
        row.ExpiresAt,
        row.Parent?.Length <= longest ? row.Parent : null); // half of it would be another's
}
