using Moovolt.Domain;
using Moovolt.Domain.Tokens;

namespace Moovolt.Ocpp.V16;

/// <summary>
/// How an idTag is judged: by its token, or, when there is none or none that answers, by the charge point's rule.
/// </summary>
internal static class IdTags
{
    /// <summary>OCPP 1.6, 7.26: IdToken is a CiString20.</summary>
    public const int MaxLength = 20;

    private static readonly Verdict Unknown = new(AuthorizationStatus.Unknown);

    /// <summary>
    /// Asks the token, and goes on with a verdict in any case within <see cref="Step.Ask.Patience"/>.
    /// </summary>
    /// <param name="idTag">One that is too long for this version is judged all the same: it may be a token of another.</param>
    /// <param name="question">What to ask the token.</param>
    /// <param name="then">What to do with the verdict, in which nothing is unknown any more.</param>
    public static Step Judge(string? idTag, Arrival arrival, Func<TokenId, Command> question, Func<Verdict, Step> then)
    {
        if (string.IsNullOrWhiteSpace(idTag) || idTag.Length > TokenId.MaxLength) return Settle(Unknown);
        return new Step.Ask(
            question(new TokenId(idTag)),
            reply => Settle(reply is Judged judged ? judged.Verdict : Unknown),
            () => Settle(Unknown));

        Step Settle(Verdict verdict) => then(verdict.Settled(arrival.UnknownTokens));
    }
}
