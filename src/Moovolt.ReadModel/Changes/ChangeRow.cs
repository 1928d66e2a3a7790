using Moovolt.Domain;

namespace Moovolt.ReadModel.Changes;

/// <summary>Something that changed in what people look at.</summary>
/// <param name="Id">
/// Given in the transaction that wrote the rows: in commit order, without gaps, the same on every node.
/// </param>
/// <param name="Type">Such as <c>transaction-ended</c>.</param>
/// <param name="ChargePoint">Null when it concerns none (a token).</param>
/// <param name="Body">JSON: ids and what is new.</param>
public sealed record ChangeRow(long Id, string Type, string? ChargePoint, string Body, DateTimeOffset At);

/// <summary>Which changes to follow.</summary>
public sealed record ChangeFilter(ChargePointId? ChargePoint = null, string? Type = null);

/// <summary>Which changes are still there.</summary>
/// <param name="Oldest">The first id that is kept; one more than <paramref name="Newest"/> when none is.</param>
/// <param name="Newest">The last id that was given.</param>
public sealed record ChangesKept(long Oldest, long Newest)
{
    /// <summary>True when a listener that has heard <paramref name="id"/> can go on without a gap.</summary>
    public bool CanResumeAfter(long id) => id >= Oldest - 1 && id <= Newest;
}
