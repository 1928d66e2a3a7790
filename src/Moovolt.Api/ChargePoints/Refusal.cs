using System.Collections.Immutable;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.RefusedTokens;
using Moovolt.ReadModel.Tokens;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.Api.ChargePoints;

/// <summary>Somebody who was not to charge at a charge point.</summary>
/// <param name="Token">As the charger wrote it; empty when it named nobody.</param>
/// <param name="Verdict">What the charger was answered, in camelCase.</param>
/// <param name="At">When that was last.</param>
/// <param name="Elsewhere">Where there is more when the token is nobody's: a path of this API.</param>
internal sealed record Refusal(string Token, string Verdict, DateTimeOffset At, string Elsewhere)
{
    /// <summary>So many tokens are looked at: where more are refused in a day, it is not for the tokens.</summary>
    private const int Most = 20;

    /// <summary>What somebody was refused longer ago is no news.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(24);

    /// <summary>Where there is more.</summary>
    public string More => Token.Length > 0 ? $"/api/v1/tokens/{Segment.Escape(new TokenId(Token).Key)}" : Elsewhere;

    public static bool IsAccepted(string? verdict) =>
        verdict is null || verdict.Equals(nameof(AuthorizationStatus.Accepted), StringComparison.OrdinalIgnoreCase);

    /// <summary>Who was refused lately and has not charged since, the latest first, each token once.</summary>
    /// <param name="asked">Whom the charger asked about before anything began.</param>
    public static ImmutableArray<Refusal> Of(
        ChargePointId id,
        IReadOnlyCollection<TransactionRow> starts,
        IReadOnlyCollection<RefusedTokenRow> asked,
        DateTimeOffset now) =>
    [
        .. starts
            .Where(start => !IsAccepted(start.Verdict) && start.StartArrivedAt is not null)
            .Select(start => new Refusal(
                start.Token ?? "", start.Verdict!, start.StartArrivedAt!.Value, // both are there: it was asked just above
                $"/api/v1/transactions/{Segment.Escape(start.ChargePoint)}/{Segment.Escape(start.LocalId)}"))
            .Concat(asked.Select(row => new Refusal(
                row.Token, row.Verdict, row.LastAt, $"/api/v1/charge-points/{Segment.Escape(id.Value)}/refused-tokens")))
            .Where(refused => now - refused.At < Lately)
            .OrderByDescending(refused => refused.At)
            .DistinctBy(refused => new TokenId(refused.Token))
            .Where(refused => !starts.Any(refused.IsBefore))
            .Take(Most),
    ];

    /// <summary>Somebody has changed the token since, and it may charge now.</summary>
    /// <param name="token">As it is defined now; null when it is not.</param>
    public bool IsMended(TokenRow? token, DateTimeOffset now) =>
        token is { Status: "accepted" } && token.ChangedAt > At && !(token.ExpiresAt <= now);

    private bool IsBefore(TransactionRow start) => IsAccepted(start.Verdict) && start.StartArrivedAt > At
        && Token.Equals(start.Token, StringComparison.OrdinalIgnoreCase);
}
