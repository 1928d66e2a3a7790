using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Question = Moovolt.Domain.Tokens.Authorize;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, C01 to C07: may this idToken charge? The token decides, whatever it is of. A contract whose certificate is
/// not good, or cannot be judged, does not charge (C07).
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

    public Step Handle(Arrival arrival)
    {
        if (Certificate is null && Iso15118CertificateHashData is not { Length: > 0 })
            return IdTokens.Judge(IdToken, arrival, Ask, verdict => Answer(arrival, verdict, null));

        var inquiry = new ContractInquiry(
            Certificate, [.. (Iso15118CertificateHashData ?? []).Select(Certificates.NameOf)]);
        return new Step.Inquire(inquiry, finding => IdTokens.Judge(
            IdToken, arrival, Ask, verdict => Answer(arrival, verdict, finding)));

        Question Ask(TokenId token) => new(token, arrival.At);
    }

    private Step Answer(Arrival arrival, Verdict verdict, Finding? finding)
    {
        var contract = finding is null ? (ContractStatus?)null
            : (finding as ContractFound)?.Status ?? ContractStatus.NoCertificateAvailable;
        if (verdict.Status == AuthorizationStatus.Accepted && contract is not (null or ContractStatus.Accepted))
            verdict = new Verdict(AuthorizationStatus.Invalid);
        var answer = new Step.Respond(new Response(IdTokens.Info(verdict, arrival.Version), contract?.ToString()));
        if (verdict.Status != AuthorizationStatus.Accepted)
        {
            answer = answer with
            {
                Missed = true,
                Note = new NoteTokenRefused(arrival.From, IdToken.IdToken ?? "", verdict.Status, arrival.At),
            };
        }

        if (finding is null) return answer;
        var why = (finding as NothingFound)?.Why;
        return new Step.Ask(
            new RecordInquiry(
                arrival.From, arrival.Epoch, InquiryKind.Contract, IdToken.IdToken ?? "", $"{contract}", finding.By,
                $"The token is {verdict.Status}.{(why is null ? "" : $" {why}")}", arrival.At),
            reply => reply is Reply.Refused refused ? new Step.StaySilent(refused.Reason) : answer);
    }
}
