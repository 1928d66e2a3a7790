using System.Collections.Immutable;

namespace Moovolt.ReadModel.Storage;

/// <summary>A part of a list, and where the next part begins; null when there is none.</summary>
public sealed record Page<T>(ImmutableArray<T> Items, string? Next);
