using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

using Decision = Decision<TransactionEvent>;

/// <summary>A place that a token keeps for a transaction.</summary>
/// <param name="Token">The token's key.</param>
public sealed record KeptPlace(string Token, string Place);

/// <summary>
/// Which tokens keep a place for a transaction: the one that charges, and those that were thought to, until they have
/// confirmed that it is free. All are told of the end, however often who charges was told anew.
/// </summary>
internal static class KeptPlaces
{
    /// <summary>With the place of the one who charges now. What is over takes none.</summary>
    public static ImmutableArray<KeptPlace> With(ImmutableArray<KeptPlace> kept, string token, Verdict verdict) =>
        verdict.Place is { } place && new KeptPlace(new TokenId(token).Key, place) is var one && !kept.Contains(one)
            ? kept.Add(one)
            : kept;

    /// <param name="token">Whose is free by its own word; null in events of before: all, there was one at most.</param>
    public static ImmutableArray<KeptPlace> Without(ImmutableArray<KeptPlace> kept, string? token) =>
        token is null ? [] : kept.RemoveAll(one => one.Token == token);

    /// <summary>To those that keep a place for somebody who does not charge.</summary>
    public static IEnumerable<Command> Release(Transaction.Running state, DateTimeOffset at)
    {
        var own = new TokenId(state.Began.Token).Key;
        return Release(state.Kept.RemoveAll(one => one.Token == own), state.Began.Id, at);
    }

    public static IEnumerable<Command> Release(ImmutableArray<KeptPlace> kept, TransactionId id, DateTimeOffset at) =>
        kept.Select(one => new ReleasePlace(new TokenId(one.Token), one.Place, id, at));

    /// <summary>A token says that the place is free.</summary>
    public static Decision Confirm(Transaction state, ConfirmClose c)
    {
        var token = c.Token ?? new TokenId(state.BeganSoFar?.Token ?? "").Key;
        var isAwaited = state switch
        {
            Transaction.Running s => new TokenId(s.Began.Token).Key != token && s.Kept.Any(one => one.Token == token),
            Transaction.Ended s => s.Untold.Contains(ClosingParty.Token) && s.Kept.Any(one => one.Token == token),
            _ => false,
        };
        if (!isAwaited) return new(null);
        var others = state is Transaction.Running || !Without(state.Kept, token).IsEmpty;
        return new(null, new CloseConfirmed(c.Id, ClosingParty.Token, c.At, token, others));
    }
}
