using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.LocalLists;

/// <summary>The tokens that a charger may judge by itself.</summary>
/// <param name="Version">
/// That it is believed to hold: 0 for none, -1 when it says that it can have none; null while nobody knows.
/// </param>
/// <param name="InStep">Whether it is believed to hold what it shall.</param>
/// <param name="SentAt">When it last accepted something; null when it never did.</param>
/// <param name="Items">What it has accepted.</param>
/// <param name="Follows">Whether it is kept in step with the tokens.</param>
/// <param name="Protocol">What the charger last spoke, as in <c>Sec-WebSocket-Protocol</c>; null while nobody knows.</param>
public sealed record LocalListRow(
    int? Version,
    bool InStep,
    DateTimeOffset? SentAt,
    ImmutableArray<LocalListItemRow> Items,
    ListFollowing Follows = ListFollowing.Nothing,
    string? Protocol = null);

/// <summary>A token on a charger's list.</summary>
/// <param name="Status">In OCPP's words, in camelCase.</param>
public sealed record LocalListItemRow(string Token, string Status, DateTimeOffset? ExpiresAt, string? Parent)
{
    /// <summary>How that entry shows once the charger has accepted it.</summary>
    /// <param name="entry">One with a status: the others are not on the list.</param>
    public static LocalListItemRow Of(LocalListEntry entry) => new(
        entry.Token,
        Word.Of(entry.Status ?? throw new ArgumentException($"{entry.Token} is not on the list", nameof(entry))),
        entry.ExpiresAt,
        entry.Parent);
}
