using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>
/// How an idToken is judged: by its token, or, when there is none or none that answers, by the charge point's rule.
/// </summary>
internal static class IdTokens
{
    /// <summary>
    /// Tokens that a server made up, or that it alone knows the kind of (OCPP 2.0.1, IdTokenEnumType).
    /// </summary>
    private const string CentralKind = "Central";

    /// <summary>Cards that are held before a reader.</summary>
    private const string CardKind = "ISO14443";

    private const string NobodyKind = "NoAuthorization"; // a button was pressed (C02)

    private static readonly Verdict Unknown = new(AuthorizationStatus.Unknown);

    /// <summary>
    /// Characters that a token may have: OCPP 2.0.1 has 36, 2.1 has 255 (IdTokenType), and whatever is called a token,
    /// a group too, is of that type.
    /// </summary>
    public static int Longest(OcppVersion version) => version < OcppVersion.V21 ? 36 : TokenId.MaxLength;

    /// <summary>Who is named, as the charger wrote it; null for nobody.</summary>
    public static string? Name(IdTokenType? token) =>
        token is null || token.Type == NobodyKind || string.IsNullOrEmpty(token.IdToken) ? null : token.IdToken;

    /// <summary>
    /// Whether the charger says that nobody need be named there. A text that is empty or missing is another thing: then
    /// somebody was to be named, and was not.
    /// </summary>
    public static bool NeedsNobody(IdTokenType token) => token.Type == NobodyKind;

    /// <summary>
    /// Asks the token, and goes on with a verdict in any case within <see cref="Step.Ask.Patience"/>.
    /// </summary>
    /// <param name="token">
    /// One that names nobody may charge, and no token is asked: the charger lets anybody charge there.
    /// </param>
    /// <param name="question">What to ask the token.</param>
    /// <param name="then">What to do with the verdict, in which nothing is unknown any more.</param>
    public static Step Judge(
        IdTokenType? token, Arrival arrival, Func<TokenId, Command> question, Func<Verdict, Step> then)
    {
        if (token?.Type == NobodyKind) return then(Verdict.Accepted);
        if (Name(token) is not { } name || string.IsNullOrWhiteSpace(name) || name.Length > TokenId.MaxLength)
            return Settle(Unknown);
        return new Step.Ask(
            question(new TokenId(name)),
            reply => Settle(reply is Judged judged ? judged.Verdict : Unknown),
            () => Settle(Unknown));

        Step Settle(Verdict verdict) => then(verdict.Settled(arrival.UnknownTokens));
    }

    /// <summary>
    /// A settled verdict, in the words of 2.x. A group that the version has no room for is left out: half of it would be
    /// another's.
    /// </summary>
    public static IdTokenInfo Info(Verdict verdict, OcppVersion version) =>
        Info(verdict.Parent?.Length > Longest(version) ? verdict with { Parent = null } : verdict);

    /// <summary>A settled verdict whose group fits.</summary>
    public static IdTokenInfo Info(Verdict verdict) => new(
        verdict.Status switch
        {
            AuthorizationStatus.Accepted => "Accepted",
            AuthorizationStatus.Blocked => "Blocked",
            AuthorizationStatus.Expired => "Expired",
            AuthorizationStatus.ConcurrentTx => "ConcurrentTx",
            _ => "Invalid",
        },
        CacheExpiryDateTime: verdict.ExpiresAt,
        GroupIdToken: verdict.Parent is { } parent ? Central(parent) : null);

    public static IdTokenType Central(string token) => new(null, token, CentralKind);

    public static IdTokenType Card(string token) => new(null, token, CardKind);
}
