using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Question = Moovolt.Domain.Tokens.Authorize;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, C01 to C05: may this idToken charge? Contract certificates are not checked: only the token is
/// judged.
/// </summary>
[OcppAction("Authorize", OcppVersion.V201, OcppVersion.V21)]
public sealed record Authorize(
    IdTokenType IdToken,
    [MaxLength(5500), MaxLength(10000, Since = OcppVersion.V21)] string? Certificate = null,
    [MinItems(1), MaxItems(4)] ImmutableArray<OcspRequestData>? Iso15118CertificateHashData = null) : IChargerCall
{
    public sealed record Response(
        IdTokenInfo IdTokenInfo,
        [OneOf(
            "Accepted", "SignatureError", "CertificateExpired", "CertificateRevoked", "NoCertificateAvailable",
            "CertChainError", "ContractCancelled")]
        string? CertificateStatus = null,
        [Since(OcppVersion.V21)]
        [OneOf(
            "AC_single_phase", "AC_two_phase", "AC_three_phase", "DC", "AC_BPT", "AC_BPT_DER", "AC_DER", "DC_BPT",
            "DC_ACDP", "DC_ACDP_BPT", "WPT")]
        [MinItems(1)]
        ImmutableArray<string>? AllowedEnergyTransfer = null,
        [Since(OcppVersion.V21)] Tariff? Tariff = null);

    public Step Handle(Arrival arrival) => IdTokens.Judge(
        IdToken,
        arrival,
        token => new Question(token, arrival.At),
        verdict => verdict.Status == AuthorizationStatus.Accepted
            ? new Step.Respond(new Response(IdTokens.Info(verdict)))
            : new Step.Respond(
                new Response(IdTokens.Info(verdict)),
                Missed: true,
                Note: new NoteTokenRefused(arrival.From, IdToken.IdToken ?? "", verdict.Status, arrival.At)));
}
