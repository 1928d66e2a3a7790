using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

/// <summary>The charger asked whether a token may charge, and it may not: nothing began, and somebody went away.</summary>
/// <param name="Token">As the charger wrote it, cut after <see cref="RefusedTokens.LongestToken"/> characters.</param>
/// <param name="Status">What the charger was answered.</param>
[Journaled("cp-token-refused"), DataContract]
public sealed record TokenRefused(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Token,
    [property: DataMember(Order = 3)] AuthorizationStatus Status,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>Who was refused before anything began: each time is a fact, as long as they are no flood.</summary>
public static class RefusedTokens
{
    /// <summary>Characters: one more than any token has, so that the part of a longer text is not taken for one.</summary>
    public const int LongestToken = TokenId.MaxLength + 1;

    /// <summary>
    /// So many facts of this kind, and other notices, in <see cref="Notices.Repeats"/>; what is beyond is a broken reader, or
    /// somebody who guesses, and has an alarm of its own. Half of what <see cref="Notices"/> can tell apart, so that no
    /// flood of tokens makes repeats of other notices news.
    /// </summary>
    private const int Most = Notices.Remembered / 2;

    internal static ImmutableArray<ChargePointEvent> Note(ChargePoint state, NoteTokenRefused c) =>
        state.NoticesHeard.Count(heard => c.At - heard.At < Notices.Repeats) < Most
            ? [new TokenRefused(c.Id, Cut(c.Token), c.Status, c.At)]
            : [];

    internal static ImmutableArray<HeardNotice> Apply(ImmutableArray<HeardNotice> heard, TokenRefused e) => Notices.Remember(
        heard, Fingerprint.Of(string.Create(CultureInfo.InvariantCulture, $"{e.Token}\n{e.At.UtcTicks}")), e.At);

    private static string Cut(string token) => token.Length <= LongestToken ? token
        : token[..(char.IsHighSurrogate(token[LongestToken - 1]) ? LongestToken + 1 : LongestToken)]; // a pair stays whole
}
