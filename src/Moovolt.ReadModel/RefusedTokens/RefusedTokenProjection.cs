using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.RefusedTokens;

/// <summary>From a token that was refused to its row: the same one again is counted on it.</summary>
internal static class RefusedTokenProjection
{
    /// <summary>So many tokens of each charger are kept, the last ones.</summary>
    public const int Kept = 100;

    public static readonly string[] Tables = ["refused_tokens"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event)
    {
        if (@event is not TokenRefused e) yield break;
        yield return new Statement(
            """
            insert into refused_tokens (charge_point, token, verdict, count, first_at, last_at) values ($1, $2, $3, 1, $4, $4)
            on conflict (charge_point, token) do update set
              verdict = excluded.verdict, count = refused_tokens.count + 1, last_at = excluded.last_at
            """,
            e.Id.Value, new TokenId(e.Token).Key, Word.Of(e.Status), e.At);
        yield return new Statement(
            """
            delete from refused_tokens where charge_point = $1 and (last_at, token) <=
              (select last_at, token from refused_tokens where charge_point = $1
               order by last_at desc, token desc limit 1 offset $2)
            """,
            e.Id.Value, Kept);
    }
}
