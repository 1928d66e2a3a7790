using System.Collections.Immutable;

namespace Moovolt.ReadModel.LocalLists;

/// <summary>The tokens that a charger may judge by itself.</summary>
/// <param name="Version">
/// That it is believed to hold: 0 for none, -1 when it says that it can have none; null while nobody knows.
/// </param>
/// <param name="InStep">Whether it is believed to hold what it shall.</param>
/// <param name="SentAt">When it last accepted something; null when it never did.</param>
/// <param name="Items">What it has accepted.</param>
public sealed record LocalListRow(
    int? Version, bool InStep, DateTimeOffset? SentAt, ImmutableArray<LocalListItemRow> Items);

/// <summary>A token on a charger's list.</summary>
/// <param name="Status">In OCPP's words, in camelCase.</param>
public sealed record LocalListItemRow(string Token, string Status, DateTimeOffset? ExpiresAt, string? Parent);
